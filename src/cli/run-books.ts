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
import { type ChapterRule, discover } from '../book/discover.ts'
import { type LedgerFile, readLedger } from '../book/ledger.ts'
import { type Book, loadBook } from '../book/load.ts'
import { type ResiduePatterns, readResidueFiles } from '../book/residue-files.ts'
import { type Checked, type Failure, ok } from '../failure.ts'
import type { Settings } from '../model.ts'
import { staleDecisions, undoableDecisions } from '../report/decision-problems.ts'
import { withoutKept } from '../report/decisions.ts'
import type { RunOfBook } from '../report/run-of-book.ts'
import { planMigrations, unknownMigrations, withoutSwitchedOff } from '../runner/plan.ts'
import type { BookReport } from '../runner/report.ts'
import { type RunOptions, runBook } from '../runner/run.ts'
import { inProcess } from '../runner/workers.ts'
import type { Transform } from '../transform/define.ts'
import type { Io } from './io.ts'
import { unusedLines } from './unused-config.ts'

export interface RunArguments {
  readonly paths: readonly string[]
  readonly to?: string | undefined
  readonly only?: readonly string[] | undefined
  readonly config?: string | undefined
  /** The file that hands over what could not be decided. */
  readonly decide?: string | undefined
  /** Whether the result is proven. */
  readonly verify?: boolean
}

/** What a run found in a book, and what was asked of it. */
export interface RunBook extends BookReport {
  /** The files that were asked for. */
  readonly chosen: readonly string[]
  /** Whether those are all that the book has. */
  readonly whole: boolean
  readonly ledger: LedgerFile
  /** Those of the run that its configuration leaves. */
  readonly migrations: readonly Transform[]
}

export interface Run {
  readonly books: readonly RunBook[]
  readonly migrations: readonly Transform[]
  /** What went wrong and kept nothing from being done. */
  readonly warnings: readonly Failure[]
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
  all: readonly Transform[],
  args: RunArguments,
  io: Io,
  runOne: (book: Book, options: RunOptions) => Promise<BookReport> = runBook,
): Promise<{ ok: true; run: Run } | { ok: false; failures: readonly Failure[] }> {
  const begun = performance.now()
  const planned = planMigrations(all, args)
  if (!planned.ok) return { ok: false, failures: [planned.failure] }
  const decisions = await decisionsOf(args, io)
  if (!decisions.ok) return decisions
  const configs = configReader(all, args, io)
  const chaptersIn = async (folder: string): Promise<ChapterRule> => {
    const config = await configs(folder)
    const { extensions, ...rest } = config.ok ? config.value : DEFAULT_CONFIG
    return { extensions, includes: chapterFilter({ extensions, ...rest }) }
  }
  const { books, failures } = await discover(args.paths, { cwd: io.cwd, chaptersIn })
  const prepared = await Promise.all(
    books.map(async ({ root }) =>
      prepareBook(root, await configs(root), decisions.value, { all, planned: planned.value, ...args }),
    ),
  )
  const ledgers = await Promise.all(books.map(({ root }) => readLedger(root)))
  const problems = [
    ...failures,
    ...prepared.flatMap((one) => (one.ok ? [] : one.failures)),
    ...ledgers.flatMap((ledger) => (ledger.ok ? [] : [ledger.failure])),
  ]
  if (problems.length > 0) return { ok: false, failures: withoutTwins(problems) }
  const workers = inProcess(planned.value)
  const runs: { book: Book; report: RunBook }[] = []
  const warnings: Failure[] = []
  for (const [position, files] of books.entries()) {
    const [one, ledger] = [prepared[position], ledgers[position]]
    if (!one?.ok || !ledger?.ok) continue
    const { migrations, settings, patterns } = one.value
    const { root, all: chapters, chosen } = files
    const whole = chosen.length === chapters.length
    const residue = await readResidueFiles(root, whole ? patterns : NO_PATTERNS, (file) =>
      chapters.includes(file),
    )
    warnings.push(...residue.warnings)
    const book = await loadBook(files)
    const verify = args.verify === true
    const made = await runOne(book, { migrations, settings, workers, verify, residue: residue.files })
    const report = decisions.value ? withoutKept(made, decisions.value) : made
    runs.push({ book, report: { ...report, chosen, whole, ledger: ledger.value, migrations } })
  }
  await workers.close()
  const useless = decisions.value ? uselessDecisions(runs, decisions.value) : []
  if (useless.length > 0) return { ok: false, failures: useless }
  const used = await Promise.all(books.map(({ root }) => configs(root)))
  io.stderr.lines(
    unusedLines(
      runs,
      used.flatMap((config) => (config.ok ? config.value : [])),
      prepared.every((one) => one.ok && one.value.migrations.length === all.length),
      io.stderr.colors,
    ),
  )
  const made = planned.value.filter((migration) =>
    prepared.some((one) => one.ok && one.value.migrations.includes(migration)),
  )
  const seconds = (performance.now() - begun) / 1000
  const run = { runs, migrations: made, warnings, seconds, decisions: decisions.value }
  const reports = runs.map(({ report }) => report)
  return { ok: true, run: { ...run, books: reports, nameOf: (book, file) => nameFrom(io.cwd, book, file) } }
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

interface Prepared {
  readonly migrations: readonly Transform[]
  readonly settings: Settings
  readonly patterns: ResiduePatterns
}

const NO_PATTERNS: ResiduePatterns = { patterns: [], folder: '' }

/** What the configuration of one book makes of a run; a migration that `--only` names is made all the same. */
function prepareBook(
  root: string,
  config: Checked<Config>,
  decisions: Decisions | undefined,
  { all, planned, only = [] }: RunArguments & Readonly<Record<'all' | 'planned', readonly Transform[]>>,
): Checked<Prepared> {
  if (!config.ok) return config
  const switched = withoutSwitchedOff(all, planned, config.value.migrations)
  if (!switched.ok) return switched
  const own = settingsIn(config.value, root)
  const settings = decisions ? withDecisions(own, decisions, root) : ok(own)
  if (!settings.ok) return settings
  return ok({
    migrations: only.length > 0 ? planned : switched.value,
    settings: settings.value,
    patterns: { patterns: config.value.residue, folder: path.dirname(config.value.file) },
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
  all: readonly Transform[],
  args: RunArguments,
  io: Io,
): (folder: string) => Promise<Checked<Config>> {
  const known = new Map<string, Promise<Checked<Config>>>()
  const unknown: UnknownMigrations = (names) => unknownMigrations(all, names)
  return (folder) => {
    const key = args.config === undefined ? folder : path.resolve(io.cwd, args.config)
    const config =
      known.get(key) ?? (args.config === undefined ? configOf(key, unknown) : readConfig(key, unknown))
    known.set(key, config)
    return config
  }
}

function nameFrom(cwd: string, { root }: BookReport, file: string): string {
  const name = path.relative(cwd, path.join(root, file)).split(path.sep).join('/')
  return name.startsWith('../') ? file : name
}
