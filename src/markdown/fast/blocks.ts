/**
 * Block structure: CommonMark 0.31.2, sections 4 and 5, with tables, and the includes of mdBook. A block that is not
 * of a plain form is left to the reference: this reader is sure of what it reads, or does not read it.
 */
import type { BlockContent, Definition, DefinitionContent, Heading, PhrasingContent, Root } from 'mdast'
import { decodeString } from 'micromark-util-decode-string'
import type { Position } from 'unist'
import { labelId } from '../../label-id.ts'
import { attributesStart } from '../mdbook-syntax.ts'
import { readAttributes } from '../tree.ts'
import {
  ATX,
  DEFINITION_LIKE,
  DELIMITER_ROW,
  FENCE,
  HTML_KINDS,
  INCLUDE_LINE,
  LIST_MARKER,
  THEMATIC_BREAK,
  UNDERLINE,
} from './block-grammar.ts'
import { type Content, contentIn, contentOf } from './content.ts'
import { definitionIn, type Range } from './definition-parts.ts'
import type { Line } from './lines.ts'
import { readList } from './lists.ts'
import { readQuote } from './quotes.ts'
import type { Reading } from './reading.ts'
import { leaveIt } from './refusal.ts'
import { spacesAt, trimmed } from './spaces.ts'
import { isTable, readTable } from './tables.ts'

export type Block = Exclude<Root['children'][number], PhrasingContent> | BlockContent | DefinitionContent

/** What blocks are read from, and what is put off until all labels are known. */
export interface Blocks {
  readonly text: string
  /** All of the text. */
  readonly lines: readonly Line[]
  readonly reading: Reading
  /** Reads inline syntax, once the labels are known. */
  later(content: Content, parent: { children: PhrasingContent[] }, isInTable?: boolean): void
  define(id: string): void
}

/** A block, and the line behind it. */
export interface ReadBlock {
  readonly node: Block
  readonly next: number
}

/**
 * Reads one block.
 *
 * @param lines of what it stands in: a text, or a container
 * @param index of its first line, which is not blank
 */
export function readBlock(lines: readonly Line[], index: number, blocks: Blocks): ReadBlock {
  const { text } = blocks
  const line = lineAt(lines, index)
  const { start, end } = line
  const begin = start + indentOf(text, line)
  if (begin - start >= 4) leaveIt()
  const source = text.slice(begin, end)
  const here = { lines, index, begin, end, source, blocks }
  switch (source.charAt(0)) {
    case '#':
      return ATX.test(source) ? readHeading(here) : readParagraph(here)
    case '>':
      return readQuote(lines, index, blocks)
    case '`':
    case '~':
      return /^(?:```|~~~)/.test(source) ? readFence(here) : readParagraph(here)
    case '<':
      return readHtml(here)
    case '{':
      return INCLUDE_LINE.test(source) ? readInclude(here) : readParagraph(here)
    case '[':
      return readDefinition(here)
    default:
  }
  if (THEMATIC_BREAK.test(source)) return readBreak(here)
  if (LIST_MARKER.test(source)) return readList(lines, index, blocks)
  return readParagraph(here)
}

/** A place in the lines. */
interface Here {
  readonly lines: readonly Line[]
  readonly index: number
  /** Where the line begins, behind its indent. */
  readonly begin: number
  readonly end: number
  /** The line without its indent. */
  readonly source: string
  readonly blocks: Blocks
}

function readHeading({ index, begin, end, source, blocks }: Here): ReadBlock {
  const depth = ATX.exec(source)?.[1]?.length ?? 0
  // What stands behind the text belongs to the heading in ways of its own.
  if (/[ \t]$/.test(source) || /[ \t]#+[ \t]*(?:\{[^{}]*\})?$/.test(source.slice(depth))) leaveIt()
  const from = begin + depth + spacesAt(source, depth)
  const words = blocks.text.slice(from, end)
  const at = attributesStart(words)
  const heading: Heading = { type: 'heading', depth: depthOf(depth), children: [] }
  place(heading, begin, end, blocks)
  if (at === 0) leaveIt()
  if (at > 0) {
    const block = words.slice(at)
    heading.attributes = readAttributes(block)
    blocks.reading.recorder.field(heading, 'attributes', { start: from + at, end, source: block })
  }
  const to = at > 0 ? from + at : end
  if (to > from) blocks.later(contentIn(blocks.text, from, to), heading)
  return { node: heading, next: index + 1 }
}

function depthOf(size: number): Heading['depth'] {
  const depths = [1, 2, 3, 4, 5, 6] as const
  return depths[size - 1] ?? 6
}

function readFence({ lines, index, begin, source, blocks }: Here): ReadBlock {
  const { text } = blocks
  const [, fence = '', info = ''] = FENCE.exec(source) ?? leaveIt()
  if (begin !== lineAt(lines, index).start || /[\\&\t]|[ \t]$/.test(info)) leaveIt()
  const isClosing = new RegExp(`^ {0,3}[${fence.charAt(0)}]{${fence.length},}[ \\t]*$`)
  let close = index + 1
  for (; close < lines.length; close += 1) {
    const line = lineAt(lines, close)
    const first = text.charAt(line.start + indentOf(text, line))
    if (first === fence.charAt(0) && isClosing.test(text.slice(line.start, line.end))) break
  }
  if (close === lines.length) leaveIt()
  const closing = lineAt(lines, close)
  if (/[ \t]$/.test(text.slice(closing.start, closing.end))) leaveIt()
  const inner = lines.slice(index + 1, close)
  const content = inner.length === 0 ? '' : contentOf(text, inner).text
  const words = trimmed(info)
  const space = words.search(/ /)
  const node: Block = {
    type: 'code',
    lang: words === '' ? null : space < 0 ? words : words.slice(0, space),
    meta: space < 0 ? null : trimmed(words.slice(space)),
    value: content,
  }
  return { node: place(node, begin, closing.end, blocks), next: close + 1 }
}

function readHtml(here: Here): ReadBlock {
  const { lines, index, begin, source, blocks } = here
  const { text } = blocks
  const kind = HTML_KINDS.find(({ begin: front }) => front.test(source))
  if (!kind) return readParagraph(here)
  if (begin !== lineAt(lines, index).start) leaveIt()
  let last = index
  if (kind.end) {
    while (last < lines.length && !kind.end.test(sourceOf(text, lineAt(lines, last)))) last += 1
    if (last === lines.length) leaveIt()
    // Some ends could be part of the beginning.
    if (last === index && /^<!--?-?>|^<\?>/.test(source)) leaveIt()
  } else {
    while (last + 1 < lines.length && !isBlank(text, lineAt(lines, last + 1))) last += 1
  }
  const value = contentOf(text, lines.slice(index, last + 1)).text
  const node: Block = { type: 'html', value }
  return { node: place(node, begin, lineAt(lines, last).end, blocks), next: last + 1 }
}

function readInclude({ index, begin, source, blocks }: Here): ReadBlock {
  const value = INCLUDE_LINE.exec(source)?.[1] ?? leaveIt()
  const node: Block = { type: 'mdbookDirective', value }
  return { node: place(node, begin, begin + value.length, blocks), next: index + 1 }
}

function readBreak({ index, begin, end, source, blocks }: Here): ReadBlock {
  if (/[ \t]$/.test(source)) leaveIt()
  const node: Block = { type: 'thematicBreak' }
  return { node: place(node, begin, end, blocks), next: index + 1 }
}

function readDefinition(here: Here): ReadBlock {
  const { index, begin, end, source, blocks } = here
  const parts = definitionIn(source)
  if (!parts) {
    const lines = here.lines.slice(index, index + LONGEST)
    if (DEFINITION_LIKE.test(trimmed(contentOf(blocks.text, lines).text))) leaveIt()
    return readParagraph(here)
  }
  const { label, destination, title } = parts
  const behind = here.lines[index + 1]
  if (behind && !isPlainBehind(here, behind, title === undefined)) leaveIt()
  const of = ({ from, to }: Range) => source.slice(from, to)
  const node: Definition = {
    type: 'definition',
    identifier: labelId(of(label)).toLowerCase(),
    label: decodeString(of(label)),
    title: title ? decodeString(of(title)) : null,
    url: decodeString(of(destination)),
  }
  place(node, begin, end, blocks)
  for (const [field, range] of [
    ['label', label],
    ['destination', destination],
    ['title', title],
  ] as const)
    if (range) {
      const span = { start: begin + range.from, end: begin + range.to, source: of(range) }
      blocks.reading.recorder.field(node, field, span)
    }
  blocks.define(labelId(of(label)))
  return { node, next: index + 1 }
}

/**
 * Whether the line behind a definition begins what it would begin anywhere: micromark reads on as in a paragraph, and the
 * line may be a title.
 */
function isPlainBehind({ lines, index, blocks }: Here, behind: Line, mayBeTitle: boolean): boolean {
  const { text } = blocks
  const indent = indentOf(text, behind)
  const source = text.slice(behind.start + indent, behind.end)
  if (source === '') return true
  if (indent >= 4 || (mayBeTitle && /^["'(]/.test(source)) || isTable(lines, index + 1, text)) return false
  return !(goesOn(text, behind) && source.startsWith('<'))
}

/** Lines of a definition that is written over several. */
const LONGEST = 20

function readParagraph(here: Here): ReadBlock {
  const { lines, index, begin, blocks } = here
  const { text } = blocks
  if (isTable(lines, index, text)) return readTable(lines, index, blocks)
  let next = index + 1
  while (next < lines.length && goesOn(text, lineAt(lines, next))) next += 1
  const first = { ...lineAt(lines, index), start: begin }
  const last = lineAt(lines, next - 1)
  const node: Block = { type: 'paragraph', children: [] }
  place(node, begin, last.end, blocks)
  blocks.later(contentOf(text, [first, ...lines.slice(index + 1, next)]), node)
  return { node, next }
}

/** Whether a line goes on with the paragraph before it. */
function goesOn(text: string, line: Line): boolean {
  const indent = indentOf(text, line)
  if (line.start + indent === line.end) return false
  if (indent >= 4) return true
  const source = text.slice(line.start + indent, line.end)
  switch (source.charAt(0)) {
    case '#':
      return !ATX.test(source)
    case '>':
      if (OPENS_LIST.test(source)) leaveIt()
      return false
    case '`':
    case '~':
      return !FENCE.test(source)
    case '<':
      return !HTML_KINDS.some((kind) => kind.interrupts && kind.begin.test(source))
    case '{':
      return !INCLUDE_LINE.test(source)
    default:
  }
  if (UNDERLINE.test(source) || DELIMITER_ROW.test(source)) leaveIt()
  if (THEMATIC_BREAK.test(source)) return false
  const [all, marker, number] = LIST_MARKER.exec(source) ?? []
  if (marker === undefined || all === undefined) return true
  // Which of them interrupt a paragraph depends on where it stands.
  if (all.length === source.length || (number !== undefined && number !== '1') || OPENS_LIST.test(source))
    leaveIt()
  return false
}

/** Markers in each other, the last of which may not interrupt a paragraph. */
const OPENS_LIST = /^(?:>[ \t]*|(?:[-+*]|1[.)])[ \t]+)+(?:\d+[.)]|[-+*](?:[ \t]|$))/

/** Gives a node its position. */
export function place<Node extends { position?: Position | undefined }>(
  node: Node,
  start: number,
  end: number,
  { reading }: Blocks,
): Node {
  node.position = { start: reading.point(start), end: reading.point(end) }
  return node
}

export function lineAt(lines: readonly Line[], index: number): Line {
  return lines[index] ?? leaveIt()
}

export function sourceOf(text: string, { start, end }: Line): string {
  return text.slice(start, end)
}

/** The spaces that a line begins with; a tab counts in ways that depend on where it stands. */
export function indentOf(text: string, { start, end }: Line): number {
  let at = start
  while (at < end && text.charCodeAt(at) === 32) at += 1
  if (at < end && text.charCodeAt(at) === 9) leaveIt()
  return at - start
}

/** Whether nothing stands in a line. */
export function isBlank(text: string, line: Line): boolean {
  return line.start + indentOf(text, line) === line.end
}
