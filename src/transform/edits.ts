/**
 * Edits on one text: merged, in conflict, applied, composed. Nothing is ever dropped: two edits that cannot
 * both be made are a conflict that names them.
 */
import type { Edit, Span } from '../model.ts'

declare const merged: unique symbol

/** Edits that are sorted and disjoint; only {@link mergeEdits} makes them. */
export type MergedEdits = readonly Edit[] & { readonly [merged]: true }

export type Merge =
  | { readonly ok: true; readonly edits: MergedEdits }
  | { readonly ok: false; readonly conflict: readonly [Edit, Edit] }

/**
 * Sorts edits and joins equal ones. Insertions at one point keep their order and stand before a replacement
 * that begins there.
 *
 * @param edits in any order, offsets into one text
 * @returns the edits to apply, or the first two that overlap
 * @example
 * mergeEdits([{ start: 0, end: 1, text: 'b' }, { start: 0, end: 2, text: 'c' }]).ok // → false
 */
export function mergeEdits(edits: readonly Edit[]): Merge {
  const sorted = edits.toSorted((a, b) => a.start - b.start || a.end - b.end)
  const kept: Edit[] = []
  for (const edit of sorted) {
    const last = kept.at(-1)
    if (last && edit.start < edit.end && isSame(last, edit)) continue
    if (last && overlap(last, edit)) return { ok: false, conflict: [last, edit] }
    kept.push({ start: edit.start, end: edit.end, text: edit.text })
  }
  return { ok: true, edits: asMerged(kept) }
}

/** Makes the edits. */
export function applyEdits(text: string, edits: MergedEdits): string {
  const pieces: string[] = []
  let offset = 0
  for (const edit of edits) {
    pieces.push(text.slice(offset, edit.start), edit.text)
    offset = edit.end
  }
  pieces.push(text.slice(offset))
  return pieces.join('')
}

function isSame(a: Edit, b: Edit): boolean {
  return a.start === b.start && a.end === b.end && a.text === b.text
}

function overlap(before: Edit, after: Edit): boolean {
  return (
    after.start < before.end ||
    (after.start === before.start && after.end === before.start && before.end > before.start)
  )
}

/** The one place that vouches for the invariant of {@link MergedEdits}. */
function asMerged(edits: readonly Edit[]): MergedEdits {
  return edits as MergedEdits
}

/** A text on its way through several rounds of edits: what is kept of the original, and what is new. */
export interface Rewrite {
  readonly pieces: readonly Piece[]
  /** Length of the original. */
  readonly length: number
}

/** What is kept stands in the original at `[start, end)`; what is new stands there for it. */
type Piece =
  | { readonly kind: 'kept'; readonly start: number; readonly end: number }
  | { readonly kind: 'new'; readonly start: number; readonly end: number; readonly text: string }

/** The rewrite that changes nothing. */
export function unchanged(text: string): Rewrite {
  return { pieces: [{ kind: 'kept', start: 0, end: text.length }], length: text.length }
}

/** A piece, and the offset in the rewrite's result that it begins at. */
interface Placed {
  readonly piece: Piece
  readonly at: number
}

/**
 * A rewrite, and then edits on its result. An edit that reaches into what is new becomes one with it; one that
 * only touches it stays apart.
 *
 * @param rewrite from the original to an intermediate text
 * @param edits on the intermediate text
 */
export function rewriteFurther(rewrite: Rewrite, edits: MergedEdits): Rewrite {
  const before: Placed[] = []
  let at = 0
  for (const piece of rewrite.pieces) {
    before.push({ piece, at })
    at += lengthOf(piece)
  }
  const behind: Piece[] = []
  for (const edit of edits.toReversed()) {
    for (let last = before.at(-1); last && last.at >= edit.end; last = before.at(-1)) {
      behind.push(last.piece)
      before.pop()
    }
    const [front, made, rest] = rewriteEnd(before, edit)
    if (rest) behind.push(rest)
    if (front) before.push(front)
    before.push(made)
  }
  return { pieces: [...before.map(({ piece }) => piece), ...behind.reverse()], length: rewrite.length }
}

/**
 * Makes one edit at the end of placed pieces, the last of which begins before the edit's end. Takes off those
 * that the edit reaches into.
 *
 * @returns what is kept before the edit, the new piece, and what is kept behind it
 */
function rewriteEnd(pieces: Placed[], edit: Edit): [Placed | undefined, Placed, Piece | undefined] {
  const isInsertion = edit.start === edit.end
  const reaches = ({ piece, at }: Placed) => at + lengthOf(piece) > edit.start
  const last = pieces.at(-1)
  if (!last || (isInsertion && !reaches(last))) {
    const start = last?.piece.end ?? 0
    return [
      undefined,
      { piece: { kind: 'new', start, end: start, text: edit.text }, at: edit.start },
      undefined,
    ]
  }
  let first = last
  while (pieces.length > 0 && reaches(pieces.at(-1) ?? last)) first = pieces.pop() ?? last
  const [from, to] = [edit.start - first.at, edit.end - last.at]
  const isNew = first.piece.kind === 'new'
  const made: Piece = {
    kind: 'new',
    start: isNew ? first.piece.start : first.piece.start + from,
    end: last.piece.kind === 'new' ? last.piece.end : last.piece.start + to,
    text: `${textOf(first.piece).slice(0, from)}${edit.text}${textOf(last.piece).slice(to)}`,
  }
  const front: Placed | undefined =
    isNew || from === 0
      ? undefined
      : { piece: { ...first.piece, end: first.piece.start + from }, at: first.at }
  const isRest = last.piece.kind === 'kept' && last.piece.start + to < last.piece.end
  const rest: Piece | undefined = isRest ? { ...last.piece, start: last.piece.start + to } : undefined
  return [front, { piece: made, at: isNew ? first.at : edit.start }, rest]
}

function textOf(piece: Piece): string {
  return piece.kind === 'new' ? piece.text : ''
}

/** The edits that make a whole rewrite in one step: those that only touch each other stay apart. */
export function editsOf(rewrite: Rewrite, text: string): MergedEdits {
  return asMerged(
    rewrite.pieces.flatMap((piece) =>
      piece.kind === 'new' && text.slice(piece.start, piece.end) !== piece.text
        ? [{ start: piece.start, end: piece.end, text: piece.text }]
        : [],
    ),
  )
}

/**
 * Tells for many ranges of a rewrite's result where they come from in the original: the whole of what was
 * replaced there.
 */
export function originsIn({ pieces, length: originalEnd }: Rewrite): (span: Span) => Span {
  const ends: number[] = []
  let here = 0
  for (const piece of pieces) {
    here += lengthOf(piece)
    ends.push(here)
  }
  const originalOffset = (offset: number, side: 'start' | 'end'): number => {
    const index = firstBeyond(ends, side === 'start' ? offset : offset - 1)
    const piece = pieces[index]
    if (!piece) return originalEnd
    if (piece.kind === 'new') return piece[side]
    return piece.start + Math.max(offset - ((ends[index] ?? 0) - lengthOf(piece)), 0)
  }
  return (span) => {
    const [start, end] = [originalOffset(span.start, 'start'), originalOffset(span.end, 'end')]
    return { start: Math.min(start, end), end: Math.max(start, end) }
  }
}

/** The index of the first of ascending numbers that is greater. */
function firstBeyond(numbers: readonly number[], limit: number): number {
  let low = 0
  let high = numbers.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((numbers[middle] ?? 0) <= limit) low = middle + 1
    else high = middle
  }
  return low
}

/** Where one range comes from; see {@link originsIn}. */
export function originOf(rewrite: Rewrite, span: Span): Span {
  return originsIn(rewrite)(span)
}

function lengthOf(piece: Piece): number {
  return piece.kind === 'kept' ? piece.end - piece.start : piece.text.length
}
