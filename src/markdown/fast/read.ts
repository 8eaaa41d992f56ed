/**
 * Reads a text block by block, and has the reference read the blocks that this reader leaves to it. What stands at
 * the top of a text begins anew behind certain lines, whatever stands before: there it can be cut.
 */
import type { Nodes, Root, RootContent } from 'mdast'
import type { Point } from 'unist'
import { visit } from 'unist-util-visit'
import { hasFrontMatter } from '../../front-matter.ts'
import { labelId } from '../../label-id.ts'
import type { Span } from '../../model.ts'
import type { Spans } from '../spans.ts'
import { type Blocks, isBlank, readBlock } from './blocks.ts'
import { readInline } from './inline.ts'
import { type Line, linesOf, pointsIn } from './lines.ts'
import type { Reading } from './reading.ts'
import { type Part, recorder } from './record.ts'
import { ifSure, leaveIt } from './refusal.ts'
import { spacesAt } from './spaces.ts'

export interface ReadText {
  readonly tree: Root
  readonly spans: Spans
}

/** How the reference reads a part of a text; `isFront` where that is its front. */
export type ReadPart = (text: string, isKnown: (id: string) => boolean, isFront: boolean) => ReadText

/**
 * Reads a text.
 *
 * @param isKnown whether a label is defined elsewhere
 * @param readPart the reference
 * @returns `undefined` where the reference has to read all of it
 */
export function readFast(
  text: string,
  isKnown: (id: string) => boolean,
  readPart: ReadPart,
): ReadText | undefined {
  if (NOT_OURS.test(text)) return undefined
  const lines = linesOf(text)
  const point = pointsIn(lines)
  const defined = new Set<string>()
  const isDefined = (id: string) => defined.has(id) || isKnown(id)
  const known = recorder(point)
  const reading: Reading = { point, isKnown: isDefined, recorder: known }
  const cut = cutsOf(text, lines, reading, readPart, defined)
  if (!cut) return undefined
  const children: RootContent[] = []
  for (const piece of cut) {
    if (piece.kind === 'read' && ifSure(piece.finish) !== undefined) {
      children.push(piece.node)
      continue
    }
    const part = text.slice(piece.start, piece.end)
    const read = readPart(part, isDefined, piece.start === 0)
    known.part({ spans: read.spans, start: piece.start, end: piece.end, ...movedTo(piece, read.tree) })
    children.push(...read.tree.children)
  }
  const position = { start: { line: 1, column: 1, offset: 0 }, end: { ...point(text.length) } }
  return { tree: { type: 'root', children, position }, spans: known.spans() }
}

/** Whether all of a text is of plain forms, whatever is defined, so that it is read in a time that grows with its length. */
export function isPlain(text: string): boolean {
  return [true, false].every((isKnown) => ifSure(() => readFast(text, () => isKnown, leaveIt)) !== undefined)
}

/** What stands in a text besides inline syntax. */
export interface TextBlocks {
  readonly definitions: readonly ReadDefinition[]
  readonly code: readonly Span[]
  readonly html: readonly Span[]
}

interface ReadDefinition extends Span {
  /** As written. */
  readonly label: string
  readonly destination: string
  readonly title: string
}

/**
 * Reads the blocks of a text.
 *
 * @returns `undefined` where the reference has to read it
 */
export function readBlocks(text: string): TextBlocks | undefined {
  if (NOT_OURS.test(text) || hasFrontMatter(text)) return undefined
  const lines = linesOf(text)
  const point = pointsIn(lines)
  const known = recorder(point)
  const reading: Reading = { point, isKnown: () => false, recorder: known }
  const definitions: ReadDefinition[] = []
  const [code, html]: [Span[], Span[]] = [[], []]
  const spans = known.spans()
  const read = ifSure(() => {
    for (let index = 0; index < lines.length; ) {
      const line = lines[index]
      if (!line) break
      if (isBlank(text, line)) {
        index += 1
        continue
      }
      const { node, next } = readBlock(lines, index, { text, lines, reading, later() {}, define() {} })
      visit(node, (one) => {
        const { start, end } = one.position ?? leaveIt()
        const span = { start: start.offset ?? 0, end: end.offset ?? 0 }
        if (one.type === 'code') code.push(span)
        if (one.type === 'html') html.push(span)
        if (one.type !== 'definition') return
        const label = spans.fields(one).label?.source ?? one.identifier
        definitions.push({ ...span, label, destination: one.url, title: one.title ?? '' })
      })
      index = next
    }
    return true
  })
  return read === undefined ? undefined : { definitions, code, html }
}

/** A return alone, a character that is replaced, a footnote: they reach over all of a text, or count otherwise. */
const NOT_OURS = /\r(?!\n)|\0|\[\^/

interface Piece {
  readonly start: number
  readonly end: number
  /** The number of its first line, from 0. */
  readonly line: number
}

/** A block that was read, but for its inline syntax; or a part that is left to the reference. */
type Cut =
  | (Piece & { readonly kind: 'read'; readonly node: RootContent; finish(): true })
  | (Piece & { readonly kind: 'left' })

function cutsOf(
  text: string,
  lines: readonly Line[],
  reading: Reading,
  readPart: ReadPart,
  defined: Set<string>,
): Cut[] | undefined {
  const cuts: Cut[] = []
  let left = 0
  for (let index = 0; index < lines.length; ) {
    const line = lines[index]
    if (!line) break
    const isFrontMatter = index === 0 && hasFrontMatter(text)
    if (!isFrontMatter && ifSure(() => isBlank(text, line)) === true) {
      index += 1
      continue
    }
    const read = isFrontMatter ? undefined : readOne(text, lines, index, reading, defined)
    if (read) {
      cuts.push(read.cut)
      index = read.next
      continue
    }
    const next = behindPart(text, lines, index, readPart, defined)
    const piece = { start: line.start, end: lines[next]?.start ?? text.length, line: index }
    left += piece.end - piece.start
    cuts.push({ kind: 'left', ...piece })
    index = next
  }
  // Parts have a price of their own: of a text that is mostly left, there is nothing to win.
  return left * 2 > text.length ? undefined : cuts
}

function readOne(
  text: string,
  lines: readonly Line[],
  index: number,
  reading: Reading,
  defined: Set<string>,
): { readonly cut: Cut; readonly next: number } | undefined {
  const puts: (() => void)[] = []
  const labels: string[] = []
  const blocks: Blocks = {
    text,
    lines,
    reading,
    later: (content, parent, isInTable) =>
      void puts.push(() => {
        parent.children = readInline(content, reading, isInTable)
      }),
    define: (id) => void labels.push(id),
  }
  const read = ifSure(() => readBlock(lines, index, blocks))
  if (!read) return undefined
  for (const label of labels) defined.add(label)
  const [first, last] = [lines[index], lines[read.next - 1]]
  if (!first || !last) return undefined
  const finish = () => {
    for (const put of puts) put()
    return true as const
  }
  const { node, next } = read
  return { cut: { kind: 'read', start: first.start, end: last.next, line: index, node, finish }, next }
}

/**
 * The line behind a part that is left: after a blank line, one that cannot go on with any container, nor with what is
 * open at the top. What the part defines is found by the reference.
 */
function behindPart(
  text: string,
  lines: readonly Line[],
  from: number,
  readPart: ReadPart,
  defined: Set<string>,
): number {
  const start = lines[from]?.start ?? 0
  for (let next = from + 1; next <= lines.length; next += 1) {
    if (next < lines.length && !beginsAnew(text, lines[next - 1], lines[next])) continue
    const end = lines[next]?.start ?? text.length
    const part = text.slice(start, end)
    const { tree } = readPart(part, () => false, start === 0)
    const last = tree.children.at(-1)
    // What ends with code or raw HTML, or behind its last line, may have gone on.
    const goesOn =
      last === undefined ||
      last.type === 'code' ||
      last.type === 'html' ||
      (last.position?.end.offset ?? 0) > part.trimEnd().length
    if (next < lines.length && goesOn) continue
    visit(tree, 'definition', ({ identifier }) => void defined.add(labelId(identifier)))
    return next
  }
  return lines.length
}

function beginsAnew(text: string, before: Line | undefined, line: Line | undefined): boolean {
  if (!before || !line) return false
  const isBehindBlank = spacesAt(text, before.start) >= before.end - before.start
  return isBehindBlank && /^[^ \t\r\n\-+*\d>]/.test(text.slice(line.start, line.start + 1))
}

/** Moves a tree to where it stands in a text, and what else is read from it. */
function movedTo(piece: Piece, tree: Root): Pick<Part, 'nodes' | 'take'> {
  const nodes = new Set<Nodes>()
  const take = (node: Nodes) => {
    nodes.add(node)
    if (!node.position) return
    const { start, end } = node.position
    node.position = { start: behind(start, piece), end: behind(end, piece) }
  }
  visit(tree, take)
  return { nodes, take }
}

function behind({ line, column, offset = 0 }: Point, piece: Piece): Point {
  return { line: line + piece.line, column, offset: offset + piece.start }
}
