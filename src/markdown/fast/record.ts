/**
 * Where fields and texts stand, as this reader meets them: the same answers as `recordSpans` gives of micromark's
 * tokens.
 */
import type { Nodes, Text } from 'mdast'
import { decodeString } from 'micromark-util-decode-string'
import type { Point } from 'unist'
import type { Span } from '../../model.ts'
import type { Field, FieldSpan, Spans } from '../spans.ts'
import { type Flattened, flattenedIn, locate, type Stretch, valueOffset } from '../stretches.ts'

export interface Recorder {
  field(owner: Nodes, field: Field, span: FieldSpan): void
  text(node: Text, stretches: readonly Stretch[]): void
  /** Of an alt text or of a link's text; with the last of its fields, or of its stretches. */
  buried(node: Flattened, span: Span): void
  /** A link or an image in an alt text. */
  buryMedia(node: Nodes): void
  prefix(span: Span): void
  /** Spans of a part that the reference has read. */
  part(part: Part): void
  /** All that was recorded. */
  spans(): Spans
}

/** A part of the text that the reference has read, with its own offsets. */
export interface Part {
  readonly spans: Spans
  readonly nodes: ReadonlySet<Nodes>
  /** Takes a node to the text, that its tree does not have. */
  take(node: Nodes): void
  readonly start: number
  readonly end: number
}

/** Fields whose text micromark reads as a string: nothing but escapes and references in it. */
const STRINGS: ReadonlySet<Field> = new Set(['destination', 'label', 'title'])

/** @param point tells the point of an offset */
export function recorder(point: (offset: number) => Point): Recorder {
  const fields = new Map<Nodes, Partial<Record<Field, FieldSpan>>>()
  const stretches = new Map<Nodes, readonly Stretch[]>()
  const buried: (readonly [Flattened, Span])[] = []
  const strings: FieldSpan[] = []
  const prefixes: Span[] = []
  const parts: Part[] = []
  return {
    field(owner, field, span) {
      const known = fields.get(owner)
      if (known) known[field] = span
      else fields.set(owner, { [field]: span })
      if (STRINGS.has(field)) strings.push(span)
    },
    text: (node, known) => void stretches.set(node, known),
    buried: (node, span) => void buried.push([node, span]),
    buryMedia(node) {
      const last = Object.values(fields.get(node) ?? {}).at(-1)
      if (last && isFlattened(node)) buried.push([node, last])
    },
    prefix: (span) => void prefixes.push(span),
    part: (part) => void parts.push(part),
    spans: () => spansOf({ fields, stretches, buried, strings, prefixes, parts, point }),
  }
}

function isFlattened(node: Nodes): node is Flattened {
  return ['image', 'imageReference', 'link', 'linkReference'].includes(node.type)
}

interface Recorded {
  readonly fields: ReadonlyMap<Nodes, Partial<Record<Field, FieldSpan>>>
  readonly stretches: Map<Nodes, readonly Stretch[]>
  readonly buried: readonly (readonly [Flattened, Span])[]
  readonly strings: readonly FieldSpan[]
  readonly prefixes: readonly Span[]
  readonly parts: readonly Part[]
  point(offset: number): Point
}

function spansOf({ fields, stretches, buried, strings, prefixes, parts, point }: Recorded): Spans {
  let sorted: (readonly [Flattened, Span])[] | undefined
  const partOf = (node: Nodes) => parts.find(({ nodes }) => nodes.has(node))
  /** What was read before the reference read the part that it stands in does not count. */
  const isOurs = ({ start }: Span) => !parts.some((part) => part.start <= start && start < part.end)
  const inOrder = [
    ...prefixes.filter(isOurs),
    ...parts.flatMap((part) => part.spans.prefixes.map((prefix) => shifted(prefix, part.start))),
  ].sort((a, b) => a.start - b.start)

  function allBuried(): (readonly [Flattened, Span])[] {
    const texts = strings.filter(isOurs).flatMap((string) => stringNode(string, point))
    for (const [node, , known] of texts) stretches.set(node, known)
    return [
      ...buried.filter(([, span]) => isOurs(span)),
      ...texts.map(([node, span]) => [node, span] as const),
    ].sort(([, a], [, b]) => a.start - b.start)
  }

  return {
    prefixes: inOrder,
    fields(node) {
      const part = fields.has(node) ? undefined : partOf(node)
      if (!part) return fields.get(node) ?? {}
      const found = Object.entries(part.spans.fields(node))
      return Object.fromEntries(found.map(([field, span]) => [field, shifted(span, part.start)]))
    },
    flattened(range) {
      const part = parts.find(({ start, end }) => start <= range.start && range.end <= end)
      if (part) {
        const found = part.spans.flattened(shifted(range, -part.start))
        for (const node of found) if (!part.nodes.has(node)) part.take(node)
        return found
      }
      sorted ??= allBuried()
      return flattenedIn(sorted, range)
    },
    ofText(node, from, to) {
      const known = stretches.get(node)
      if (known) return locate(known, from, to)
      const part = partOf(node)
      const span = part?.spans.ofText(node, from, to)
      return part && span && shifted(span, part.start)
    },
    inText(node, range) {
      const known = stretches.get(node)
      if (!known) {
        const part = partOf(node)
        return part?.spans.inText(node, shifted(range, -part.start))
      }
      const from = valueOffset(known, range.start, 'start')
      const to = range.start === range.end ? from : valueOffset(known, range.end, 'end')
      return from === undefined || to === undefined ? undefined : { from, to }
    },
  }
}

function shifted<Value extends Span>(value: Value, by: number): Value {
  return { ...value, start: value.start + by, end: value.end + by }
}

/** The text node that a string would be, were it one. */
function stringNode(
  { start, end, source }: FieldSpan,
  point: (offset: number) => Point,
): (readonly [Text, Span, readonly Stretch[]])[] {
  if (source === '') return []
  const pieces = source.split(/(\\[!-/:-@[-`{-~]|&(?:#(?:\d{1,7}|x[\da-f]{1,6})|[\da-z]{1,31});)/i)
  const stretches: Stretch[] = []
  let [value, at] = ['', start]
  for (const [index, piece] of pieces.entries()) {
    const decoded = index % 2 === 1 ? decodeString(piece) : piece
    if (piece !== '')
      stretches.push({
        start: at,
        end: at + piece.length,
        valueStart: value.length,
        valueEnd: value.length + decoded.length,
        isWhole: decoded !== piece,
      })
    value += decoded
    at += piece.length
  }
  const last = stretches.at(-1) ?? { start, end }
  const position = { start: point(start), end: point(last.end) }
  return [[{ type: 'text', value, position }, { start: last.start, end: last.end }, stretches]]
}
