/** `mdshift migrate`: rewrite, or show what would be rewritten. */
import { failuresLines, summaryLines, warningsLines } from '../report/summary.ts'
import { isOpen } from '../runner/report.ts'
import { handOver } from './hand-over.ts'
import type { Io } from './io.ts'
import { ledgerLines, ledgerReplacements } from './ledger.ts'
import type { Lineups } from './lineup.ts'
import { type RunArguments, runBooks } from './run-books.ts'
import { printPatches } from './show.ts'
import { type ExitStatus, giveUp } from './status-codes.ts'
import { writeBooks } from './write.ts'

export interface MigrateArguments extends RunArguments {
  readonly dryRun: boolean
}

export async function migrate(lineups: Lineups, args: MigrateArguments, io: Io): Promise<ExitStatus> {
  const result = await runBooks(lineups, { ...args, writes: true }, io)
  if (!result.ok) return giveUp(result.failures, io)
  const { run } = result
  const today = io.today()
  await io.breathe()
  const handed = handOver(run, !args.dryRun)
  const unwritten = args.dryRun
    ? await writeBooks([], handed.replacements)
    : await writeBooks(run.books, [...ledgerReplacements(run, today), ...handed.replacements])
  if (args.dryRun) await printPatches(run, io.stdout)
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
  if (run.hasHardLinks) return 1
  return run.books.some((book) => book.files.some(({ findings }) => findings.some(isOpen))) ? 1 : 0
}
