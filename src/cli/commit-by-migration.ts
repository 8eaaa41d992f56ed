/** `migrate --commit`: each migration is written and committed before the next one is written. */
import type { ReadyRepository } from '../book/git-readiness.ts'
import { type Failure, failure } from '../failure.ts'
import { commitMessage, recordMessage } from '../report/commit-message.ts'
import { count, visible } from '../report/terminal.ts'
import { changedBy } from '../runner/by-migration.ts'
import { type BookReport, isOpen } from '../runner/report.ts'
import { wasWritten } from '../store/commit.ts'
import { commitInGit } from '../store/git-commit.ts'
import type { Announced } from '../transform/define.ts'
import type { Io } from './io.ts'
import { ledgerUpTo } from './ledger.ts'
import { nameFrom } from './name-from.ts'
import type { Run, RunBook } from './run-books.ts'
import { fileOf } from './version-control.ts'
import type { WrittenBook } from './write.ts'

export interface CommitOptions {
  /** What a commit would take, by repository. */
  readonly repositories: readonly ReadyRepository[]
  /** The day: `2026-11-22`. */
  readonly today: string
  /** mdshift's own. */
  readonly version: string
  /**
   * Writes one migration: all of it, or nothing.
   *
   * @param part which, in words
   */
  write(books: readonly WrittenBook[], part: string): Promise<readonly Failure[]>
}

export interface WrittenRun {
  readonly failures: readonly Failure[]
  /** Where it ended before its end, for a person. */
  readonly lines: readonly string[]
}

/** One migration's part of a run. */
interface Stage {
  /** None where there is nothing but ledgers to write. */
  readonly migration: Announced | undefined
  readonly books: readonly StagedBook[]
}

interface StagedBook extends WrittenBook {
  readonly book: RunBook
}

/**
 * Writes a run in its parts, commits each, and says so. What stands against one ends it: what was committed stays, and
 * what was only written is a run of its own, which `undo` takes back.
 */
export async function commitByMigration(
  run: Run,
  { repositories, today, version, write }: CommitOptions,
  io: Io,
): Promise<WrittenRun> {
  const unsure: Failure[] = []
  const stages = stagesOf(run, today)
  for (const [position, stage] of stages.entries()) {
    const unmade = () => {
      const ids = stages.slice(position + 1).flatMap(({ migration }) => migration?.id ?? [])
      return ids.length === 0 ? [] : [`Not written: ${ids.map(visible).join(', ')}`]
    }
    // Whoever ends it ends it here, and not between what is written and its commit.
    await io.breathe()
    const troubles = await write(stage.books, ` --commit (${stage.migration?.id ?? 'lock file'})`)
    unsure.push(...troubles)
    if (!wasWritten(troubles))
      return {
        failures: unsure,
        lines: [...(stage.migration ? [`Not written: ${visible(stage.migration.id)}`] : []), ...unmade()],
      }
    const written = new Map(stage.books.flatMap(writtenFiles))
    const waiting = repositories
      .map((repository) => ({ repository, files: repository.files.filter(({ file }) => written.has(file)) }))
      .map(({ repository, files }) => ({
        repository,
        files: files.filter((file) => !repository.ignored.has(file.path)),
        ignored: files.filter((file) => repository.ignored.has(file.path)),
      }))
    for (const { ignored } of waiting)
      if (ignored.length > 0) io.stderr.lines([`Written, and ignored by git: ${namesOf(ignored, io)}`])
    for (const [index, { repository, files }] of waiting.entries()) {
      if (files.length === 0) continue
      const own = new Set(files.map(({ file }) => file))
      const { subject, body } = messageOf(stage, own, version)
      const added = files.filter(({ file }) => written.get(file)?.isNew)
      const made = await commitInGit({ top: repository.top, files, added, subject, body })
      if (!made.ok) {
        const left = waiting.slice(index).flatMap((one) => one.files)
        return {
          failures: [...unsure, failure('MDS073', subject, nameFrom(io.cwd, repository.top))],
          lines: [
            ...made.said.map((line) => `  git: ${visible(line)}`),
            `Written, and not committed: ${namesOf(left, io)}`,
            ...unmade(),
          ],
        }
      }
      io.stderr.lines([`Committed ${made.hash}  ${subject}`])
    }
  }
  return { failures: unsure, lines: [] }
}

/** The parts of a run that write something, in order. */
function stagesOf(run: Run, today: string): Stage[] {
  const changing = run.migrations.flatMap((migration) => {
    const changed = run.books.map((book) => ({ book, files: changedBy(migration.id, book) }))
    return changed.some(({ files }) => files.length > 0) ? [{ migration, changed }] : []
  })
  const ledgers = new Map(run.books.map((book) => [book.root, book.ledger.bytes]))
  const stages = changing.map(({ migration, changed }, position): Stage => {
    const isLast = position === changing.length - 1
    const upTo = isLast ? run.migrations.length : run.migrations.indexOf(migration) + 1
    return { migration, books: changed.map(({ book, files }) => staged(book, files, isLast, upTo)) }
  })
  const recording: Stage = {
    migration: undefined,
    books: run.books.map((book) => staged(book, [], true, run.migrations.length)),
  }
  return [...stages, ...(stages.length === 0 ? [recording] : [])].flatMap(({ migration, books }) => {
    const written = books.filter(({ files, others = [] }) => files.length + others.length > 0)
    return written.length > 0 ? [{ migration, books: written }] : []
  })

  /** A ledger goes with the chapters of its book; the last part has all that is left to record. */
  function staged(book: RunBook, files: BookReport['files'], isLast: boolean, upTo: number): StagedBook {
    const { root } = book
    if (files.length === 0 && !isLast) return { book, root, files }
    const made = new Set(run.migrations.slice(0, upTo).map(({ id }) => id))
    const before = ledgers.get(root)
    const others = ledgerUpTo(book, made, before, today)
    ledgers.set(root, others[0]?.after ?? before)
    return { book, root, files, others }
  }
}

/** The files of a stage by their absolute paths. */
function writtenFiles({ root, files, others = [] }: WrittenBook): [string, { readonly isNew: boolean }][] {
  return [
    ...files.map(({ path }): [string, { isNew: boolean }] => [fileOf({ root, path }), { isNew: false }]),
    ...others.map(({ path, before }): [string, { isNew: boolean }] => [
      fileOf({ root, path }),
      { isNew: before === undefined },
    ]),
  ]
}

function messageOf({ migration, books }: Stage, own: ReadonlySet<string>, version: string) {
  const files = books.flatMap(({ root, files }) =>
    files.filter(({ path }) => own.has(fileOf({ root, path }))),
  )
  if (!migration || files.length === 0) {
    const concerned = books.filter(({ root, others = [] }) =>
      others.some(({ path }) => own.has(fileOf({ root, path }))),
    )
    const ids = new Set(concerned.flatMap(({ book }) => book.migrations.map(({ id }) => id)))
    return recordMessage([...ids], version)
  }
  const edits = files.flatMap(({ findings }) => findings).filter(({ kind }) => kind === 'change').length
  const left = books
    .flatMap(({ book }) => book.files)
    .flatMap(({ findings }) => findings)
    .filter((finding) => finding.migration === migration.id && isOpen(finding)).length
  return commitMessage(migration, { edits, files: files.length, left }, version)
}

function namesOf(files: readonly { readonly file: string }[], { cwd }: Io): string {
  return `${count(files.length, 'file')}: ${files.map(({ file }) => visible(nameFrom(cwd, file))).join(', ')}`
}
