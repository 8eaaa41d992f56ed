/** The report of a check on disk: read and checked, and as the text that is written. */
import { type Checked, ok } from '../failure.ts'
import { type Claim, claimedBefore, parseClaimed, readClaimed } from './claimed-file.ts'
import { type CheckReport, REPORT_KIND, REPORT_VERSION, reportSchema } from './report-schema.ts'

const REPORT: Claim<CheckReport> = {
  what: 'report',
  kind: REPORT_KIND,
  version: REPORT_VERSION,
  schema: reportSchema,
  codes: { wrong: 'MDS100', otherVersion: 'MDS101', otherFile: 'MDS105' },
}

/**
 * Reads a report.
 *
 * @param file absolute
 * @param name as the user gave it, for places
 * @returns `MDS100` for everything that is wrong with it, `MDS101` for one of another form
 */
export async function readReport(file: string, name: string): Promise<Checked<CheckReport>> {
  const read = await readClaimed(file, name, REPORT)
  if (!read.ok) return read
  const quick = quickly(read.value)
  if (quick) return ok(quick)
  const parsed = parseClaimed(read.value, name, REPORT)
  return parsed.ok ? ok(parsed.value.value) : parsed
}

/** Where nothing is wrong, no place is asked for: those of a large report take many times as long. */
function quickly(bytes: Uint8Array): CheckReport | undefined {
  try {
    return reportSchema.safeParse(JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))).data
  } catch {
    return undefined
  }
}

/**
 * The bytes of a report that is to be written anew.
 *
 * @param file absolute
 * @returns none where there is no file; `MDS105` where there is another file of that name
 */
export function reportBefore(file: string, name: string): Promise<Checked<Uint8Array | undefined>> {
  return claimedBefore(file, name, REPORT)
}

/** The text of a report: the same for the same report. */
export function reportText(report: CheckReport): string {
  return `${JSON.stringify(report, null, 1)}\n`
}
