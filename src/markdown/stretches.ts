/** Where the value of a text node stands in the source: one stretch behind the other. */
import type { Image, ImageReference, Link, LinkReference, Text } from 'mdast'
import type { Span } from '../model.ts'

/** A node that the tree keeps only the text of. */
export type Flattened = Image | ImageReference | Link | LinkReference | Text

/** One stretch of a text node: its value grew to `valueEnd` by what the source says in `[start, end)`. */
export interface Stretch extends Span {
  readonly valueStart: number
  readonly valueEnd: number
  /** Whether there is no place in the middle of it. */
  readonly isWhole: boolean
}

/**
 * What lies within a range.
 *
 * @param sorted by where they begin
 */
export function flattenedIn(
  sorted: readonly (readonly [Flattened, Span])[],
  { start, end }: Span,
): readonly Flattened[] {
  const found: Flattened[] = []
  for (let index = firstAt(sorted, start); index < sorted.length; index++) {
    const [node, span] = sorted[index] ?? []
    if (!node || !span || span.start >= end) break
    if (span.end <= end) found.push(node)
  }
  return found
}

/** Offsets are into the value before the space behind a task list item's box was taken off its front. */
export function locate(stretches: readonly Stretch[], from: number, to: number): Span | undefined {
  const first = stretches.find((stretch) => from < stretch.valueEnd)
  const last = stretches.findLast((stretch) => to > stretch.valueStart)
  if (!first || !last) return undefined
  return { start: sourceOffset(first, from, 'start'), end: sourceOffset(last, to, 'end') }
}

/** Inside an escape or a character reference there is no offset of its own: the whole of it is meant. */
function sourceOffset(stretch: Stretch, offset: number, side: 'start' | 'end'): number {
  return stretch.isWhole ? stretch[side] : stretch.start + offset - stretch.valueStart
}

/** Where a source offset falls in the value; between the lines of a container, and inside an escape, nowhere. */
export function valueOffset(
  stretches: readonly Stretch[],
  offset: number,
  side: 'start' | 'end',
): number | undefined {
  const found = stretches.filter(({ start, end }) => start <= offset && offset <= end)
  const stretch = side === 'start' ? found.at(-1) : found[0]
  if (!stretch) return undefined
  if (offset === stretch.start) return stretch.valueStart
  if (offset === stretch.end) return stretch.valueEnd
  return stretch.isWhole ? undefined : stretch.valueStart + offset - stretch.start
}

/** The first of spans in order that begins at an offset or behind it. */
function firstAt(spans: readonly (readonly [unknown, Span])[], offset: number): number {
  let low = 0
  let high = spans.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((spans[middle]?.[1].start ?? 0) < offset) low = middle + 1
    else high = middle
  }
  return low
}
