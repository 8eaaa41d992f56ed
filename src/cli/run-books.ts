/** Paths → reports: what `migrate`, `check` and `status` have in common. */
import path from 'node:path'
import { type Decisions, readDecisions } from '../book/decisions.ts'
import { type BookFiles, type DiscoverOptions, type Discovery, discover } from '../book/discover.ts'
import { type LedgerFile, noLedger, readLedger } from '../book/ledger.ts'
import type { TryText } from '../book/limits.ts'
import { type Book, loadBook } from '../book/load.ts'
import { chosenNow } from '../book/plan-file.ts'
import type { PlannedBook } from '../book/plan-schema.ts'
import { inputsOf, recordReads } from '../book/read-record.ts'
import { type ResiduePatterns, readResidueFiles } from '../book/residue-files.ts'
import { type Checked, type Failure, failure, ok } from '../failure.ts'
import type { Settings } from '../model.ts'
import { staleDecisions, undoableDecisions } from '../report/decision-problems.ts'
import { withoutKept } from '../report/decisions.ts'
import type { RunOfBook } from '../report/run-of-book.ts'
import type { BookReport } from '../runner/report.ts'
import { type RunOptions, runBook } from '../runner/run.ts'
import { trials } from '../runner/trial.ts'
import { shardOf } from '../shard.ts'
import { timedUntilDone } from '../stopwatch.ts'
import type { Announced } from '../transform/define.ts'
import { accessTo } from './access.ts'
import type { Io } from './io.ts'
import type { Lineups } from './lineup.ts'
import { limitMemory } from './memory.ts'
import { nameInBook } from './name-from.ts'
import { type ConfigReader, chapterRule, configReader, type Prepared, prepareBook } from './prepare-book.ts'
import type { RunArguments } from './run-arguments.ts'
import { type Unused, unusedConfig } from './unused-config.ts'
import { named } from './write.ts'

/** What a run found in a book, and what was asked of it. */
export interface RunBook extends BookReport {
  /** The files that were asked for. */
  readonly chosen: readonly string[]
  /** Whether those are all that the book has. */
  readonly whole: boolean
  readonly ledger: LedgerFile
  /** Those of the run that its configuration leaves. */
  readonly migrations: readonly Announced[]
  readonly settings: Settings
  /** The hashes of what was read; none where nobody asked for them. */
  readonly inputs: PlannedBook['inputs']
}

export interface Run {
  readonly books: readonly RunBook[]
  readonly migrations: readonly Announced[]
  /** All that there are for any of the books. */
  readonly all: readonly Announced[]
  /** What went wrong and kept nothing from being done. */
  readonly warnings: readonly Failure[]
  /** What the configuration says of what no book has. */
  readonly unused: readonly Unused[]
  /** Whether files were not written because they have other names. */
  readonly hasHardLinks: boolean
  readonly seconds: number
  /** The books as they were read, with their reports. */
  readonly runs: readonly RunOfBook[]
  /** What a person decided in the file that was named, if one was. */
  readonly decisions: Decisions | undefined
  /** A file's path as the user would name it: from the current folder, or from the book's root where that lies elsewhere. */
  nameOf(book: BookReport, file: string): string
}

/**
 * Runs the chosen migrations over the books that the paths lead to; writes nothing to them.
 *
 * @param runOne how one book is run, where somebody looks on
 * @returns all reports, or the failures that keep the run from beginning
 */
export async function runBooks(
  lineups: Lineups,
  args: RunArguments,
  io: Io,
  runOne: RunOne = runBook,
): Promise<{ ok: true; run: Run } | { ok: false; failures: readonly Failure[] }> {
  const begun = performance.now()
  const decided = await decisionsOf(args, io)
  if (!decided.ok) return decided
  const decisions = decided.value
  const configs = configReader(lineups.bundled, args, io)
  const opened = await openBooks(configs, decisions, lineups, args, io)
  if (!opened.ok) return opened
  const ready = opened.value
  const runs: RunOfOne[] = []
  for (const one of ready) {
    await io.breathe()
    runs.push(await runReady(one, decisions, args, io, runOne))
  }
  const useless = decisions ? uselessDecisions(runs, decisions) : []
  if (useless.length > 0) return { ok: false, failures: useless }
  return {
    ok: true,
    run: {
      books: runs.map(({ report }) => report),
      runs,
      migrations: union(ready.map(({ prepared }) => prepared.migrations)),
      all: union(ready.map(({ prepared }) => prepared.lineup.all)),
      warnings: runs.flatMap(({ warnings }) => warnings),
      unused: lineups.isVersioned ? await unusedIn(runs, ready, configs) : [],
      hasHardLinks: runs.some(({ hasHardLinks }) => hasHardLinks),
      seconds: (performance.now() - begun) / 1000,
      decisions,
      nameOf: (book, file) => nameInBook(io.cwd, book.root, file),
    },
  }
}

type RunOne = (book: Book, options: RunOptions) => Promise<BookReport>

/** A book that nothing keeps from being run. */
interface ReadyBook {
  readonly files: BookFiles
  readonly prepared: Prepared
  readonly ledger: LedgerFile
}

/** Finds the books, ends what was broken off there, and reads what they say of a run. */
async function openBooks(
  configs: ConfigReader,
  decisions: Decisions | undefined,
  lineups: Lineups,
  args: RunArguments,
  io: Io,
): Promise<Checked<readonly ReadyBook[]>> {
  const chaptersIn = (folder: string) => chapterRule(folder, configs, args.apart ?? [])
  const { books, failures } = await timedUntilDone('discover', () =>
    discoverAsked(args, { cwd: io.cwd, chaptersIn, breathe: io.breathe }),
  )
  limitMemory(books.reduce((sum, { all }) => sum + all.length, 0))
  const access = args.access ?? accessTo(io, { writes: false, fsync: true })
  const barred = await access.open(books.map(({ root }) => root))
  const opened = await Promise.all(
    books.map(async (files): Promise<Checked<ReadyBook>> => {
      const { root } = files
      const prepared = await prepareBook(root, await configs(root), decisions, lineups, args)
      const ledger = lineups.isVersioned ? await readLedger(root) : ok(noLedger(root))
      if (prepared.ok && ledger.ok) return ok({ files, prepared: prepared.value, ledger: ledger.value })
      return {
        ok: false,
        failures: [...(prepared.ok ? [] : prepared.failures), ...(ledger.ok ? [] : [ledger.failure])],
      }
    }),
  )
  const problems = [
    ...failures,
    ...barred.map((failed) => named(failed, io.cwd)),
    ...opened.flatMap((one) => (one.ok ? [] : one.failures)),
  ]
  if (problems.length > 0) return { ok: false, failures: withoutTwins(problems) }
  return ok(opened.flatMap((one) => (one.ok ? one.value : [])))
}

/** A book as it was read, what a run found in it, and what went wrong without keeping anything from being done. */
interface RunOfOne extends RunOfBook {
  readonly report: RunBook
  readonly warnings: readonly Failure[]
  readonly hasHardLinks: boolean
}

async function runReady(
  { files: found, prepared, ledger }: ReadyBook,
  decisions: Decisions | undefined,
  args: RunArguments,
  io: Io,
  runOne: RunOne,
): Promise<RunOfOne> {
  const files = args.writes === true ? withoutHardLinks(found) : found
  const parted = found.chosen.filter((file) => !files.chosen.includes(file))
  const { migrations, settings, patterns, limits, lineup, configuration } = prepared
  const { root, all: chapters, chosen } = files
  const whole = chosen.length === chapters.length
  const residue = await readResidueFiles(
    root,
    whole ? patterns : NO_PATTERNS,
    (file) => chapters.includes(file),
    limits.fileSize,
  )
  const record = recordReads()
  const tryText = trialsFor(prepared, io)
  const read = args.isSealed ? record.readBytes : undefined
  const book = await timedUntilDone('read', () => loadBook(files, read, io.breathe, { limits, tryText }))
  const isAsked = askedIn(root, prepared, decisions, args, io)
  const made = await runOne(book, {
    migrations,
    settings,
    workers: lineup.workers,
    isBundled: lineup.isBundled,
    verify: args.verify === true,
    residue: (args.shard?.number ?? 1) === 1 ? residue.files : [],
    ...(isAsked ? { isAsked } : {}),
    tryText,
    breathe: io.breathe,
  })
  const inputs = args.isSealed ? inputsOf(root, chapters, record.hashes, ledger.bytes, configuration) : []
  const report = decisions ? withoutKept(made, decisions) : made
  return {
    book,
    report: { ...report, chosen, whole, ledger, migrations, settings, inputs },
    warnings: [
      ...residue.warnings,
      ...parted.map((file) => failure('MDS094', '', nameInBook(io.cwd, root, file))),
    ],
    hasHardLinks: parted.length > 0,
  }
}

/**
 * The files of a shard, where nobody asks about the others. A dry run is proven as a whole; what is decided by hand is
 * looked for in all of the result; and code of other people may fail on any file, which then counts in all others.
 */
function askedIn(
  root: string,
  { lineup, settings }: Prepared,
  decisions: Decisions | undefined,
  { shard, writes = false }: RunArguments,
  { cwd }: Io,
): RunOptions['isAsked'] {
  const isByHand = decisions !== undefined || settings.labels.size > 0 || settings.headingIds.size > 0
  if (!shard || writes || isByHand || !lineup.isBundled) return undefined
  return (file) => shardOf(nameInBook(cwd, root, file), shard.of) === shard.number
}

const NO_PATTERNS: ResiduePatterns = { patterns: [], folder: '' }

/** What the configurations of the books say that no book asked for. */
async function unusedIn(
  runs: readonly RunOfOne[],
  ready: readonly ReadyBook[],
  configs: ConfigReader,
): Promise<Unused[]> {
  const used = await Promise.all(ready.map(({ files }) => configs(files.root)))
  return unusedConfig(
    runs,
    used.flatMap((config) => (config.ok ? config.value : [])),
    ready.every(({ prepared }) => prepared.migrations.length === prepared.lineup.all.length),
  )
}

/** The books that paths lead to; without paths, those of a plan. */
async function discoverAsked(args: RunArguments, options: DiscoverOptions): Promise<Discovery> {
  if (!args.planned || args.paths.length > 0) return discover(args.paths, options)
  const found: Discovery[] = []
  for (const { root, chosen } of args.planned) {
    const paths = chosen ? await chosenNow(root, chosen) : ['.']
    if (paths.length > 0) found.push(await discover(paths, { ...options, cwd: root }))
  }
  return {
    books: found.flatMap(({ books }) => books),
    failures: found.flatMap(({ failures }) => failures),
  }
}

/** To write a file that has other names would part it from them, or, were it written in place, change them unasked. */
function withoutHardLinks(files: BookFiles): BookFiles {
  const linked = new Set(files.hardLinked)
  return { ...files, chosen: files.chosen.filter((file) => !linked.has(file)) }
}

/** What a part of a book refuses, or one that has failures, may be done with the whole. */
function uselessDecisions(
  runs: readonly { book: Book; report: RunBook }[],
  decisions: Decisions,
): readonly Failure[] {
  const whole = runs.filter(({ report }) => report.whole && report.failures.length === 0)
  const undoable = undoableDecisions(whole, decisions)
  return undoable.length > 0 ? undoable : staleDecisions(runs, decisions)
}

/** Of several lists, each migration once; those of all books come first where they do in each. */
function union(lists: readonly (readonly Announced[])[]): Announced[] {
  return [...new Map(lists.flat().map((migration) => [migration.id, migration])).values()]
}

/** Heavy texts are tried with the bundled migrations of the run; what else it makes has threads of its own. */
function trialsFor({ migrations, settings, limits }: Prepared, { trialScript, cpus, signal }: Io): TryText {
  return trials({
    script: trialScript,
    seconds: limits.seconds,
    processes: Math.min(4, cpus),
    migrations: migrations.map(({ id }) => id),
    settings,
    signal,
  })
}

async function decisionsOf({ decide }: RunArguments, { cwd }: Io): Promise<Checked<Decisions | undefined>> {
  return decide === undefined ? ok(undefined) : readDecisions(path.resolve(cwd, decide), decide)
}

/** Books that share a configuration share what is wrong with it. */
function withoutTwins(failures: readonly Failure[]): Failure[] {
  const key = ({ place, message }: Failure) => `${place}\0${message}`
  return [...new Map(failures.map((failed) => [key(failed), failed])).values()]
}
