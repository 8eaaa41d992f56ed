/** The report of a check on disk: read and checked, and as the text that is written. */
import { type Checked, codeOf, failure, messageOf, ok } from '../failure.ts'
import { problemsOf } from './issues.ts'
import { type Placed, type Problem, readJsonText } from './json-text.ts'
import { readRegularFile } from './read-regular-file.ts'
import { type CheckReport, REPORT_KIND, REPORT_VERSION, reportSchema } from './report-schema.ts'
import { decodeSource } from './source-text.ts'

/**
 * Reads a report.
 *
 * @param file absolute
 * @param name as the user gave it, for places
 * @returns `MDS100` for everything that is wrong with it, `MDS101` for one of another form
 */
export async function readReport(file: string, name: string): Promise<Checked<CheckReport>> {
  let bytes: Uint8Array
  try {
    bytes = await readRegularFile(file)
  } catch (cause) {
    return refused([{ message: messageOf(cause), place: name }])
  }
  const quick = quickly(bytes)
  if (quick) return ok(quick)
  const json = jsonOf(bytes, name)
  if (!('value' in json)) return refused(json)
  const { kind, version } = claimsOf(json.value)
  if (kind !== REPORT_KIND)
    return refused([
      { message: `it is no report: its "kind" is not "${REPORT_KIND}"`, place: json.placeOf(['kind']) },
    ])
  if (version !== REPORT_VERSION) {
    const what = `this mdshift knows version ${REPORT_VERSION}, and it is ${JSON.stringify(version)}`
    return { ok: false, failures: [failure('MDS101', what, json.placeOf(['version']))] }
  }
  const parsed = reportSchema.safeParse(json.value)
  return parsed.success ? ok(parsed.data) : refused(problemsOf(parsed.error.issues, reportSchema, json))
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
export async function reportBefore(file: string, name: string): Promise<Checked<Uint8Array | undefined>> {
  let bytes: Uint8Array
  try {
    bytes = await readRegularFile(file)
  } catch (cause) {
    if (codeOf(cause) === 'ENOENT') return ok(undefined)
    return { ok: false, failures: [failure('MDS105', messageOf(cause), name, cause)] }
  }
  const json = jsonOf(bytes, name)
  return 'value' in json && claimsOf(json.value).kind === REPORT_KIND
    ? ok(bytes)
    : {
        ok: false,
        failures: [failure('MDS105', 'there is a file of that name, which is no report', name)],
      }
}

/** The text of a report: the same for the same report. */
export function reportText(report: CheckReport): string {
  return `${JSON.stringify(report, null, 1)}\n`
}

function jsonOf(bytes: Uint8Array, name: string): Placed | readonly Problem[] {
  const source = decodeSource(bytes, name)
  if (source.ok) return readJsonText(source.value.text, name)
  return [{ message: source.failure.message, place: source.failure.place ?? name }]
}

function claimsOf(value: unknown): { readonly kind?: unknown; readonly version?: unknown } {
  return typeof value === 'object' && value !== null ? value : {}
}

function refused(problems: readonly Problem[]): Checked<never> {
  return { ok: false, failures: problems.map(({ message, place }) => failure('MDS100', message, place)) }
}
