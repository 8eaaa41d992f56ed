/** Where the regions of files stand in an assembled chapter, before and after. */
import type { Assembled } from '../../book/assemble.ts'
import type { Chapter } from '../../markdown/parse.ts'
import type { Span } from '../../model.ts'
import type { Region } from '../../transform/verify/regions.ts'
import type { FileChanges } from './file-changes.ts'

export interface PlacedRegion {
  /** In the assembled text before. */
  readonly before: Span
  /** In the one after. */
  readonly after: Span
  readonly region: Region
  /** The region's file afterwards. */
  readonly chapter: Chapter
  /** What the assembled chapter has afterwards for a range of that file. */
  shownFor(span: Span): string
}

type Piece = Assembled['pieces'][number]

/**
 * Places the regions of all files that an assembled chapter is made of. One that is shown in part only has no place:
 * it has to be shown as it was.
 *
 * @param root the chapter's own file
 * @returns in the order of the text before
 */
export function placedRegions(
  root: string,
  before: Assembled,
  after: Assembled,
  changes: ReadonlyMap<string, FileChanges>,
): PlacedRegion[] {
  const placed: PlacedRegion[] = []
  const paths = new Set([...before.pieces, ...before.empty].map(({ path }) => path))
  for (const path of paths) {
    const made = changes.get(path)?.made
    if (!made) continue
    const isRoot = path === root
    const [ours, theirs] = [showingsOf(before, path), showingsOf(after, path)]
    for (const [index, mine] of ours.entries()) {
      const now = theirs[index]
      if (!now || ours.length !== theirs.length) continue
      for (const region of made.regions) {
        const from = placeIn(mine, region.before, made.before, isRoot)
        const to = placeIn(now, region.after, made.chapter.text, isRoot)
        if (!from || !to) continue
        placed.push({
          before: from,
          after: to,
          region,
          chapter: made.chapter,
          shownFor: ({ start, end }) =>
            after.text.slice(offsetIn(now, start, 'start'), offsetIn(now, end, 'end')),
        })
      }
    }
  }
  return placed
    .filter((one) => !isCovered(one, placed))
    .toSorted((a, b) => a.before.start - b.before.start || a.before.end - b.before.end)
}

/** What stands in a region of a file that includes it is a part of that. */
function isCovered(one: PlacedRegion, all: readonly PlacedRegion[]): boolean {
  const isAround = (side: 'after' | 'before') =>
    all.some(
      (other) =>
        other.chapter !== one.chapter &&
        other[side].start <= one[side].start &&
        one[side].end <= other[side].end &&
        other[side].end - other[side].start > one[side].end - one[side].start,
    )
  return isAround('before') && isAround('after')
}

/** The pieces of a file, each time that it is shown: it begins anew where its offsets go back. */
function showingsOf({ pieces, empty }: Assembled, path: string): Piece[][] {
  const own = pieces.filter((piece) => piece.path === path)
  const showings: Piece[][] = []
  let end = Number.POSITIVE_INFINITY
  for (const piece of own.length > 0 ? own : empty.filter((one) => one.path === path)) {
    if (piece.from < end) showings.push([])
    showings.at(-1)?.push(piece)
    end = piece.from + piece.length
  }
  return showings
}

/** A range of a file in the assembled text; `undefined` where more than white space of it is not shown. */
function placeIn(pieces: readonly Piece[], span: Span, text: string, isRoot: boolean): Span | undefined {
  const [first, last] = [pieces[0], pieces.at(-1)]
  if (!first || !last) return undefined
  const [front, back] = isRoot ? [0, text.length] : [first.from, last.from + last.length]
  const isCut =
    text.slice(span.start, Math.min(front, span.end)).trim() !== '' ||
    text.slice(Math.max(back, span.start), span.end).trim() !== ''
  if (isCut) return undefined
  const from = offsetIn(pieces, span.start, 'start')
  return { start: from, end: Math.max(from, offsetIn(pieces, span.end, 'end')) }
}

/**
 * Where an offset of a file is in the assembled text. Where an include is written, the included file stands: a range
 * that begins or ends with it has all of that in it.
 */
function offsetIn(pieces: readonly Piece[], offset: number, side: 'end' | 'start'): number {
  const behind = (piece: Piece | undefined) => (piece ? piece.at + piece.length : 0)
  if (side === 'start') {
    const index = pieces.findIndex(({ from, length }) => from + length > offset)
    const piece = pieces[index]
    if (!piece) return behind(pieces.at(-1))
    return piece.from <= offset ? piece.at + offset - piece.from : behind(pieces[index - 1])
  }
  const index = pieces.findLastIndex(({ from }) => from < offset)
  const piece = pieces[index]
  if (!piece) return pieces[0]?.at ?? 0
  if (piece.from + piece.length >= offset) return piece.at + offset - piece.from
  return pieces[index + 1]?.at ?? behind(piece)
}
