/** What taking edits into a tree has to work with: the chapter, the edits that no field has taken yet, the effects so far. */
import type { Nodes, Text } from 'mdast'
import { decodeString } from 'micromark-util-decode-string'
import { type Chapter, endOf, startOf } from '../../markdown/parse.ts'
import type { FieldSpan } from '../../markdown/spans.ts'
import type { Edit, Span } from '../../model.ts'
import { within } from '../../within.ts'
import type { Effect } from './effect.ts'

export interface Making {
  readonly chapter: Chapter
  /** All of them, in order. */
  readonly edits: readonly Edit[]
  readonly pending: Pending
  readonly effects: Effect[]
  readonly origins: WeakMap<object, Nodes>
  readonly html: boolean
}

/** Edits that no field has taken yet. */
export interface Pending {
  /** Takes those within a range, its ends included. */
  take(range: Span, accepts?: (edit: Edit) => boolean): Edit[]
  giveBack(edits: readonly Edit[]): void
  left(): Edit[]
}

export function pendingOf(edits: readonly Edit[]): Pending {
  const taken = new Set<Edit>()
  return {
    take(range, accepts = () => true) {
      const found = within(edits, range).filter((edit) => !taken.has(edit) && accepts(edit))
      for (const edit of found) taken.add(edit)
      return found
    },
    giveBack(back) {
      for (const edit of back) taken.delete(edit)
    },
    left: () => edits.filter((edit) => !taken.has(edit)),
  }
}

/** A text node's value with the edits in it. */
export function splicedText({ chapter, pending, effects }: Making, node: Text, kind: 'alt' | 'text'): string {
  const range = { start: startOf(node), end: endOf(node) }
  const edits = pending.take(range, (edit) => chapter.spans.inText(node, edit) !== undefined)
  let { value } = node
  for (const edit of edits.toReversed()) {
    const place = chapter.spans.inText(node, edit)
    if (!place) continue
    const to = decodeString(edit.text)
    effects.push({ kind, start: edit.start, end: edit.end, from: node.value.slice(place.from, place.to), to })
    value = value.slice(0, place.from) + to + value.slice(place.to)
  }
  return value
}

/** A field's source with the edits in it; the edits that cannot be placed are left to nobody. */
export function splicedField(
  { chapter, pending }: Making,
  field: FieldSpan,
  accepts: (edit: Edit) => boolean = () => true,
): string | undefined {
  const written = chapter.text.slice(field.start, field.end)
  const isWhole = (edit: Edit) =>
    chapter.text.slice(field.start, edit.start).trim() === '' &&
    chapter.text.slice(edit.end, field.end).trim() === ''
  const edits = pending.take(field, (edit) => accepts(edit) && (written === field.source || isWhole(edit)))
  if (edits.length === 0) return undefined
  if (written !== field.source) return edits[0]?.text
  return edits
    .toReversed()
    .reduce(
      (source, { start, end, text }) =>
        source.slice(0, start - field.start) + text + source.slice(end - field.start),
      written,
    )
}

/** A node without its place. */
export function bare<Node extends Nodes>(node: Node): Node {
  const { position: _, ...rest } = node
  return rest as Node
}

/** The range alone, of what has one. */
export function placeOf({ start, end }: Span): Span {
  return { start, end }
}
