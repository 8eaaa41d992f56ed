/** The tables of a status as cells, whatever is made of them. The first row names the columns. */
import { type FolderStatus, numeral, percent, type Status, type Tally } from './status.ts'

export type Cells = readonly (readonly string[])[]

/** One row a folder, and one for all: chapters at each format, and how many of all are at the newest. */
export function folderCells({ versions, newest, folders, totals }: Status): Cells {
  const unread = totals.unknown > 0
  const rowOf = (name: string, { chapters, at, unknown }: Tally) => [
    name,
    numeral(chapters),
    ...at.map(numeral),
    ...(unread ? [numeral(unknown)] : []),
    percent(at.at(-1) ?? 0, chapters),
  ]
  return [
    [
      'folder',
      'chapters',
      ...versions.map((version) => `format ${version}`),
      ...(unread ? ['unread'] : []),
      `at ${newest}`,
    ],
    ...folders.map((folder: FolderStatus) => rowOf(folder.name, folder)),
    rowOf('all', totals),
  ]
}

/** One row a migration. */
export function migrationCells({ migrations }: Status): Cells {
  return [
    ['migration', 'files', 'to change', 'to decide', 'left by policy'],
    ...migrations.map(({ id, files, changes, open, left }) => [
      id,
      ...[files, changes, open, left].map(numeral),
    ]),
  ]
}

/** One row a chapter. */
export function chapterCells({ books }: Status): Cells {
  return [
    ['chapter', 'format', 'to change', 'to decide', 'left by policy'],
    ...books.flatMap(({ chapters }) =>
      chapters.map(({ name, version, counts }) => [
        name,
        version === undefined ? '?' : String(version),
        ...[counts.changes, counts.open, counts.left].map(numeral),
      ]),
    ),
  ]
}
