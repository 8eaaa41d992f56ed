/** `mdshift check`: migrate without writing, one line a finding. */
import { LEDGER_NAME } from '../book/ledger-name.ts'
import { failure } from '../failure.ts'
import { checkedLine } from '../report/checked.ts'
import { findingLine } from '../report/findings.ts'
import { driftLine } from '../report/ledger-lines.ts'
import { failuresLines, missingLines, totalsOf, warningsLines } from '../report/summary.ts'
import { driftsIn } from '../runner/record.ts'
import { isOpen, searchedFiles } from '../runner/report.ts'
import type { Io } from './io.ts'
import type { Lineups } from './lineup.ts'
import type { RunArguments } from './run-arguments.ts'
import { runBooks } from './run-books.ts'
import { type ExitStatus, giveUp } from './status-codes.ts'

export interface CheckArguments extends RunArguments {
  /** Whether warnings fail too. */
  readonly strict: boolean
}

export async function check(lineups: Lineups, args: CheckArguments, io: Io): Promise<ExitStatus> {
  const result = await runBooks(lineups, args, io)
  if (!result.ok) return giveUp(result.failures, io)
  const { books, decisions, nameOf, seconds, warnings } = result.run
  if (decisions && !decisions.source)
    return giveUp([failure('MDS001', 'there are no decisions; `migrate` writes them', decisions.name)], io)
  let drifts = 0
  for (const book of books) {
    for (const file of searchedFiles(book)) {
      const name = nameOf(book, file.path)
      io.stdout.lines(file.findings.map((finding) => findingLine(name, finding, io.stdout.colors)))
      await io.stdout.drained()
    }
    const { ledger, placeOf } = book.ledger
    const name = nameOf(book, LEDGER_NAME)
    const drifted = driftsIn(ledger, book.migrations)
    io.stdout.lines(
      drifted.map((drift) => driftLine(name, placeOf(drift.migration), drift, io.stdout.colors)),
    )
    drifts += drifted.length
    io.stderr.lines(failuresLines(book.failures, io.stderr.colors))
  }
  io.stderr.lines(books.flatMap(missingLines))
  io.stderr.lines(warningsLines(warnings, io.stderr.colors))
  const findings = books.flatMap((book) => searchedFiles(book).flatMap((file) => file.findings))
  const failing = findings.filter((finding) => args.strict || finding.kind === 'change' || isOpen(finding))
  const failed = failing.length + (args.strict ? drifts : 0)
  const warned = findings.length + drifts - failed
  const { errors } = totalsOf(books)
  const files = books.reduce((sum, book) => sum + searchedFiles(book).length, 0)
  io.stderr.lines([checkedLine({ findings: failed, warnings: warned, files, errors, seconds })])
  if (errors > 0) return 2
  return failed > 0 ? 1 : 0
}
