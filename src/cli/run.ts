/** `mdshift run`: transforms of the user's own, as jscodeshift runs them. */
import path from 'node:path'
import { failure } from '../failure.ts'
import { failuresLines, summaryLines, warningsLines } from '../report/summary.ts'
import { count, visible } from '../report/terminal.ts'
import { type Note, openPool } from '../runner/pool.ts'
import { runBook } from '../runner/run.ts'
import { wasWritten } from '../store/commit.ts'
import { lastWritten } from '../store/runs.ts'
import type { TransformFile } from '../transform/load.ts'
import type { Options } from '../transform/plain.ts'
import { type Access, accessTo } from './access.ts'
import type { Io } from './io.ts'
import { oneOffLineups, poolOptions } from './lineup.ts'
import type { RunArguments } from './run-arguments.ts'
import { type Run, type RunBook, runBooks } from './run-books.ts'
import { printPatches, printTexts } from './show.ts'
import { type ExitStatus, giveUp } from './status-codes.ts'
import { changedChapters, heldByGit } from './version-control.ts'
import { writeBooks } from './write.ts'

export interface RunCommandArguments extends Pick<RunArguments, 'paths' | 'config' | 'verify'> {
  /** Files, in the order in which they are run. */
  readonly transforms: readonly string[]
  readonly dryRun: boolean
  /** Whether to wait until the disk has what is written. */
  readonly fsync: boolean
  /** Whether changes that git does not hold are written over. */
  readonly allowDirty: boolean
  /** Whether the new texts are printed. */
  readonly print: boolean
  /** Whether nothing is told but failures. */
  readonly silent: boolean
  /** Seconds that a transform may take for one file. */
  readonly timeout?: number | undefined
  readonly cpus?: number | undefined
  /** What else stands on the command line. */
  readonly options: Options
}

/** Runs transforms over the books that the paths lead to. */
export async function run(args: RunCommandArguments, io: Io): Promise<ExitStatus> {
  if (io.isSafe)
    return giveUp(
      args.transforms.map((name) => failure('MDS084', 'a transform is code', name)),
      io,
    )
  const opened = await openPool(
    transformFiles(args, io),
    poolOptions(io, { seconds: args.timeout, threads: args.cpus }),
  )
  io.signal.throwIfAborted()
  if (!opened.ok) return giveUp(opened.failures, io)
  const pool = opened.value
  const access = accessTo(io, { writes: !args.dryRun, fsync: args.fsync })
  try {
    const notes = new Map<string, readonly Note[]>()
    const asked = { ...args, access, writes: true, apart: fixturesOf(args, io) }
    const result = await runBooks(oneOffLineups(pool), asked, io, async (book, options) => {
      // Headings that go down one level go down once more each time: that is what was asked for.
      const report = await runBook(book, { ...options, idempotent: false })
      notes.set(book.root, pool.takeNotes())
      return report
    })
    if (!result.ok) return giveUp(result.failures, io)
    return await conclude(result.run, (book) => notes.get(book.root) ?? [], access, args, io)
  } finally {
    access.close()
    await pool.workers.close()
  }
}

/** The fixtures of the transforms, which no run is about, unless one of them is given. */
function fixturesOf({ transforms, paths }: RunCommandArguments, { cwd }: Io): string[] {
  const given = paths.map((one) => path.resolve(cwd, one))
  return transforms
    .map((file) => path.join(path.dirname(path.resolve(cwd, file)), 'fixtures'))
    .filter((folder) => !given.some((one) => one === folder || one.startsWith(folder + path.sep)))
}

/** Writes, and tells. */
async function conclude(
  run: Run,
  notesOf: (book: RunBook) => readonly Note[],
  access: Access,
  { dryRun, print, silent, fsync, allowDirty, transforms, paths }: RunCommandArguments,
  io: Io,
): Promise<ExitStatus> {
  const { books, migrations, nameOf, seconds } = run
  await io.breathe()
  if (!dryRun && !allowDirty) {
    const held = await heldByGit(changedChapters(run), io.cwd, lastWritten)
    if (!held.ok) return giveUp(held.failures, io)
  }
  const what = ['run', ...transforms.flatMap((file) => ['-t', file]), ...paths].join(' ')
  const unwritten = dryRun ? [] : await writeBooks(books, { access, fsync, what }, io)
  if (print) await printTexts(run, io.stdout)
  else if (dryRun) await printPatches(run, io.stdout)
  const failures = [...books.flatMap((book) => book.failures), ...unwritten]
  io.stderr.lines(failuresLines(failures, io.stderr.colors))
  if (!silent) {
    io.stderr.lines(warningsLines(run.warnings, io.stderr.colors))
    io.stderr.lines(books.flatMap((book) => messageLines(notesOf(book), (file) => nameOf(book, file))))
    const options = {
      written: !dryRun && wasWritten(unwritten),
      seconds,
      migrations: migrations.map(({ id }) => id),
      nameOf,
      unwritten: unwritten.length,
      passedOver: books.reduce((sum, book) => sum + passedOver(book, notesOf(book)), 0),
      isOneOff: true,
    }
    io.stderr.lines(summaryLines(books, options, io.stderr.colors))
    io.stderr.lines(statsLines(books.flatMap(notesOf)))
  }
  return failures.length > 0 ? 2 : 0
}

/** What a transform is called where it says nothing: as its file, and with its folder where two are. */
function transformFiles({ transforms, options }: RunCommandArguments, { cwd }: Io): TransformFile[] {
  const ids = transforms.map((name) => path.basename(name).replace(/\.[mc]?[jt]s$/, ''))
  return transforms.map((name, position) => {
    const own = ids[position] ?? name
    const isAlone = ids.indexOf(own) === ids.lastIndexOf(own)
    const id = isAlone ? own : `${name}${transforms.indexOf(name) === position ? '' : ` (${position + 1})`}`
    return { id, isFixed: false, file: path.resolve(cwd, name), name, options }
  })
}

/** Files that no transform changed, and one of them returned nothing for. */
function passedOver({ files }: RunBook, notes: readonly Note[]): number {
  const skipped = new Set(notes.filter((note) => note.skipped).map((note) => note.path))
  return files.filter(
    (file) => file.edits.length === 0 && file.findings.length === 0 && skipped.has(file.path),
  ).length
}

function messageLines(notes: readonly Note[], nameOf: (path: string) => string): string[] {
  return notes.flatMap(({ path: file, messages }) =>
    messages.map((message) => `report  ${visible(nameOf(file))}: ${visible(message)}`),
  )
}

/** What `api.stats` counted. */
function statsLines(notes: readonly Note[]): string[] {
  const sums = new Map<string, number>()
  for (const { counts } of notes)
    for (const [name, number] of counts) sums.set(name, (sums.get(name) ?? 0) + number)
  if (sums.size === 0) return []
  return [
    `Stats of ${count(sums.size, 'kind')}:`,
    ...[...sums].map(([name, sum]) => `  ${visible(name)}: ${sum}`),
  ]
}
