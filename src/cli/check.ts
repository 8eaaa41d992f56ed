/** `mdshift check`: migrate without writing, one line a finding. */
import { failure } from '../failure.ts'
import { findingLine } from '../report/findings.ts'
import { failuresLines, missingLines, totalsOf } from '../report/summary.ts'
import { count } from '../report/terminal.ts'
import { isOpen } from '../runner/report.ts'
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
  const { books, nameOf, seconds, decisions } = result.run
  if (decisions && !decisions.source)
    return giveUp([failure('MDS001', 'there are no decisions; `migrate` writes them', decisions.name)], io)
  for (const book of books) {
    for (const file of book.files) {
      const name = nameOf(book, file.path)
      io.stdout.lines(file.findings.map((finding) => findingLine(name, finding, io.stdout.colors)))
    }
    io.stderr.lines(failuresLines(book.failures, io.stderr.colors))
  }
  io.stderr.lines(books.flatMap(missingLines))
  const findings = books.flatMap((book) => book.files.flatMap((file) => file.findings))
  const failing = findings.filter((finding) => args.strict || finding.kind === 'change' || isOpen(finding))
  const { errors } = totalsOf(books)
  const files = books.reduce((sum, book) => sum + book.files.length, 0)
  io.stderr.lines([
    `${count(failing.length, 'finding')} and ${count(findings.length - failing.length, 'warning')} in ${count(files, 'file')}, ${count(errors, 'error')}, ${seconds.toFixed(1)} seconds`,
  ])
  if (errors > 0) return 2
  return failing.length > 0 ? 1 : 0
}
