/** `mdshift migrate`: rewrite, or show what would be rewritten. */
import type { Failure } from '../failure.ts'
import { failuresLines, summaryLines, warningsLines } from '../report/summary.ts'
import { isOpen } from '../runner/report.ts'
import { type Access, accessTo } from './access.ts'
import { type HandedOver, handOver } from './hand-over.ts'
import type { Io } from './io.ts'
import { ledgerLines, ledgerReplacements } from './ledger.ts'
import type { Lineups } from './lineup.ts'
import { type Run, type RunArguments, runBooks } from './run-books.ts'
import { printPatches } from './show.ts'
import { type ExitStatus, giveUp } from './status-codes.ts'
import { writeBooks, writeOthers } from './write.ts'

export interface MigrateArguments extends RunArguments {
  readonly dryRun: boolean
  /** Whether to wait until the disk has what is written. */
  readonly fsync: boolean
}

export async function migrate(lineups: Lineups, args: MigrateArguments, io: Io): Promise<ExitStatus> {
  const access = accessTo(io, { writes: !args.dryRun, fsync: args.fsync })
  try {
    const result = await runBooks(lineups, { ...args, access, writes: true }, io)
    return result.ok ? await conclude(result.run, access, args, io) : giveUp(result.failures, io)
  } finally {
    access.close()
  }
}

/** Writes, and tells. */
async function conclude(run: Run, access: Access, args: MigrateArguments, io: Io): Promise<ExitStatus> {
  const today = io.today()
  await io.breathe()
  const handed = handOver(run, !args.dryRun)
  const unwritten = await write(run, handed, access, args, io)
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

/** The books with their ledgers; once they are written, what is handed over is. */
async function write(
  run: Run,
  handed: HandedOver,
  access: Access,
  args: MigrateArguments,
  io: Io,
): Promise<readonly Failure[]> {
  const options = { access, fsync: args.fsync, what: wordsOf(args) }
  const ledgers = ledgerReplacements(run, io.today())
  const books = run.books.map(({ root, files }) => ({ root, files, others: ledgers.get(root) ?? [] }))
  const unwritten = args.dryRun ? [] : await writeBooks(books, options, io)
  return unwritten.length > 0 ? unwritten : writeOthers(handed.replacements, options, io)
}

/** What was asked for, as a person would type it. */
function wordsOf({ to, only = [], pack, paths }: MigrateArguments): string {
  const flags = [
    ...(to === undefined ? [] : ['--to', to]),
    ...only.flatMap((id) => ['--only', id]),
    ...(pack === undefined ? [] : ['--pack', pack]),
  ]
  return ['migrate', ...flags, ...paths].join(' ')
}
