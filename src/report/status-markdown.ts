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
 * A name as code, in which nothing is markup, a mention or an address. A bar would end the cell of a table,
 * in code too, and a backslash before it is read differently by different parsers: it is a character
 * reference instead, which ends nothing.
 */
function asCode(name: string): string {
  return visible(name)
    .split(/(\|)/)
    .filter((part) => part !== '')
    .map((part) => (part === '|' ? '<code>&#124;</code>' : codeSpan(part)))
    .join('')
}

/** A code span of any text: its marks are longer than those in it (CommonMark 0.31.2, 6.1). */
function codeSpan(text: string): string {
  const longest = Math.max(0, ...[...text.matchAll(/`+/g)].map(([marks]) => marks.length))
  const marks = '`'.repeat(longest + 1)
  const padding = /^`|`$/.test(text) || (/^ .* $/.test(text) && /[^ ]/.test(text)) ? ' ' : ''
  return `${marks}${padding}${text}${padding}${marks}`
}
