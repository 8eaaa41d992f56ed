/**
 * A cheap look at a text, before anything reads it: whether a parser could take long over it, or run out of stack.
 * Parsers of Markdown take time that grows with the square of what stands in one block, and call themselves for each
 * container within a container. A text below all bounds is read in well under a second, whatever it says.
 */
import type { Span } from '../model.ts'

/** What makes a text heavy, and where. */
export interface Weight extends Span {
  /** As it is told. */
  readonly what: string
}

/** Code units. A book's files of definitions are larger, and plain. */
const SIZE = 256 * 1024
/** The sum of the squares of how many marks and lines each block has: 4,000 in one, or 400 in each of a hundred. */
const MARKS_SQUARED = 4000 ** 2
/** Marks and lines in the whole text. */
const MARKS = 40_000
/** Columns before the first word of a line: a list item takes two, and a quote one. */
const INDENT = 200
/** All lines, times the most columns that one of them begins with: each line is held against the containers that are open. */
const OPEN_LINES = 200_000
/** Lines that begin with such columns, times all of these: each container that ends is put among all that was read. */
const ENDED = 4_000_000

/**
 * Looks at a text, in the time that it takes to go over it once.
 *
 * @returns what is heavy about it; `undefined` where nothing is, as in a chapter that a person wrote
 */
export function weigh(text: string): Weight | undefined {
  const all = { start: 0, end: text.length }
  if (text.length > SIZE) return { ...all, what: `${text.length} characters` }
  let [marks, squares, lines, indented, indent, indents] = [0, 0, 0, 0, 0, 0]
  let block = { start: 0, marks: 0, heaviest: { start: 0, marks: 0 } }
  const closeBlock = (at: number) => {
    squares += block.marks ** 2
    const heaviest = block.marks > block.heaviest.marks ? block : block.heaviest
    block = { start: at, marks: 0, heaviest: { start: heaviest.start, marks: heaviest.marks } }
  }
  for (let start = 0; start <= text.length; ) {
    const { end, columns, found, isBlank } = lookAtLine(text, start)
    if (columns > INDENT) return { start, end, what: `a line that begins with ${columns} columns of marks` }
    lines += 1
    indents += columns
    if (columns > 0) indented += 1
    indent = Math.max(indent, columns)
    const weight = Math.min(found + 1, weightOfPlain(text, start, end))
    marks += weight
    block.marks += weight
    if (isBlank) closeBlock(end + 1)
    start = end + 1
  }
  closeBlock(text.length)
  if (lines * indent > OPEN_LINES || indented * indents > ENDED)
    return { ...all, what: 'many lines that begin with many marks' }
  if (marks <= MARKS && squares <= MARKS_SQUARED) return undefined
  const { heaviest } = block
  const what = marks > MARKS ? `${marks} marks and lines` : `${heaviest.marks} marks and lines in one block`
  return { start: heaviest.start, end: text.length, what }
}

/**
 * Whether a text is light: told by the lengths of its blocks and what its lines begin with, as if each character were a mark;
 * where that is too much, by a closer look.
 */
export function isLight(text: string): boolean {
  return isBelowAll(text) || weigh(text) === undefined
}

function isBelowAll(text: string): boolean {
  // Each of two line endings that stand together would count.
  if (text.length > MARKS / 2 || text.includes('\r')) return false
  let [block, squares, lines, indented, indent, indents] = [0, 0, 0, 0, 0, 0]
  for (let start = 0; start <= text.length; ) {
    const feed = text.indexOf('\n', start)
    const end = feed < 0 ? text.length : feed
    const columns = columnsOf(text, start, end)
    lines += 1
    indents += columns
    if (columns > 0) indented += 1
    indent = Math.max(indent, columns)
    block += end - start + 1
    if (end === start) {
      squares += block ** 2
      block = 0
    }
    start = end + 1
  }
  squares += block ** 2
  return (
    indent <= INDENT &&
    squares <= MARKS_SQUARED &&
    lines * indent <= OPEN_LINES &&
    indented * indents <= ENDED
  )
}

/** How many columns the marks and blanks take that a line begins with. */
function columnsOf(text: string, start: number, end: number): number {
  let columns = 0
  for (let at = start; at < end; at++) {
    const code = text.charCodeAt(at)
    if (((KINDS[code] ?? WORD) & LEADING) === 0) break
    columns += code === TAB ? 4 : 1
  }
  return columns
}

/** A definition on a line of its own is read in one go, whatever its address is made of: a book's lists of them are long. */
const DEFINITION = /^\[[^[\]\\]{1,400}\]: ?[^\s<>]+$/

/** So is an item that is one link: the table of contents of a book is a single list of them. */
const ITEM = /^[ \t]*[-*+] \[[^[\]\\`<>&*_~!{}]{1,400}\]\([^()\s<>\\&]+\)$/

/** What a line weighs that is read in one go. */
function weightOfPlain(text: string, start: number, end: number): number {
  if (end - start > 2000) return Number.POSITIVE_INFINITY
  if (text.charAt(start) === '[')
    return DEFINITION.test(text.slice(start, end)) ? 1 : Number.POSITIVE_INFINITY
  return text.charAt(end - 1) === ')' && ITEM.test(text.slice(start, end)) ? 2 : Number.POSITIVE_INFINITY
}

interface Line {
  readonly end: number
  /** How many columns the marks and blanks take that it begins with. */
  readonly columns: number
  /** How many marks it has. */
  readonly found: number
  readonly isBlank: boolean
}

function lookAtLine(text: string, start: number): Line {
  let [columns, found] = [0, 0]
  let isLeading = true
  let isBlank = true
  let at = start
  for (; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code === LINE_FEED || code === CARRIAGE_RETURN) break
    const kind = KINDS[code] ?? WORD
    if ((kind & MARK) !== 0) found += 1
    if (code !== SPACE && code !== TAB) isBlank = false
    if (isLeading && (kind & LEADING) !== 0) columns += code === TAB ? 4 : 1
    else isLeading = false
  }
  return { end: at, columns: isBlank ? 0 : columns, found, isBlank }
}

const [TAB, LINE_FEED, CARRIAGE_RETURN, SPACE] = [9, 10, 13, 32]
const [WORD, MARK, LEADING] = [0, 1, 2]
/** By code unit: what a parser stops at, and what containers are made of. */
const KINDS: readonly number[] = Array.from({ length: 128 }, (_, code) => {
  const character = String.fromCharCode(code)
  return (
    ('[]*_`<>&!~{}()|\\"\'#:-'.includes(character) ? MARK : WORD) |
    (/[\s>*+\-\d.)]/.test(character) ? LEADING : WORD)
  )
})
