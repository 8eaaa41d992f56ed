/** A table: rows and cells that stay are source; new ones are written as those beside them. */
import type { Nodes, Table, TableCell, TableRow } from 'mdast'
import type { Span } from '../../model.ts'
import { originOf } from '../origin.ts'
import { endOf, startOf } from '../parse.ts'
import { print, writePhrasing } from './blocks.ts'
import { contentOf } from './content.ts'
import { isIntact, isKept } from './now.ts'
import { type Mode, sourceText } from './pieces.ts'
import type { Press } from './press.ts'
import { respelled } from './spelling.ts'

/** Writes a table. */
export function writeTable(press: Press, node: Table, mode: Mode): string {
  return (mode === 'plain' ? undefined : withOwnRows(press, node, mode)) ?? wholeTable(press, node, mode)
}

function wholeTable(press: Press, node: Table, mode: Mode): string {
  const rows = node.children.map((row) => ({
    ...row,
    children: row.children.map((cell) => ({ ...cell, children: [sourceText(cellText(press, cell, mode))] })),
  }))
  const origin = originOf(node)
  const lines = origin ? contentOf(origin.chapter, node).text.split('\n') : []
  const alignment = lines.length > 0 ? isAligned(lines) : press.habits.alignment
  const text = print({ ...press, habits: { ...press.habits, alignment } }, { ...node, children: rows }, {})
  return alignment ? text : withDelimiters(press, node, text)
}

/** Below the head of a table whose pipes do not stand below each other, three dashes a column. */
function withDelimiters({ habits }: Press, { align, children }: Table, text: string): string {
  const [head = '', , ...rows] = text.split('\n')
  const space = habits.delimiterPadding ? ' ' : ''
  const dashes = (children[0]?.children ?? []).map((_, index) => {
    const [left, right] = COLONS[align?.[index] ?? 'none']
    return `${space}${left}---${right}${space}`
  })
  return [head, `|${dashes.join('|')}|`, ...rows].join('\n')
}

const COLONS = { none: ['', ''], left: [':', ''], right: ['', ':'], center: [':', ':'] } as const

function isAligned(lines: readonly string[]): boolean {
  return lines.every((line) => line.trimEnd().length === lines[0]?.trimEnd().length)
}

/** `undefined` where its columns or its head are not what they were. */
function withOwnRows(press: Press, node: Table, mode: Mode): string | undefined {
  const origin = originOf(node)
  const head = node.children[0]
  if (!origin || !isKept(node) || !head || head !== origin.children[0]) return undefined
  const columns = originOf(head)?.children.length
  const isSame = columns === head.children.length && sameAlign(node, origin.fields['align'])
  if (!isSame) return undefined
  const lines = contentOf(origin.chapter, node).text.split('\n')
  const written = node.children.map((row) => {
    const index = origin.children.indexOf(row)
    if (index < 0) return newRow(press, row, mode, lines)
    const line = lines[index === 0 ? 0 : index + 1] ?? ''
    return isIntact(row) ? line : changedRow(press, row, mode, lines, line)
  })
  return [written[0], lines[1], ...written.slice(1)].join('\n')
}

function sameAlign(node: Table, before: unknown): boolean {
  return JSON.stringify(node.align ?? []) === JSON.stringify(before ?? [])
}

/** A row that stays, with the contents of some of its cells said otherwise. */
function changedRow(press: Press, row: TableRow, mode: Mode, lines: readonly string[], line: string): string {
  const origin = originOf(row)
  const isSame =
    origin?.children.length === row.children.length &&
    row.children.every((cell, index) => cell === origin.children[index])
  if (!origin || !isSame) return newRow(press, row, mode, lines)
  const { text } = origin.chapter
  const replaced = row.children
    .filter((cell) => !isIntact(cell))
    .map((cell) => {
      const span = innerOf(text, cell, originOf(cell)?.children ?? [])
      const isEmpty = originOf(cell)?.children.length === 0
      const inner = cellText(press, cell, mode)
      return { ...span, text: isEmpty ? inner.padEnd(span.end - span.start) : inner }
    })
  const lead = /^[ \t]*/.exec(line)?.[0] ?? ''
  return lead + respelled(origin.chapter, row, { start: startOf(row), end: endOf(row) }, replaced)
}

/** Where the content of a cell stands; of an empty one, behind its pipe and the first space. */
function innerOf(text: string, cell: TableCell, children: readonly Nodes[]): Span {
  const [first, last] = [children[0], children.at(-1)]
  if (first && last) return { start: startOf(first), end: endOf(last) }
  const [, pipe = '', space = ''] = /^(\|?)([ \t]*)/.exec(text.slice(startOf(cell), endOf(cell))) ?? []
  const start = startOf(cell) + pipe.length + Math.min(space.length, 1)
  return { start, end: startOf(cell) + pipe.length + Math.max(space.length - 1, Math.min(space.length, 1)) }
}

function cellText(press: Press, cell: TableCell, mode: Mode): string {
  const text = writePhrasing(press, cell, mode, ['tableCell', 'phrasing'], { before: ' ', after: ' ' })
  return mode === 'raw' ? text : withEdges(text)
}

/** The space at the ends of a cell is no content of it, unless it is written as character references. */
function withEdges(text: string): string {
  return text.replace(/^[ \t]|[ \t]$/g, (space) => (space === ' ' ? '&#x20;' : '&#x9;'))
}

/** A row in the manner of its table's head: with pipes at its ends or without, padded or not. */
function newRow(press: Press, row: TableRow, mode: Mode, lines: readonly string[]): string {
  const [head = '', delimiters = ''] = lines
  const lead = /^[ \t]*/.exec(head)?.[0] ?? ''
  const isPadded = /\|[ \t]|[ \t]\|/.test(head)
  const widths = isAligned(lines)
    ? delimiters
        .trim()
        .replace(/^\||\|$/g, '')
        .split('|')
        .map((cell) => cell.length - (isPadded ? 2 : 0))
    : []
  const cells = row.children.map((cell, index) => cellText(press, cell, mode).padEnd(widths[index] ?? 0))
  const begins = head.trimStart().startsWith('|')
  const ends = /\|[ \t]*$/.test(head)
  const inner = cells.join(isPadded ? ' | ' : '|')
  const space = isPadded ? ' ' : ''
  return `${lead}${begins ? `|${space}` : ''}${inner}${ends ? `${space}|` : ''}`
}
