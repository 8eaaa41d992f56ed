/** `mdshift migrate`: rewrite, or show what would be rewritten. */
import path from 'node:path'
import { encodeSource } from '../book/source-text.ts'
import type { Failure } from '../failure.ts'
import { patchOf } from '../report/patch.ts'
import { failuresLines, summaryLines, warningsLines } from '../report/summary.ts'
import { visible } from '../report/terminal.ts'
import { type BookReport, isOpen } from '../runner/report.ts'
import { commitFiles, type Replacement } from '../store/commit.ts'
import type { Transform } from '../transform/define.ts'
import { handOver } from './hand-over.ts'
import type { Io, Stream } from './io.ts'
import { ledgerLines, ledgerReplacements } from './ledger.ts'
import { type Run, type RunArguments, runBooks } from './run-books.ts'
import { type ExitStatus, giveUp } from './status-codes.ts'

export interface MigrateArguments extends RunArguments {
  readonly dryRun: boolean
}

export async function migrate(
  all: readonly Transform[],
  args: MigrateArguments,
  io: Io,
): Promise<ExitStatus> {
  const result = await runBooks(all, args, io)
  if (!result.ok) return giveUp(result.failures, io)
  const { run } = result
  const today = io.today()
  const handed = handOver(run, !args.dryRun)
  const unwritten = args.dryRun
    ? await writeAll([], handed.replacements)
    : await writeAll(run.books, [...ledgerReplacements(run, today), ...handed.replacements])
  if (args.dryRun) printPatches(run, io.stdout)
  const failures = [...run.books.flatMap((book) => book.failures), ...unwritten]
  io.stderr.lines(failuresLines(failures, io.stderr.colors))
  io.stderr.lines(warningsLines(run.warnings, io.stderr.colors))
  const options = {
    written: !args.dryRun && unwritten.length === 0,
    seconds: run.seconds,
    migrations: run.migrations.map(({ id }) => id),
    nameOf: run.nameOf,
    unwritten: unwritten.length,
  }
  io.stderr.lines(summaryLines(run.books, options, io.stderr.colors))
  if (options.written) io.stderr.lines(ledgerLines(run, today))
  if (unwritten.length === 0) io.stderr.lines(handed.lines)
  if (failures.length > 0) return 2
  return run.books.some((book) => book.files.some(({ findings }) => findings.some(isOpen))) ? 1 : 0
}

/** Writes every book's files, and ledgers and decisions behind them: all or none of them all. */
async function writeAll(
  books: readonly BookReport[],
  others: readonly Replacement[],
): Promise<readonly Failure[]> {
  return commitFiles([
    ...books.flatMap((book) =>
      book.files
        .filter(({ edits }) => edits.length > 0)
        .map(({ path: file, before, after, bom }) => ({
          file: path.join(book.root, file),
          before: encodeSource({ text: before, bom }),
          after: encodeSource({ text: after, bom }),
        })),
    ),
    ...others,
  ])
}

function printPatches(run: Run, stdout: Stream): void {
  for (const book of run.books) {
    for (const file of book.files) {
      if (file.edits.length === 0) continue
      const patch = patchOf(file, run.nameOf(book, file.path))
      if (stdout.isTerminal)
        stdout.lines(
          patch
            .slice(0, -1)
            .split('\n')
            .map((line) => paint(line, stdout)),
        )
      else stdout.raw(patch)
    }
  }
}

/** A terminal gets colours, and no control characters of the file's own. */
function paint(line: string, { colors }: Stream): string {
  const text = visible(line)
  if (/^(?:---|\+\+\+) /.test(line)) return colors.bold(text)
  if (line.startsWith('@@')) return colors.cyan(text)
  if (line.startsWith('-')) return colors.red(text)
  return line.startsWith('+') ? colors.green(text) : text
}
