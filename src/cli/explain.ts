/** `mdshift explain`: why each thing is done or left, in one file, at one place of it, or for labels. */
import path from 'node:path'
import { configOf, readConfig } from '../book/config.ts'
import { bookAt } from '../book/discover.ts'
import { resolveGiven } from '../book/given-path.ts'
import type { Book } from '../book/load.ts'
import { failure } from '../failure.ts'
import {
  type FileExplanation,
  fileJson,
  fileLines,
  fileSummary,
  grammarLines,
  labelLines,
  labelsJson,
} from '../report/explain.ts'
import { failuresLines, missingLines, warningsLines } from '../report/summary.ts'
import { explainFile, explainLabels, type LabelExplanation, type PlacedNearMiss } from '../runner/explain.ts'
import { planMigrations } from '../runner/plan.ts'
import type { BookReport } from '../runner/report.ts'
import { type RunOptions, runBook } from '../runner/run.ts'
import { type At, candidatesFor, isAt, placeIn } from './explain-place.ts'
import type { Io } from './io.ts'
import type { Lineups } from './lineup.ts'
import type { RunArguments } from './run-arguments.ts'
import { type Run, runBooks } from './run-books.ts'
import { type ExitStatus, giveUp } from './status-codes.ts'
import { unusedLines } from './unused-config.ts'

export interface ExplainArguments extends Omit<RunArguments, 'paths'> {
  /** `PATH`, `PATH:LINE` or `PATH:LINE:COLUMN`. */
  readonly path?: string | undefined
  readonly label?: readonly string[] | undefined
  readonly format: 'text' | 'json'
}

export async function explain(lineups: Lineups, args: ExplainArguments, io: Io): Promise<ExitStatus> {
  const { path: given } = args
  const labels = (args.label ?? []).map(withoutBrackets)
  if (labels.includes('')) return giveUp([failure('MDS009', 'a label is empty')], io)
  if (given !== undefined && labels.length === 0) return explainPath(lineups, given, args, io)
  if (given === undefined && labels.length > 0) return explainEach(lineups, labels, args, io)
  return giveUp([failure('MDS009', 'explain takes a path, or --label')], io)
}

/** `[c-slab]`, as it stands in a chapter. */
function withoutBrackets(label: string): string {
  return label
    .trim()
    .replace(/^\[([^[\]]*)\]$/, '$1')
    .trim()
}

/** The whole book counts, although one file is told of. */
async function explainPath(
  lineups: Lineups,
  given: string,
  args: ExplainArguments,
  io: Io,
): Promise<ExitStatus> {
  const candidates = candidatesFor(given)
  const files = await Promise.all(
    candidates.map(async (candidate) => {
      const meant = resolveGiven(candidate.path, io.cwd)
      return meant.ok ? meant.value : path.resolve(io.cwd, candidate.path)
    }),
  )
  const root = bookAt(files.at(-1) ?? io.cwd, io.cwd)
  const nearMisses = new Map<string, readonly PlacedNearMiss[]>()
  const result = await runBooks(lineups, { ...args, paths: [root] }, io, async (book, options) => {
    const asked = book.files.find((file) => files.includes(path.join(book.root, file.path)))
    if (!asked) return runBook(book, options)
    const found = await explainFile(book, asked.path, options)
    nearMisses.set(path.join(book.root, asked.path), found.nearMisses)
    return found.report
  })
  if (!result.ok) return giveUp(result.failures, io)
  const { run } = result
  io.stderr.lines(unusedLines(run.unused, io.stderr.colors))
  for (const [index, { at }] of candidates.entries()) {
    const file = files[index] ?? ''
    const failed = run.books.flatMap(({ root: top, failures }) =>
      failures.filter(({ place = '' }) => path.join(top, place.replace(/(?::\d+){1,2}$/, '')) === file),
    )
    if (failed.length > 0) return giveUp(failed, io)
    const found = findFile(run, file)
    if (!found) continue
    return tellFile({ ...found, nearMisses: nearMisses.get(file) ?? [] }, at, run, args, io)
  }
  return giveUp([failure('MDS040', '', given)], io)
}

function findFile(
  run: Run,
  file: string,
): (Omit<FileExplanation, 'nearMisses'> & { text: string }) | undefined {
  for (const book of run.books) {
    const named = (one: { readonly path: string }) => path.join(book.root, one.path) === file
    const chapter = book.files.find(named)
    const other = book.residue.find(named)
    const text = chapter?.before ?? other?.text
    const found = chapter ?? other
    if (found && text !== undefined)
      return { path: run.nameOf(book, found.path), findings: found.findings, text }
  }
  return undefined
}

function tellFile(
  { text, ...whole }: FileExplanation & { text: string },
  at: At,
  { books, warnings }: Run,
  { format }: ExplainArguments,
  io: Io,
): ExitStatus {
  const place = placeIn(text, at, whole.path)
  if (!place.ok) return giveUp([place.failure], io)
  const told: FileExplanation = {
    path: whole.path,
    findings: whole.findings.filter((finding) => isAt(finding, place.value)),
    nearMisses: whole.nearMisses.filter((miss) => isAt(miss, place.value)),
  }
  io.stdout.lines(format === 'json' ? [fileJson(told)] : fileLines(told, io.stdout.colors))
  tellProblems(books, io)
  io.stderr.lines([...warningsLines(warnings, io.stderr.colors), fileSummary(told)])
  return 0
}

/** What may make an answer wrong: files that the book has and nobody could read. */
function tellProblems(books: readonly BookReport[], io: Io): void {
  io.stderr.lines(books.flatMap((book) => failuresLines(book.failures, io.stderr.colors)))
  io.stderr.lines(books.flatMap(missingLines))
}

async function explainEach(
  lineups: Lineups,
  labels: readonly string[],
  args: ExplainArguments,
  io: Io,
): Promise<ExitStatus> {
  const root = bookAt(path.join(io.cwd, 'book.toml'), io.cwd)
  const answers: { report: BookReport; labels: readonly LabelExplanation[] }[] = []
  const result = await runBooks(lineups, { ...args, paths: [root] }, io, async (book, options) => {
    const found = await explainLabels(book, labels, options)
    answers.push(found)
    return found.report
  })
  if (!result.ok) {
    const noBook = result.failures.every(({ code }) => code === 'MDS008')
    return noBook ? explainByGrammar(lineups, labels, args, io) : giveUp(result.failures, io)
  }
  const { books, nameOf, unused } = result.run
  io.stderr.lines(unusedLines(unused, io.stderr.colors))
  if (args.format === 'json') {
    io.stdout.lines([
      labelsJson(answers.map(({ report, labels: told }) => ({ book: report.root, labels: told }))),
    ])
  } else {
    for (const { report, labels: told } of answers) {
      const name = (file: string) => nameOf(report, file)
      io.stdout.lines(told.flatMap((one) => labelLines(one, name, io.stdout.colors)))
    }
  }
  tellProblems(books, io)
  return 0
}

/** No book is here: what a label becomes where no definition says otherwise. */
async function explainByGrammar(
  lineups: Lineups,
  labels: readonly string[],
  args: ExplainArguments,
  io: Io,
): Promise<ExitStatus> {
  const config =
    args.config === undefined
      ? await configOf(io.cwd, io.isSafe)
      : await readConfig(path.resolve(io.cwd, args.config), io.isSafe)
  const lineup = config.ok ? await lineups.of(config.value, args.pack) : config
  if (!config.ok) return giveUp(config.failures, io)
  if (!lineup.ok) return giveUp(lineup.failures, io)
  const planned = planMigrations(lineup.value.all, args)
  if (!planned.ok) return giveUp([planned.failure], io)
  const options: RunOptions = {
    migrations: planned.value,
    workers: lineup.value.workers,
    settings: config.value.settings,
    breathe: io.breathe,
  }
  const { labels: told } = await explainLabels(emptyBook(io.cwd), labels, options)
  io.stderr.lines(['There is no book here: the grammar of labels alone decided.'])
  if (args.format === 'json') io.stdout.lines([labelsJson([{ book: null, labels: told }])])
  else io.stdout.lines(told.flatMap((one) => grammarLines(one, io.stdout.colors)))
  return 0
}

function emptyBook(root: string): Book {
  return { root, files: [], failures: [], outside: new Map(), unreadable: new Map(), facts: new Map() }
}
