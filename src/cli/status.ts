/** `mdshift status`: which format every chapter is at, and what is left to do. */
import path from 'node:path'
import { FIRST_VERSION, type Status, type StatusBook, statusOf } from '../report/status.ts'
import { statusJson } from '../report/status-json.ts'
import { statusMarkdown } from '../report/status-markdown.ts'
import { statusLines } from '../report/status-text.ts'
import { failuresLines, missingLines, warningsLines } from '../report/summary.ts'
import { driftsIn } from '../runner/record.ts'
import type { Io } from './io.ts'
import type { Lineups } from './lineup.ts'
import type { RunArguments } from './run-arguments.ts'
import { type Run, runBooks } from './run-books.ts'
import { type ExitStatus, giveUp } from './status-codes.ts'
import type { STATUS_FORMATS } from './status-formats.ts'
import { unusedLines } from './unused-config.ts'

export interface StatusArguments extends RunArguments {
  readonly format: (typeof STATUS_FORMATS)[number]
  /** Whether text and Markdown name every chapter, as JSON does. */
  readonly chapters: boolean
}

export async function status(lineups: Lineups, args: StatusArguments, io: Io): Promise<ExitStatus> {
  const result = await runBooks(lineups, args, io)
  if (!result.ok) return giveUp(result.failures, io)
  const { run } = result
  io.stderr.lines(unusedLines(run.unused, io.stderr.colors))
  const isBundled = ({ id }: { readonly id: string }) => lineups.bundled.some((one) => one.id === id)
  const first = run.all.some(isBundled) ? FIRST_VERSION : 0
  const found = statusOf(statusBooks(run, io), run.migrations, run.all, first)
  io.stdout.lines(linesOf(found, args, io))
  const failures = run.books.flatMap((book) => book.failures)
  io.stderr.lines([...run.books.flatMap(missingLines), ...failuresLines(failures, io.stderr.colors)])
  io.stderr.lines(warningsLines(run.warnings, io.stderr.colors))
  return failures.length > 0 ? 2 : 0
}

function statusBooks(run: Run, { cwd }: Io): StatusBook[] {
  return run.books.map((book) => ({
    files: book.files,
    failures: book.failures,
    name: path.relative(cwd, book.root).split(path.sep).join('/') || '.',
    chosen: book.chosen.map((file) => ({ path: file, name: run.nameOf(book, file) })),
    applied: run.migrations.flatMap(({ id }) => {
      const known = book.ledger.ledger.get(id)
      return known ? [{ migration: id, applied: known.applied }] : []
    }),
    drifts: driftsIn(book.ledger.ledger, book.migrations),
  }))
}

function linesOf(found: Status, { format, chapters }: StatusArguments, { stdout }: Io): string[] {
  switch (format) {
    case 'json':
      return [statusJson(found)]
    case 'markdown':
      return statusMarkdown(found, chapters)
    case 'text':
      return statusLines(found, chapters, stdout.colors)
    default:
      return format satisfies never
  }
}
