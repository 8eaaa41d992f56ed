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

type Piece =
  | { readonly kind: 'kept'; readonly start: number; readonly end: number }
  | { readonly kind: 'new'; readonly text: string }

/** The rewrite that changes nothing. */
export function unchanged(text: string): Rewrite {
  return { pieces: [{ kind: 'kept', start: 0, end: text.length }], length: text.length }
}

/**
 * A rewrite, and then edits on its result.
 *
 * @param rewrite from the original to an intermediate text
 * @param edits on the intermediate text
 */
export function rewriteFurther(rewrite: Rewrite, edits: MergedEdits): Rewrite {
  const result: Piece[] = []
  let offset = 0
  let next = 0
  for (const piece of rewrite.pieces) {
    const length = lengthOf(piece)
    let from = 0
    for (let edit = edits[next]; edit && edit.start - offset < length; edit = edits[next]) {
      if (edit.start >= offset) {
        result.push(...sliceOf(piece, from, edit.start - offset), { kind: 'new', text: edit.text })
      }
      from = edit.end - offset
      if (from > length) break
      next += 1
    }
    result.push(...sliceOf(piece, from, length))
    offset += length
  }
  for (const edit of edits.slice(next))
    if (edit.start >= offset) result.push({ kind: 'new', text: edit.text })
  return { pieces: result, length: rewrite.length }
}

/** The edits that make a whole rewrite in one step. */
export function editsOf(rewrite: Rewrite, text: string): MergedEdits {
  const edits: Edit[] = []
  let start = 0
  let inserted = ''
  const close = (end: number) => {
    if (text.slice(start, end) !== inserted) edits.push({ start, end, text: inserted })
    inserted = ''
  }
  for (const piece of rewrite.pieces) {
    if (piece.kind === 'new') inserted += piece.text
    else {
      close(piece.start)
      start = piece.end
    }
  }
  close(text.length)
  return asMerged(edits)
}

/**
 * Tells for many ranges of a rewrite's result where they come from in the original: the whole of what was
 * replaced there.
 */
export function originsIn({ pieces, length: originalEnd }: Rewrite): (span: Span) => Span {
  const ends: number[] = []
  const before: number[] = []
  const after: number[] = new Array<number>(pieces.length)
  let here = 0
  let kept = 0
  for (const piece of pieces) {
    here += lengthOf(piece)
    ends.push(here)
    before.push(kept)
    if (piece.kind === 'kept') kept = piece.end
  }
  let next = originalEnd
  for (let index = pieces.length - 1; index >= 0; index--) {
    const piece = pieces[index]
    if (piece?.kind === 'kept') next = piece.start
    after[index] = next
  }
  const originalOffset = (offset: number, side: 'start' | 'end'): number => {
    const index = firstBeyond(ends, side === 'start' ? offset : offset - 1)
    const piece = pieces[index]
    if (!piece) return side === 'start' ? kept : originalEnd
    if (piece.kind === 'kept')
      return piece.start + Math.max(offset - ((ends[index] ?? 0) - lengthOf(piece)), 0)
    return (side === 'start' ? before[index] : after[index]) ?? 0
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

function sliceOf(piece: Piece, from: number, to: number): Piece[] {
  const start = Math.max(from, 0)
  if (start >= to) return []
  return piece.kind === 'kept'
    ? [{ kind: 'kept', start: piece.start + start, end: piece.start + to }]
    : [{ kind: 'new', text: piece.text.slice(start, to) }]
}
