/** `mdshift migrate`: rewrite, or show what would be rewritten. */
import type { ReadyRepository } from '../book/git-readiness.ts'
import { type Checked, type Failure, failure, ok } from '../failure.ts'
import { failuresLines, summaryLines, warningsLines } from '../report/summary.ts'
import { isOpen } from '../runner/report.ts'
import type { Shard } from '../shard.ts'
import { timedUntilDone } from '../stopwatch.ts'
import { wasWritten } from '../store/commit.ts'
import { type Access, accessTo } from './access.ts'
import { commitByMigration, type WrittenRun } from './commit-by-migration.ts'
import { type HandedOver, handOver } from './hand-over.ts'
import type { Io } from './io.ts'
import { ledgerLines, ledgerReplacements } from './ledger.ts'
import type { Lineups } from './lineup.ts'
import { driftsOf, type OpenedPlan, openPlan, type SealedFile, sealRun, withPlan } from './plan.ts'
import type { RunArguments } from './run-arguments.ts'
import { type Run, runBooks } from './run-books.ts'
import { shardOfRun } from './shard-of-run.ts'
import { printPatches } from './show.ts'
import { type ExitStatus, giveUp } from './status-codes.ts'
import { unusedLines } from './unused-config.ts'
import { repositoriesToCommit } from './version-control.ts'
import { type WrittenBook, writeBooks, writeWith } from './write.ts'

export interface MigrateArguments extends RunArguments {
  readonly dryRun: boolean
  /** Whether to wait until the disk has what is written. */
  readonly fsync: boolean
  /** Whether changes that git does not hold are written over. */
  readonly allowDirty: boolean
  /** Whether each migration becomes a commit. */
  readonly commit: boolean
  /** The file of a plan: written by a dry run, and carried out by another. */
  readonly plan?: string | undefined
  /** The part of the files that a dry run shows; all of them, where none is given. */
  readonly shard?: Shard | undefined
  /** mdshift's own. */
  readonly version: string
}

export async function migrate(lineups: Lineups, args: MigrateArguments, io: Io): Promise<ExitStatus> {
  const contradiction = contradictionIn(args, io)
  if (contradiction !== undefined) return giveUp([failure('MDS009', contradiction)], io)
  const plan = await planToCarryOut(args, io)
  if (!plan.ok) return giveUp(plan.failures, io)
  const asked = plan.value ? withPlan(args, plan.value, io) : args
  const access = accessTo(io, { writes: !args.dryRun, fsync: args.fsync })
  try {
    const result = await runBooks(
      lineups,
      { ...asked, access, writes: true, isSealed: args.plan !== undefined },
      io,
    )
    if (!result.ok) return giveUp(result.failures, io)
    const run = args.shard ? shardOfRun(result.run, args.shard) : result.run
    io.stderr.lines(unusedLines(run.unused, io.stderr.colors))
    return await conclude(run, plan.value, access, asked, io)
  } finally {
    access.close()
  }
}

function contradictionIn(
  { dryRun, commit, allowDirty, shard, plan }: MigrateArguments,
  { isSafe }: Io,
): string | undefined {
  if (commit && isSafe) return '--commit does not go with --safe: git would run the hooks of the repository'
  if (commit && dryRun)
    return '--commit says nothing with --dry-run, which writes nothing that could be committed'
  if (commit && allowDirty)
    return '--commit does not go with --allow-dirty: the commits would hold changes that no migration made'
  if (shard && !dryRun)
    return '--shard goes with --dry-run alone: a book is written as a whole, since what is renamed in one file is renamed in all'
  if (shard && plan !== undefined) return '--shard does not go with --plan, which seals the whole run'
  return undefined
}

async function planToCarryOut(args: MigrateArguments, io: Io): Promise<Checked<OpenedPlan | undefined>> {
  return args.plan === undefined || args.dryRun ? ok(undefined) : openPlan(args.plan, args, io)
}

/** Writes all that is to be written, or seals it. */
async function conclude(
  run: Run,
  plan: OpenedPlan | undefined,
  access: Access,
  args: MigrateArguments,
  io: Io,
): Promise<ExitStatus> {
  const today = plan?.plan.day ?? io.today()
  await io.breathe()
  const isTold = (args.shard?.number ?? 1) === 1
  const handed = isTold ? handOver(run, !args.dryRun) : NOTHING_HANDED
  const drifts = plan ? await driftsOf(run, plan, args.plan ?? '', args, io) : []
  if (drifts.length > 0) return giveUp(drifts, io)
  const sealed =
    args.plan !== undefined && args.dryRun ? await sealRun(run, args.plan, handed, args, io) : ok(NOT_SEALED)
  if (!sealed.ok) return giveUp(sealed.failures, io)
  const ready = await repositoriesToCommit(run, today, args, io)
  if (!ready.ok) return giveUp(ready.failures, io)
  // A plan seals the file of decisions that stands there once the plan does.
  const others = [...handed.replacements, ...sealed.value.replacements]
  const written = await timedUntilDone('write', () =>
    writeWith(others, args, io, () => write(run, today, ready.value, access, args, io)),
  )
  if (args.dryRun) await timedUntilDone('print', () => printPatches(run, io.stdout))
  return tell(run, { ...written, today, lines: [...handed.lines, ...sealed.value.lines] }, args, io)
}

/** What came of the writing, and what is told once all went well. */
interface Concluded {
  readonly run?: WrittenRun
  readonly unwritten: readonly Failure[]
  readonly unhanded: readonly Failure[]
  readonly today: string
  readonly lines: readonly string[]
}

function tell(run: Run, concluded: Concluded, { dryRun, commit }: MigrateArguments, io: Io): ExitStatus {
  const { unwritten, unhanded, today, lines } = concluded
  const failures = [...run.books.flatMap((book) => book.failures), ...unwritten, ...unhanded]
  io.stderr.lines(failuresLines(failures, io.stderr.colors))
  io.stderr.lines(warningsLines(run.warnings, io.stderr.colors))
  if (commit && !wasWritten(unwritten)) {
    io.stderr.lines(concluded.run?.lines ?? [])
    return 2
  }
  const options = {
    written: !dryRun && wasWritten(unwritten),
    seconds: run.seconds,
    migrations: run.migrations.map(({ id }) => id),
    nameOf: run.nameOf,
    unwritten: unwritten.length + unhanded.length,
  }
  io.stderr.lines(summaryLines(run.books, options, io.stderr.colors))
  if (options.written) io.stderr.lines(ledgerLines(run, today, commit))
  if (unwritten.length + unhanded.length === 0) io.stderr.lines(lines)
  if (failures.length > 0) return 2
  if (run.hasHardLinks) return 1
  return run.books.some((book) => book.files.some(({ findings }) => findings.some(isOpen))) ? 1 : 0
}

/** The first shard alone hands over what the whole run leaves open. */
const NOTHING_HANDED: HandedOver = { replacements: [], lines: [] }

const NOT_SEALED: SealedFile = { replacements: [], lines: [] }

/** The books with their ledgers: at once, or migration by migration. */
async function write(
  run: Run,
  today: string,
  repositories: readonly ReadyRepository[],
  access: Access,
  args: MigrateArguments,
  io: Io,
): Promise<WrittenRun> {
  if (args.dryRun) return { failures: [], lines: [] }
  const writeParts = (books: readonly WrittenBook[], part = '') =>
    writeBooks(books, { access, fsync: args.fsync, what: `${wordsOf(args)}${part}` }, io)
  if (args.commit) {
    const { version } = args
    return commitByMigration(run, { repositories, today, version, write: writeParts }, io)
  }
  const ledgers = ledgerReplacements(run, today)
  const books = run.books.map(({ root, files }) => ({ root, files, others: ledgers.get(root) ?? [] }))
  return { failures: await writeParts(books), lines: [] }
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
