/** `mdshift merge-reports`: the reports of all shards → what the whole check tells, and its status. */
import path from 'node:path'
import { readReport } from '../book/report-file.ts'
import { mergedReport, type NamedReport } from '../report/merged-report.ts'
import type { Io } from './io.ts'
import { type ExitStatus, giveUp } from './status-codes.ts'
import { tellCheck } from './tell-check.ts'

export interface MergeArguments {
  /** Files, in any order. */
  readonly reports: readonly string[]
  /** mdshift's own. */
  readonly version: string
}

export async function mergeReports({ reports, version }: MergeArguments, io: Io): Promise<ExitStatus> {
  const begun = performance.now()
  const read: NamedReport[] = []
  for (const name of reports) {
    const report = await readReport(path.resolve(io.cwd, name), name)
    if (!report.ok) return giveUp(report.failures, io)
    read.push({ name, report: report.value })
    await io.breathe()
  }
  const merged = mergedReport(read, version)
  if (!merged.ok) return giveUp(merged.failures, io)
  return tellCheck(merged.value, () => (performance.now() - begun) / 1000, io)
}
