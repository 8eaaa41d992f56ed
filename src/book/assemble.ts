/** A chapter as mdBook renders it: one text, its includes expanded, and where each part of it comes from. */
import type { IncludedPart, Span } from '../model.ts'
import { timed } from '../stopwatch.ts'
import { type FoundInclude, findIncludes, MAX_INCLUDE_DEPTH, resolveTarget, spanOfPart } from './includes.ts'

/** A stretch of an assembled chapter that stands in a file just so. */
export interface Piece {
  /** The file, relative to the book's root. */
  readonly path: string
  /** Offset in the file. */
  readonly from: number
  /** Offset in the assembled text. */
  readonly at: number
  readonly length: number
}

/** What an assembled chapter is made of. */
export interface Pieces {
  /** In the order of the text. */
  readonly pieces: readonly Piece[]
  /** Where files are shown that have nothing to show, or not before an include. */
  readonly empty: readonly Piece[]
}

export interface Assembled extends Pieces {
  readonly text: string
}

/** Longer than any chapter: includes that multiply end here. */
const MAX_LENGTH = 64_000_000
/** The same of includes that bring hardly anything in. */
const MAX_PIECES = 10_000

/**
 * Expands the includes of a file. One that leads nowhere, or back into a file that is open, stays as it is
 * written.
 *
 * @param texts of the book's files, by path
 * @param root the book's root, absolute
 * @param path the file to begin with
 * @returns `undefined` where the text would be longer than 64 million code units, or have more than 10,000 pieces
 */
export function assemble(
  texts: ReadonlyMap<string, string>,
  root: string,
  path: string,
): Assembled | undefined {
  const found = piecesOf(texts, root, path)
  return found && { text: joined(found.pieces, texts), ...found }
}

/** The text that pieces are. */
export function joined(pieces: readonly Piece[], texts: ReadonlyMap<string, string>): string {
  return pieces.map(({ path, from, length }) => texts.get(path)?.slice(from, from + length) ?? '').join('')
}

/**
 * The same without the text, which may be a hundred times as long as the chapter's own.
 *
 * @param includesIn finds the includes of a text, which stands in many chapters
 */
export function piecesOf(
  texts: ReadonlyMap<string, string>,
  root: string,
  path: string,
  includesIn: (text: string, path: string) => readonly FoundInclude[] = findIncludes,
): Pieces | undefined {
  return timed('assemble', () => piecesIn(texts, root, path, includesIn))
}

function piecesIn(
  texts: ReadonlyMap<string, string>,
  root: string,
  path: string,
  includesIn: (text: string, path: string) => readonly FoundInclude[],
): Pieces | undefined {
  const pieces: Piece[] = []
  const empty: Piece[] = []
  let at = 0
  const isEndless = () => at > MAX_LENGTH || pieces.length + empty.length > MAX_PIECES
  const add = (file: string, from: number, to: number): void => {
    if (isEndless()) return
    if (from >= to) {
      empty.push({ path: file, from, at, length: 0 })
      return
    }
    pieces.push({ path: file, from, at, length: to - from })
    at += to - from
  }
  const expand = (file: string, text: string, ranges: readonly Span[], open: readonly string[]): void => {
    const includes = includesIn(text, file)
    for (const { start, end } of ranges) {
      let offset = start
      for (const include of includes) {
        if (include.start < start || include.end > end || isEndless()) continue
        const target = resolveTarget(file, include.target, root)
        const included = texts.get(target)
        if (included === undefined || open.includes(target) || open.length > MAX_INCLUDE_DEPTH) continue
        add(file, offset, include.start)
        expand(target, included, rangesOf(included, include.part), [...open, target])
        offset = include.end
      }
      add(file, offset, end)
    }
  }
  const text = texts.get(path) ?? ''
  expand(path, text, [{ start: 0, end: text.length }], [path])
  return isEndless() ? undefined : { pieces, empty }
}

/** The ranges that an include takes: without the last line ending, and without the marks of other anchors. */
function rangesOf(text: string, part: IncludedPart): Span[] {
  const span = part.kind === 'all' ? { start: 0, end: text.length } : spanOfPart(text, part)
  const taken = text.slice(span.start, span.end)
  const end = span.end - (taken.endsWith('\r\n') ? 2 : taken.endsWith('\n') ? 1 : 0)
  if (part.kind !== 'anchor') return [{ start: span.start, end }]
  const marks = [...taken.matchAll(/^.*ANCHOR(?:_END)?:\s*[\w-]+.*(?:\n|$)/gm)]
  const ranges: Span[] = []
  let start = span.start
  for (const mark of marks) {
    ranges.push({ start, end: span.start + mark.index })
    start = span.start + mark.index + mark[0].length
  }
  return [...ranges, { start, end }]
}

/**
 * Where an offset of an assembled text comes from.
 *
 * @returns the file, and the offset in it; of the piece before where the offset is between two
 */
export function sourceAt(
  { pieces }: Pick<Assembled, 'pieces'>,
  offset: number,
): { path: string; offset: number } | undefined {
  let low = 0
  let high = pieces.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((pieces[middle]?.at ?? 0) <= offset) low = middle + 1
    else high = middle
  }
  const piece = pieces[low - 1] ?? pieces[0]
  if (!piece) return undefined
  return { path: piece.path, offset: piece.from + Math.min(Math.max(offset - piece.at, 0), piece.length) }
}
