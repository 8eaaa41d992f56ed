/**
 * How far books are, as a value: the format version of every chapter, and what is left to do. The texts of
 * `mdshift status` are made of it.
 */
import path from 'node:path'
import { groupBy } from '../group-by.ts'
import type { Drift } from '../runner/record.ts'
import { type BookReport, type Finding, isOpen } from '../runner/report.ts'
import type { Transform } from '../transform/define.ts'

/** The format that chapters begin with where the bundled migrations are made: one to it repairs what no format has. */
export const FIRST_VERSION = 1

/** A book that was looked at, as far as its status goes. */
export interface StatusBook extends Pick<BookReport, 'files' | 'failures'> {
  /** Its root, as the user would name it. */
  readonly name: string
  /** The chapters that were asked for, with their names; those that could not be read or transformed included. */
  readonly chosen: readonly { readonly path: string; readonly name: string }[]
  /** The migrations on record, in order, with the day on which they were applied. */
  readonly applied: readonly { readonly migration: string; readonly applied: string }[]
  readonly drifts: readonly Drift[]
}

type Migration = Pick<Transform, 'id' | 'version'>

export interface Counts {
  /** Edits that `migrate` would make. */
  readonly changes: number
  /** Places that wait for a decision. */
  readonly open: number
  /** Places that are left by policy. */
  readonly left: number
}

interface ChapterStatus {
  /** As the user would name it. */
  readonly name: string
  /** None where it could not be read or transformed. */
  readonly version: number | undefined
  readonly counts: Counts
}

/** Chapters, counted. */
export interface Tally {
  readonly chapters: number
  /** At each of {@link Status.versions}, in their order. */
  readonly at: readonly number[]
  readonly unknown: number
}

export interface FolderStatus extends Tally {
  readonly name: string
}

interface MigrationStatus extends Counts {
  readonly id: string
  readonly version: number
  /** Chapters that it found something in. */
  readonly files: number
}

export interface Status {
  /** From the first to the newest. */
  readonly versions: readonly number[]
  readonly newest: number
  /** The only migrations that were asked, where those are not all. */
  readonly only: readonly string[] | undefined
  readonly migrations: readonly MigrationStatus[]
  readonly totals: Tally & Counts
  readonly folders: readonly FolderStatus[]
  readonly books: readonly (Omit<StatusBook, 'files' | 'chosen'> & {
    readonly chapters: readonly ChapterStatus[]
  })[]
}

/**
 * The status of books.
 *
 * @param all the migrations that there are
 * @param asked those of the run, in order
 * @param first the format that chapters begin with: 0 where the first migration brings them to 1
 */
export function statusOf(
  books: readonly StatusBook[],
  asked: readonly Migration[],
  all: readonly Migration[],
  first = FIRST_VERSION,
): Status {
  const newest = Math.max(first, ...asked.map(({ version }) => version))
  const versions = Array.from({ length: newest - first + 1 }, (_, index) => first + index)
  const later = asked.filter(({ version }) => version > first)
  const withChapters = books.map(({ files, chosen, ...book }) => {
    const findings = new Map(files.map((file) => [file.path, file.findings]))
    return {
      ...book,
      chapters: chosen.map(({ path: file, name }) => chapterOf(name, findings.get(file), later, newest)),
    }
  })
  const chapters = withChapters.flatMap((book) => book.chapters)
  const tallyOf = (some: readonly ChapterStatus[]): Tally => ({
    chapters: some.length,
    at: versions.map((version) => some.filter((chapter) => chapter.version === version).length),
    unknown: some.filter(({ version }) => version === undefined).length,
  })
  const found = books.flatMap(({ files }) => files.map(({ findings }) => findings))
  return {
    versions,
    newest,
    only: asked.length < all.length ? asked.map(({ id }) => id) : undefined,
    migrations: asked.map(({ id, version }) => {
      const own = found
        .map((findings) => findings.filter(({ migration }) => migration === id))
        .filter((findings) => findings.length > 0)
      return { id, version, files: own.length, ...countsOf(own.flat()) }
    }),
    totals: { ...tallyOf(chapters), ...countsOf(found.flat()) },
    folders: [...groupBy(chapters, ({ name }) => path.posix.dirname(name))]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, some]) => ({ name, ...tallyOf(some) })),
    books: withChapters,
  }
}

function chapterOf(
  name: string,
  findings: readonly Finding[] | undefined,
  later: readonly Migration[],
  newest: number,
): ChapterStatus {
  if (!findings) return { name, version: undefined, counts: countsOf([]) }
  return { name, version: versionOf(findings, later, newest), counts: countsOf(findings) }
}

/**
 * The oldest format whose syntax a chapter still holds: the one before that of the first migration that wants
 * a change there, or a decision. What an earlier migration leaves to a later one is found by the earlier one
 * too, and so counts as the older format. Warnings are no syntax of the chapter's own.
 */
function versionOf(findings: readonly Finding[], later: readonly Migration[], newest: number): number {
  const legacy = new Set(
    findings
      .filter((finding) => finding.kind === 'change' || isOpen(finding))
      .map(({ migration }) => migration),
  )
  const before = later.filter(({ id }) => legacy.has(id)).map(({ version }) => version - 1)
  return Math.min(newest, ...before)
}

function countsOf(findings: readonly Finding[]): Counts {
  const changes = findings.filter(({ kind }) => kind === 'change').length
  const open = findings.filter(isOpen).length
  return { changes, open, left: findings.length - changes - open }
}

/** The status in one line, for a pull request; ids of migrations and numbers are all that it has of a book. */
export function burndownLine({ newest, only, totals }: Status): string {
  const current = totals.at.at(-1) ?? 0
  const share = totals.chapters === 0 ? '' : ` (${percent(current, totals.chapters)})`
  const unread = totals.unknown === 0 ? '' : ` (${numeral(totals.unknown)} could not be read)`
  return [
    `mdshift${only ? ` (only ${only.join(', ')})` : ''}: `,
    `${numeral(current)} of ${numeral(totals.chapters)} ${totals.chapters === 1 ? 'chapter' : 'chapters'} ${current === 1 ? 'is' : 'are'} at format ${newest}${share}, `,
    `${numeral(totals.chapters - current)} to go${unread}; `,
    `${numeral(totals.changes)} ${totals.changes === 1 ? 'edit' : 'edits'} pending, `,
    `${numeral(totals.open)} ${totals.open === 1 ? 'needs' : 'need'} a decision`,
  ].join('')
}

/** `1,031` */
export function numeral(value: number): string {
  return value.toLocaleString('en-US')
}

/** Rounded down: nothing is 100 % before all of it is. */
export function percent(part: number, whole: number): string {
  return `${(whole === 0 ? 0 : Math.floor((part * 1000) / whole) / 10).toFixed(1)} %`
}
