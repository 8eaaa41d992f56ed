/** Paths → reports: what `migrate`, `check` and `status` have in common. */
import path from 'node:path'
import { type Config, configOf, DEFAULT_CONFIG, readConfig } from '../book/config.ts'
import { discover } from '../book/discover.ts'
import { type LedgerFile, readLedger } from '../book/ledger.ts'
import { loadBook } from '../book/load.ts'
import type { Failure, Result } from '../failure.ts'
import { planMigrations } from '../runner/plan.ts'
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
}

export interface Run {
  readonly books: readonly RunBook[]
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
  const extensionsIn = async (folder: string) => {
    const config = await configs(folder)
    return (config.ok ? config.value : DEFAULT_CONFIG).extensions
  }
  const { books, failures } = await discover(args.paths, { cwd: io.cwd, extensionsIn })
  const problems = [...failures]
  for (const { root } of books) {
    const config = await configs(root)
    if (!config.ok) problems.push(config.failure)
  }
  const ledgers = await Promise.all(books.map(({ root }) => readLedger(root)))
  problems.push(...ledgers.flatMap((ledger) => (ledger.ok ? [] : [ledger.failure])))
  if (problems.length > 0) return { ok: false, failures: problems }
  const workers = inProcess(planned.value)
  const reports: RunBook[] = []
  for (const [position, files] of books.entries()) {
    const ledger = ledgers[position]
    if (!ledger?.ok) continue
    const config = await configs(files.root)
    const { settings } = config.ok ? config.value : DEFAULT_CONFIG
    const report = await runBook(await loadBook(files), {
      migrations: planned.value,
      workers,
      settings,
      verify: args.verify === true,
    })
    const { all, chosen } = files
    reports.push({ ...report, chosen, whole: chosen.length === all.length, ledger: ledger.value })
  }
  await workers.close()
  const run = { books: reports, migrations: planned.value, seconds: (performance.now() - begun) / 1000 }
  return { ok: true, run: { ...run, nameOf: (book, file) => nameFrom(io.cwd, book, file) } }
}

function configReader(args: RunArguments, io: Io): (folder: string) => Promise<Result<Config>> {
  const known = new Map<string, Promise<Result<Config>>>()
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
