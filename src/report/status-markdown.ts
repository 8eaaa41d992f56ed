/** A status for a pull request: the burndown line and tables, as Markdown in which names of files are text. */
import { driftText } from './ledger-lines.ts'
import { burndownLine, type Status } from './status.ts'
import { type Cells, chapterCells, folderCells } from './status-tables.ts'
import { visible } from './terminal.ts'

/**
 * The status's Markdown, line by line.
 *
 * @param chapters whether there is a table of every chapter too
 */
export function statusMarkdown(status: Status, chapters: boolean): string[] {
  const drifts = status.books.flatMap((book) => book.drifts)
  return [
    burndownLine(status),
    '',
    ...tableLines(folderCells(status), ({ length }) => length - 1),
    ...drifts.flatMap((drift) => ['', `**Warning:** ${asCode(drift.migration)}: ${driftText(drift)}.`]),
    ...(chapters ? ['', ...tableLines(chapterCells(status), ({ length }) => length)] : []),
  ]
}

/**
 * A table of GitHub's.
 *
 * @param namedUntil the row before which first cells are names of files
 */
function tableLines(cells: Cells, namedUntil: (cells: Cells) => number): string[] {
  const rows = cells.map((row, index) =>
    row.map((cell, column) => (column === 0 && index > 0 && index < namedUntil(cells) ? asCode(cell) : cell)),
  )
  const rule = (cells[0] ?? []).map((_, column) => (column === 0 ? '---' : '---:'))
  const [header = [], ...body] = rows
  return [header, rule, ...body].map((row) => `| ${row.join(' | ')} |`)
}

/**
 * A name as code that nothing in it can end: a code span where it is harmless. Else every character that may
 * mean something is a character reference, which is never markup (CommonMark 0.31.2, 2.5); GitHub leaves
 * mentions and issue numbers alone in code.
 */
export function asCode(name: string): string {
  if (/^[\w./~-](?:[\w./~ -]*[\w./~-])?$/.test(name)) return `\`${name}\``
  const text = visible(name).replace(/[^\p{L}\p{N}]/gu, (character) => `&#${character.codePointAt(0)};`)
  return `<code>${text}</code>`
}
