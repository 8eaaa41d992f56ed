/** Tells what a check found, one line a finding, whether it was made by this run or is read from reports. */
import type { CheckReport } from '../book/report-schema.ts'
import { checkedLine } from '../report/checked.ts'
import { findingLine } from '../report/findings.ts'
import { driftLine } from '../report/ledger-lines.ts'
import { failuresLines, missingLines, warningsLines } from '../report/summary.ts'
import { isOpen } from '../runner/report.ts'
import type { Io } from './io.ts'
import type { ExitStatus } from './status-codes.ts'
import { unusedLines } from './unused-config.ts'

/** Tells it, and whether it fails. */
export async function tellCheck(
  { arguments: { strict }, books, warnings, unused }: CheckReport,
  secondsOf: () => number,
  { stdout, stderr }: Io,
): Promise<ExitStatus> {
  stderr.lines(unusedLines(unused, stderr.colors))
  for (const { files, residue, drifts, failures } of books) {
    for (const { file, findings } of [...files, ...residue]) {
      stdout.lines(findings.map((finding) => findingLine(file, finding, stdout.colors)))
      await stdout.drained()
    }
    stdout.lines(drifts.map((drift) => driftLine(drift.file, drift, drift, stdout.colors)))
    stderr.lines(failuresLines(failures, stderr.colors))
  }
  stderr.lines(books.flatMap(missingLines))
  stderr.lines(warningsLines(warnings, stderr.colors))
  const searched = books.flatMap(({ files, residue }) => [...files, ...residue])
  const findings = searched.flatMap((file) => file.findings)
  const drifts = books.flatMap((book) => book.drifts).length
  const failing = findings.filter((finding) => strict || finding.kind === 'change' || isOpen(finding))
  const failed = failing.length + (strict ? drifts : 0)
  const warned = findings.length + drifts - failed
  const errors = books.flatMap((book) => book.failures).length
  const counts = { findings: failed, warnings: warned, files: searched.length, errors }
  stderr.lines([checkedLine({ ...counts, seconds: secondsOf() })])
  if (errors > 0) return 2
  return failed > 0 ? 1 : 0
}
