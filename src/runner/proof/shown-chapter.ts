/** The text of a chapter that a renderer is given: without the definitions that nothing in it can refer to. */
import { type Abridged, abridge, type ShownPiece } from '../../book/abridge.ts'
import { joined, type Pieces, piecesOf } from '../../book/assemble.ts'
import { type DefinitionRuns, definitionRuns } from '../../book/definition-runs.ts'
import { type FoundInclude, findIncludes } from '../../book/includes.ts'
import { timed } from '../../stopwatch.ts'

/** The texts of a book, and what is remembered of those that stand in many chapters. */
export interface Readings {
  readonly root: string
  readonly texts: ReadonlyMap<string, string>
  readonly includes: Map<string, readonly FoundInclude[]>
  readonly runs: Map<string, DefinitionRuns>
}

export function readingsOf(texts: ReadonlyMap<string, string>, root: string): Readings {
  return { root, texts, includes: new Map(), runs: new Map() }
}

/** What a chapter is made of; `undefined` where its includes multiply beyond measure. */
export function piecesIn(chapter: string, { texts, root, includes }: Readings): Pieces | undefined {
  return piecesOf(texts, root, chapter, (text, path) =>
    path === chapter ? findIncludes(text) : remembered(includes, path, () => findIncludes(text)),
  )
}

/** @param isLeft whether a file's definitions may be left out */
export function abridgedIn(
  chapter: string,
  pieces: Pieces,
  { texts, runs }: Readings,
  isLeft: (path: string) => boolean,
): Abridged | undefined {
  const runsIn = (path: string) => definitionRuns(texts.get(path) ?? '')
  const own = runs.get(chapter) ?? runsIn(chapter)
  const runsOf = (path: string) => {
    if (!isLeft(path)) return { runs: [], byKey: new Map() }
    return path === chapter ? own : remembered(runs, path, () => runsIn(path))
  }
  return timed('assemble', () => abridge(pieces, texts, runsOf))
}

/** All of a chapter, in the form of one that lacks something. */
export function unabridged({ pieces, empty }: Pieces, { texts }: Readings): Abridged {
  const shown = pieces.map((piece): ShownPiece => ({ ...piece, whole: piece.at }))
  return { text: joined(pieces, texts), pieces: shown, empty, marks: [], room: 0 }
}

function remembered<Value>(known: Map<string, Value>, path: string, make: () => Value): Value {
  const found = known.get(path) ?? make()
  known.set(path, found)
  return found
}

/** Where an offset of what is shown stands in the whole chapter. */
export function wholeOffset({ pieces }: Abridged, offset: number): number {
  let [low, high] = [0, pieces.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((pieces[middle]?.at ?? 0) <= offset) low = middle + 1
    else high = middle
  }
  const piece = pieces[low - 1]
  return piece ? piece.whole + Math.min(offset - piece.at, piece.length) : offset
}

/** Whether two chapters read the same, told without putting them together where that can be. */
export function isSame(
  [old, current]: readonly [Pieces, Pieces],
  [before, after]: readonly [Readings, Readings],
): boolean {
  const length = ({ pieces }: Pieces) => pieces.reduce((sum, piece) => sum + piece.length, 0)
  if (length(old) !== length(current)) return false
  const isAlike = old.pieces.every(({ path, from, length }, index) => {
    const other = current.pieces[index]
    return other?.path === path && other.from === from && other.length === length
  })
  if (!isAlike || old.pieces.length !== current.pieces.length)
    return joined(old.pieces, before.texts) === joined(current.pieces, after.texts)
  return old.pieces.every(({ path, from, length }) => {
    const [one, two] = [before.texts.get(path), after.texts.get(path)]
    return one === two || one?.slice(from, from + length) === two?.slice(from, from + length)
  })
}
