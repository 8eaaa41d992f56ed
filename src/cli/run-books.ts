/** Paths → reports: what `migrate`, `check` and `status` have in common. */
import path from 'node:path'
import {
  type Config,
  chapterFilter,
  configOf,
  DEFAULT_CONFIG,
  readConfig,
  settingsIn,
  type UnknownMigrations,
} from '../book/config.ts'
import { type Decisions, readDecisions, withDecisions } from '../book/decisions.ts'
import {
  type BookFiles,
  type ChapterRule,
  type DiscoverOptions,
  type Discovery,
  discover,
} from '../book/discover.ts'
import { type LedgerFile, noLedger, readLedger } from '../book/ledger.ts'
import type { Limits, TryText } from '../book/limits.ts'
import { type Book, loadBook } from '../book/load.ts'
import { chosenNow } from '../book/plan-file.ts'
import type { PlannedBook } from '../book/plan-schema.ts'
import { hashedFile, inputsOf, recordReads } from '../book/read-record.ts'
import { type ResiduePatterns, readResidueFiles } from '../book/residue-files.ts'
import { type Checked, type Failure, failure, ok } from '../failure.ts'
import type { Settings } from '../model.ts'
import { staleDecisions, undoableDecisions } from '../report/decision-problems.ts'
import { withoutKept } from '../report/decisions.ts'
import type { RunOfBook } from '../report/run-of-book.ts'
import { planMigrations, unknownMigrations, withoutSwitchedOff } from '../runner/plan.ts'
import type { BookReport } from '../runner/report.ts'
import { type RunOptions, runBook } from '../runner/run.ts'
import { trials } from '../runner/trial.ts'
import type { Announced } from '../transform/define.ts'
import { type Access, accessTo } from './access.ts'
import type { Io } from './io.ts'
import type { Lineup, Lineups } from './lineup.ts'
import { limitMemory } from './memory.ts'
import { nameInBook } from './name-from.ts'
import { unusedLines } from './unused-config.ts'
import { named } from './write.ts'

export interface RunArguments {
  readonly paths: readonly string[]
  readonly to?: string | undefined
  readonly only?: readonly string[] | undefined
  readonly config?: string | undefined
  /** The pack whose migrations are made, whatever the configuration says. */
  readonly pack?: string | undefined
  /** The file that hands over what could not be decided. */
  readonly decide?: string | undefined
  /** Whether the result is proven. */
  readonly verify?: boolean
  /** Whether it is to change the book, or shows what it would change. */
  readonly writes?: boolean
  /** Absolute folders whose files are no chapters, whatever else says so. */
  readonly apart?: readonly string[]
  /** How it comes to the books, where it is to write. */
  readonly access?: Access
  /** The books of a plan, where it names them and no path does. */
  readonly planned?: readonly PlannedRoot[] | undefined
  /** Whether the hashes of all that is read are kept, for a plan. */
  readonly isSealed?: boolean
}

/** A book that a plan names. */
interface PlannedRoot {
  /** Absolute. */
  readonly root: string
  /** Relative to the root; none where the whole book is meant. */
  readonly chosen: readonly string[] | undefined
}

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
 * Runs the chosen migrations over the books that the paths lead to; writes nothing.
 *
 * @param runOne how one book is run, where somebody looks on
 * @returns all reports, or the failures that keep the run from beginning
 */
export async function runBooks(
  lineups: Lineups,
  args: RunArguments,
  io: Io,
  runOne: (book: Book, options: RunOptions) => Promise<BookReport> = runBook,
): Promise<{ ok: true; run: Run } | { ok: false; failures: readonly Failure[] }> {
  const begun = performance.now()
  const decisions = await decisionsOf(args, io)
  if (!decisions.ok) return decisions
  const { bundled, isVersioned } = lineups
  const configs = configReader(bundled, args, io)
  const isApart = (file: string) => (args.apart ?? []).some((folder) => file.startsWith(folder + path.sep))
  const chaptersIn = async (folder: string): Promise<ChapterRule> => {
    const config = await configs(folder)
    const { extensions, ...rest } = config.ok ? config.value : DEFAULT_CONFIG
    const isIncluded = chapterFilter({ extensions, ...rest })
    return { extensions, includes: (file) => isIncluded(file) && !isApart(file) }
  }
  const { books, failures } = await discoverAsked(args, { cwd: io.cwd, chaptersIn, breathe: io.breathe })
  limitMemory(books.reduce((sum, { all }) => sum + all.length, 0))
  const access = args.access ?? accessTo(io, { writes: false, fsync: true })
  const barred = await access.open(books.map(({ root }) => root))
  const prepared = await Promise.all(
    books.map(async ({ root }) => prepareBook(root, await configs(root), decisions.value, lineups, args)),
  )
  const ledgers = await Promise.all(
    books.map(({ root }) => (isVersioned ? readLedger(root) : ok(noLedger(root)))),
  )
  const problems = [
    ...failures,
    ...barred.map((failed) => named(failed, io.cwd)),
    ...prepared.flatMap((one) => (one.ok ? [] : one.failures)),
    ...ledgers.flatMap((ledger) => (ledger.ok ? [] : [ledger.failure])),
  ]
  if (problems.length > 0) return { ok: false, failures: withoutTwins(problems) }
  const runs: { book: Book; report: RunBook }[] = []
  const warnings: Failure[] = []
  let hasHardLinks = false
  for (const [position, found] of books.entries()) {
    await io.breathe()
    const files = args.writes === true ? withoutHardLinks(found) : found
    const parted = found.chosen.filter((file) => !files.chosen.includes(file))
    if (parted.length > 0) hasHardLinks = true
    const [one, ledger] = [prepared[position], ledgers[position]]
    if (!one?.ok || !ledger?.ok) continue
    const { migrations, settings, patterns, limits, lineup, configuration } = one.value
    const { workers } = lineup
    const { root, all: chapters, chosen } = files
    const whole = chosen.length === chapters.length
    const residue = await readResidueFiles(
      root,
      whole ? patterns : NO_PATTERNS,
      (file) => chapters.includes(file),
      limits.fileSize,
    )
    warnings.push(...residue.warnings)
    warnings.push(...parted.map((file) => failure('MDS094', '', nameInBook(io.cwd, root, file))))
    const record = recordReads()
    const tryText = trialsFor(one.value, io)
    const read = args.isSealed ? record.readBytes : undefined
    const book = await loadBook(files, read, io.breathe, { limits, tryText })
    const verify = args.verify === true
    const made = await runOne(book, {
      migrations,
      settings,
      workers,
      verify,
      residue: residue.files,
      tryText,
      breathe: io.breathe,
    })
    const report = decisions.value ? withoutKept(made, decisions.value) : made
    const inputs = args.isSealed
      ? inputsOf(root, chapters, record.hashes, ledger.value.bytes, configuration)
      : []
    const asked = { chosen, whole, ledger: ledger.value, migrations, settings, inputs }
    runs.push({ book, report: { ...report, ...asked } })
  }
  const useless = decisions.value ? uselessDecisions(runs, decisions.value) : []
  if (useless.length > 0) return { ok: false, failures: useless }
  const ready = prepared.flatMap((one) => (one.ok ? one.value : []))
  if (isVersioned) {
    const used = await Promise.all(books.map(({ root }) => configs(root)))
    io.stderr.lines(
      unusedLines(
        runs,
        used.flatMap((config) => (config.ok ? config.value : [])),
        ready.every(({ migrations, lineup }) => migrations.length === lineup.all.length),
        io.stderr.colors,
      ),
    )
  }
  const all = union(ready.map(({ lineup }) => lineup.all))
  const migrations = union(ready.map((one) => one.migrations))
  const seconds = (performance.now() - begun) / 1000
  const run = { runs, migrations, all, warnings, hasHardLinks, seconds, decisions: decisions.value }
  const reports = runs.map(({ report }) => report)
  return {
    ok: true,
    run: { ...run, books: reports, nameOf: (book, file) => nameInBook(io.cwd, book.root, file) },
  }
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

interface Prepared {
  readonly migrations: readonly Announced[]
  readonly lineup: Lineup
  readonly settings: Settings
  readonly patterns: ResiduePatterns
  readonly limits: Limits
  /** The file of the configuration, absolute, and its hash; where a plan asks for it, and there is one. */
  readonly configuration: readonly [string, string] | undefined
}

const NO_PATTERNS: ResiduePatterns = { patterns: [], folder: '' }

/** What the configuration of one book makes of a run; a migration that `--only` names is made all the same. */
async function prepareBook(
  root: string,
  config: Checked<Config>,
  decisions: Decisions | undefined,
  lineups: Lineups,
  args: RunArguments,
): Promise<Checked<Prepared>> {
  if (!config.ok) return config
  const lineup = await lineups.of(config.value, args.pack)
  if (!lineup.ok) return lineup
  const { all, switches } = lineup.value
  const planned = planMigrations(all, args)
  if (!planned.ok) return { ok: false, failures: [planned.failure] }
  const switched = withoutSwitchedOff(all, planned.value, switches)
  if (!switched.ok) return switched
  const own = settingsIn(config.value, root)
  const settings = decisions ? withDecisions(own, decisions, root) : ok(own)
  if (!settings.ok) return settings
  return ok({
    lineup: lineup.value,
    migrations: (args.only ?? []).length > 0 ? planned.value : switched.value,
    settings: settings.value,
    patterns: { patterns: config.value.residue, folder: path.dirname(config.value.file) },
    configuration: args.isSealed ? await hashedFile(config.value.file) : undefined,
    limits: config.value.limits,
  })
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

function configReader(
  all: readonly Announced[],
  args: RunArguments,
  io: Io,
): (folder: string) => Promise<Checked<Config>> {
  const known = new Map<string, Promise<Checked<Config>>>()
  const unknown: UnknownMigrations = (names) => unknownMigrations(all, names)
  return (folder) => {
    const key = args.config === undefined ? folder : path.resolve(io.cwd, args.config)
    const config =
      known.get(key) ??
      (args.config === undefined ? configOf(key, io.isSafe, unknown) : readConfig(key, io.isSafe, unknown))
    known.set(key, config)
    return config
  }
}
