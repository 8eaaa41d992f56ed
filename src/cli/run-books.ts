/** Paths → reports: what `migrate`, `check` and `status` have in common. */
import path from 'node:path'
import {
  type Config,
  chapterFilter,
  configOf,
  DEFAULT_CONFIG,
  readConfig,
  settingsIn,
} from '../book/config.ts'
import { type ChapterRule, discover } from '../book/discover.ts'
import { loadBook } from '../book/load.ts'
import { type Checked, type Failure, ok } from '../failure.ts'
import type { Settings } from '../model.ts'
import { planMigrations, withoutSwitchedOff } from '../runner/plan.ts'
import type { BookReport } from '../runner/report.ts'
import { runBook } from '../runner/run.ts'
import { inProcess } from '../runner/workers.ts'
import type { Transform } from '../transform/define.ts'
import type { Io } from './io.ts'

export interface RunArguments {
  readonly paths: readonly string[]
  readonly to?: string | undefined
  readonly only?: readonly string[] | undefined
  readonly config?: string | undefined
}

export interface Run {
  readonly books: readonly BookReport[]
  readonly migrations: readonly Transform[]
  readonly seconds: number
  /** A file's path as the user would name it: from the current folder, or from the book's root where that lies elsewhere. */
  nameOf(book: BookReport, file: string): string
}

/**
 * Runs the chosen migrations over the books that the paths lead to; writes nothing.
 *
 * @returns all reports, or the failures that keep the run from beginning
 */
export async function runBooks(
  all: readonly Transform[],
  args: RunArguments,
  io: Io,
): Promise<{ ok: true; run: Run } | { ok: false; failures: readonly Failure[] }> {
  const begun = performance.now()
  const planned = planMigrations(all, args)
  if (!planned.ok) return { ok: false, failures: [planned.failure] }
  const configs = configReader(args, io)
  const chaptersIn = async (folder: string): Promise<ChapterRule> => {
    const config = await configs(folder)
    const { extensions, ...rest } = config.ok ? config.value : DEFAULT_CONFIG
    return { extensions, includes: chapterFilter({ extensions, ...rest }) }
  }
  const { books, failures } = await discover(args.paths, { cwd: io.cwd, chaptersIn })
  const prepared = await Promise.all(
    books.map(async ({ root }) => prepareBook(all, planned.value, await configs(root), root, args)),
  )
  const problems = [...failures, ...prepared.flatMap((one) => (one.ok ? [] : one.failures))]
  if (problems.length > 0) return { ok: false, failures: withoutTwins(problems) }
  const workers = inProcess(planned.value)
  const reports: BookReport[] = []
  for (const [position, files] of books.entries()) {
    const one = prepared[position]
    if (one?.ok) reports.push(await runBook(await loadBook(files), { ...one.value, workers }))
  }
  await workers.close()
  const made = planned.value.filter((migration) =>
    prepared.some((one) => one.ok && one.value.migrations.includes(migration)),
  )
  const run = { books: reports, migrations: made, seconds: (performance.now() - begun) / 1000 }
  return { ok: true, run: { ...run, nameOf: (book, file) => nameFrom(io.cwd, book, file) } }
}

/** What the configuration of one book makes of a run; a migration that `--only` names is made all the same. */
function prepareBook(
  all: readonly Transform[],
  planned: readonly Transform[],
  config: Checked<Config>,
  root: string,
  { only = [] }: RunArguments,
): Checked<{ migrations: readonly Transform[]; settings: Settings }> {
  if (!config.ok) return config
  const switched = withoutSwitchedOff(all, planned, config.value.migrations)
  if (!switched.ok) return switched
  return ok({
    migrations: only.length > 0 ? planned : switched.value,
    settings: settingsIn(config.value, root),
  })
}

/** Books that share a configuration share what is wrong with it. */
function withoutTwins(failures: readonly Failure[]): Failure[] {
  const key = ({ place, message }: Failure) => `${place}\0${message}`
  return [...new Map(failures.map((failed) => [key(failed), failed])).values()]
}

function configReader(args: RunArguments, io: Io): (folder: string) => Promise<Checked<Config>> {
  const known = new Map<string, Promise<Checked<Config>>>()
  return (folder) => {
    const key = args.config === undefined ? folder : path.resolve(io.cwd, args.config)
    const config = known.get(key) ?? (args.config === undefined ? configOf(key) : readConfig(key))
    known.set(key, config)
    return config
  }
}

function nameFrom(cwd: string, { root }: BookReport, file: string): string {
  const name = path.relative(cwd, path.join(root, file)).split(path.sep).join('/')
  return name.startsWith('../') ? file : name
}
