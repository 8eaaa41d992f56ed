/** Tables, GFM 0.29, 4.10: those whose rows begin with a pipe, or with what begins nothing else. */
import type { AlignType, Table, TableCell, TableRow } from 'mdast'
import { DELIMITER_ROW } from './block-grammar.ts'
import { type Blocks, isBlank, lineAt, place, type ReadBlock, sourceOf } from './blocks.ts'
import { contentIn } from './content.ts'
import type { Line } from './lines.ts'
import { leaveIt } from './refusal.ts'
import { spacesAt, trimmed } from './spaces.ts'

/** Whether two lines are the front of a table. */
export function isTable(lines: readonly Line[], index: number, text: string): boolean {
  const next = lines[index + 1]
  if (!next) return false
  const delimiters = trimmed(sourceOf(text, next))
  return delimiters.includes('-') && /[|:]/.test(delimiters) && DELIMITER_ROW.test(delimiters)
}

export function readTable(lines: readonly Line[], index: number, blocks: Blocks): ReadBlock {
  const { text } = blocks
  // One pipe alone is no row.
  if (trimmed(sourceOf(text, lineAt(lines, index))) === '|') leaveIt()
  const aligns = cellsIn(text, lineAt(lines, index + 1)).map(({ from, to }) =>
    alignOf(trimmed(text.slice(from, to))),
  )
  let next = index + 2
  while (next < lines.length && !isBlank(text, lineAt(lines, next))) next += 1
  const rows = lines
    .filter((_, at) => at === index || (at > index + 1 && at < next))
    .map((line) => readRow(line, blocks))
  const [head] = rows
  if (head?.children.length !== aligns.length) leaveIt()
  const last = lineAt(lines, next - 1)
  const node: Table = { type: 'table', align: aligns, children: rows }
  return { node: place(node, lineAt(lines, index).start, last.end, blocks), next }
}

function readRow(line: Line, blocks: Blocks): TableRow {
  const cells = cellsIn(blocks.text, line)
  const children = cells.map(({ from, to, start, end }): TableCell => {
    const cell: TableCell = { type: 'tableCell', children: [] }
    place(cell, start, end, blocks)
    if (to > from) blocks.later(contentIn(blocks.text, from, to), cell, true)
    return cell
  })
  const row: TableRow = { type: 'tableRow', children }
  return place(row, line.start, line.end, blocks)
}

interface Cell {
  /** With the pipe before it, the last one with that behind it too. */
  readonly start: number
  readonly end: number
  /** Its content. */
  readonly from: number
  readonly to: number
}

function cellsIn(text: string, { start, end }: Line): Cell[] {
  const isPiped = text.charCodeAt(start) === PIPE
  if (!isPiped && !/[A-Za-z[(]/.test(text.charAt(start))) leaveIt()
  const bars = barsIn(text, start, end)
  const last = bars.at(-1)
  const isClosed = last !== undefined && last > start && trimmed(text.slice(last + 1, end)) === ''
  const begins = [...(isPiped ? [] : [start]), ...(isClosed ? bars.slice(0, -1) : bars)]
  return begins.map((begin, index) => {
    const next = begins[index + 1]
    const front = text.charCodeAt(begin) === PIPE && (isPiped || index > 0) ? begin + 1 : begin
    const inner = text.slice(front, next ?? (isClosed ? last : end))
    const words = trimmed(inner)
    const from = front + (words === '' ? inner.length : spacesAt(inner, 0))
    return { start: begin, end: next ?? end, from, to: from + words.length }
  })
}

/** The offsets of pipes that divide cells. */
function barsIn(text: string, start: number, end: number): number[] {
  const bars: number[] = []
  for (let at = start; at < end; at += 1) {
    const code = text.charCodeAt(at)
    if (code === TAB) leaveIt()
    if (code === PIPE) bars.push(at)
    else if (code === BACKSLASH && [PIPE, BACKSLASH].includes(text.charCodeAt(at + 1))) at += 1
  }
  return bars
}

const [PIPE, BACKSLASH, TAB] = [124, 92, 9]

function alignOf(delimiter: string): AlignType {
  const [left, right] = [delimiter.startsWith(':'), delimiter.endsWith(':')]
  return left && right ? 'center' : left ? 'left' : right ? 'right' : null
}
