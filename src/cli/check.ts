/** `mdshift check`: migrate without writing, one line a finding. */
import { findingLine } from '../report/findings.ts'
import { failuresLines, missingLines, totalsOf, warningsLines } from '../report/summary.ts'
import { count } from '../report/terminal.ts'
import { isOpen, searchedFiles } from '../runner/report.ts'
import type { Transform } from '../transform/define.ts'
import type { Io } from './io.ts'
import { type RunArguments, runBooks } from './run-books.ts'
import { type ExitStatus, giveUp } from './status-codes.ts'

export interface CheckArguments extends RunArguments {
  /** Whether warnings fail too. */
  readonly strict: boolean
}

export async function check(all: readonly Transform[], args: CheckArguments, io: Io): Promise<ExitStatus> {
  const result = await runBooks(all, args, io)
  if (!result.ok) return giveUp(result.failures, io)
  const { books, nameOf, seconds, warnings } = result.run
  for (const book of books) {
    for (const file of searchedFiles(book)) {
      const name = nameOf(book, file.path)
      io.stdout.lines(file.findings.map((finding) => findingLine(name, finding, io.stdout.colors)))
    }
    io.stderr.lines(failuresLines(book.failures, io.stderr.colors))
  }
  io.stderr.lines(books.flatMap(missingLines))
  io.stderr.lines(warningsLines(warnings, io.stderr.colors))
  const findings = books.flatMap((book) => searchedFiles(book).flatMap((file) => file.findings))
  const failing = findings.filter((finding) => args.strict || finding.kind === 'change' || isOpen(finding))
  const { errors } = totalsOf(books)
  const files = books.reduce((sum, book) => sum + searchedFiles(book).length, 0)
  io.stderr.lines([
    `${count(failing.length, 'finding')} and ${count(findings.length - failing.length, 'warning')} in ${count(files, 'file')}, ${count(errors, 'error')}, ${seconds.toFixed(1)} seconds`,
  ])
  if (errors > 0) return 2
  return failing.length > 0 ? 1 : 0
}
