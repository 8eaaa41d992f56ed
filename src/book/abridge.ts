/**
 * An assembled chapter without definitions that nothing in it can refer to. They show nothing, and a chapter may
 * include ten thousand of them. Whether they are definitions where they stand is not decided here: in the place of
 * each run of them stands a mark, a definition too, and whoever renders the text has to find out whether it is one.
 */
import type { Piece, Pieces } from './assemble.ts'
import { type DefinitionLine, type DefinitionRun, type DefinitionRuns, labelKey } from './definition-runs.ts'

/** A stretch of an abridged chapter. */
export interface ShownPiece extends Piece {
  /** Where it stands in the whole chapter. */
  readonly whole: number
}

export interface Abridged {
  readonly text: string
  readonly pieces: readonly ShownPiece[]
  readonly empty: readonly Piece[]
  /** All of them have to be definitions, or else the text is not the chapter. */
  readonly marks: readonly Mark[]
  /** How much longer the text should be for a renderer that shows only as many references as would make it that long. */
  readonly room: number
}

/** A definition that stands for those that were left out. */
interface Mark {
  readonly label: string
  readonly destination: string
}

/** Where fewer lines could be left out, all stay. */
const FEW = 8
/** Nobody's label begins so. */
const MARK = '\uf8fe'
/** Code units of references' destinations and titles that are shown in any text, however short it is; less a reserve. */
const EXPANDED = 90_000
/** What is put in front of a text, and in the place of labels, in code units for each mention. */
const RESERVE = 48

/**
 * Leaves out what nothing can refer to.
 *
 * @param whole the chapter's pieces
 * @param runsIn the definitions of a file, in runs; none, if all of it is to stay
 * @returns `undefined` where all has to stay
 */
export function abridge(
  whole: Pieces,
  texts: ReadonlyMap<string, string>,
  runsIn: (path: string) => DefinitionRuns,
): Abridged | undefined {
  const parts = whole.pieces.flatMap((piece) => partsOf(piece, runsIn(piece.path)))
  if (!parts.some(({ run }) => run)) return undefined
  const sourceOf = ({ path, from, length }: Piece) => texts.get(path)?.slice(from, from + length) ?? ''
  const kept = parts.map((part) => (part.run ? '\n' : sourceOf(part))).join('')
  if (kept.includes(MARK)) return undefined
  const mentions = mentionsIn(kept)
  const expanded = expandedLength(kept, mentions, parts, runsIn)
  const length = whole.pieces.reduce((sum, piece) => sum + piece.length, 0)
  if (expanded > EXPANDED && expanded > length) return undefined
  const writer = writerOf(sourceOf, whole.empty)
  for (const part of parts) {
    if (!part.run) writer.add(part)
    else {
      writer.mark()
      for (const { start, end } of mentionedIn(part, part.run, mentions, runsIn(part.path)))
        writer.add(slice(part, start, end))
    }
  }
  return writer.end(expanded > EXPANDED ? expanded : 0)
}

/** A stretch of a chapter; with `run`, lines of definitions that may be left out. */
interface Part extends ShownPiece {
  readonly run?: DefinitionRun
}

/** The last line of a run stays, since what follows could be its title. */
function partsOf(piece: Piece, { runs }: DefinitionRuns): Part[] {
  const whole: Part = { ...piece, whole: piece.at }
  const end = piece.from + piece.length
  const parts: Part[] = []
  let { from } = piece
  for (const run of runs) {
    if (run.end <= piece.from || run.start >= end) continue
    const { lines } = run
    const first = partition(lines, ({ start }) => start <= piece.from)
    const last = partition(lines, (line) => line.end <= end) - 1
    const [start, stop] = [lines[first]?.start, lines[last]?.start]
    if (start === undefined || stop === undefined || last - first < FEW) continue
    if (first > 0 && lines.some(({ key }) => key === '')) continue
    parts.push(slice(whole, from, start), { ...slice(whole, start, stop), run })
    from = stop
  }
  if (from < end) parts.push(slice(whole, from, end))
  return parts
}

/** How many values there are at the front for which something holds that holds for none behind them. */
function partition<Value>(values: readonly Value[], holds: (value: Value) => boolean): number {
  let [low, high] = [0, values.length]
  while (low < high) {
    const middle = (low + high) >> 1
    const value = values[middle]
    if (value !== undefined && holds(value)) low = middle + 1
    else high = middle
  }
  return low
}

function slice(part: ShownPiece, from: number, to: number): ShownPiece {
  return { path: part.path, from, at: part.at, length: to - from, whole: part.whole + from - part.from }
}

/** How often each label may be referred to, by key; a text in brackets counts, whatever it is. Blank lines have none, and stay. */
function mentionsIn(text: string): ReadonlyMap<string, number> {
  const written = new Map<string, number>()
  for (const [, label = ''] of text.matchAll(/\[([^[\]\\]+)(?=\])/g))
    written.set(label, (written.get(label) ?? 0) + 1)
  const mentions = new Map([['', 0]])
  for (const [label, count] of written) {
    const key = labelKey(label)
    mentions.set(key, (mentions.get(key) ?? 0) + count)
  }
  return mentions
}

/** How long destinations and titles of all references can be at most, all together. */
function expandedLength(
  kept: string,
  mentions: ReadonlyMap<string, number>,
  parts: readonly Part[],
  runsIn: (path: string) => DefinitionRuns,
): number {
  const files = new Set(parts.flatMap(({ run, path }) => (run ? [path] : [])))
  const { lengths, anyLength } = definitionLengths(kept)
  let sum = 0
  for (const [key, count] of mentions) {
    let longest = Math.max(lengths.get(key) ?? 0, anyLength)
    for (const path of files)
      for (const { start, end } of runsIn(path).byKey.get(key) ?? []) longest = Math.max(longest, end - start)
    sum += count * (longest + RESERVE)
  }
  return sum
}

/**
 * How long definitions can be that stay, in bytes, by their keys: they end before a blank line.
 *
 * @returns in `anyLength` the length of those whose labels are not that simple
 */
function definitionLengths(kept: string): { lengths: ReadonlyMap<string, number>; anyLength: number } {
  const lengths = new Map<string, number>()
  let [blank, anyLength, count] = [-1, 0, 0]
  for (let at = kept.indexOf(']:'); at >= 0; at = kept.indexOf(']:', at + 1)) {
    if (++count > MANY) return { lengths, anyLength: 3 * kept.length }
    const line = kept.slice(Math.max(at - FAR, 0), at)
    const bracket = line.lastIndexOf('[')
    const label = line.slice(bracket + 1)
    const lineStart = line.lastIndexOf('\n', bracket)
    const isWhole = bracket >= 0 && (lineStart >= 0 || at <= FAR)
    const isSimple = isWhole && !label.includes('\\') && line[bracket - 1] !== '\\'
    if (isSimple && label.includes(']')) continue
    if (isSimple && !CONTAINERS.test(line.slice(lineStart + 1, bracket))) continue
    if (blank < at) {
      BLANK.lastIndex = at
      blank = BLANK.exec(kept)?.index ?? kept.length
    }
    const plain = PLAIN_END.exec(kept.slice(at, at + FAR))
    const length = 3 * (plain ? plain[0].length : blank - at)
    const key = labelKey(label)
    if (isSimple) lengths.set(key, Math.max(length, lengths.get(key) ?? 0))
    else anyLength = Math.max(anyLength, length)
  }
  return { lengths, anyLength }
}

/** How far is looked for the end of a line, so that long ones do not take long. */
const FAR = 2000
/** And how often. */
const MANY = 20_000
/** What can stand before a definition in its line. */
const CONTAINERS = /^(?:[ \t>*+\-\d.)]|\[\^[^\]\s]+\]:)*$/
const BLANK = /\n[ \t>\r]*\n/g
/** What a definition of a run has behind its label. */
const PLAIN_END = /^\]:[ \t]+[!#-%*-;=?-Z^-~]+(?:[ \t]+"[ !#-Z^-~]*")?[ \t]*\r?\n/

/** Lines whose labels are mentioned, in order. */
function mentionedIn(
  { from, length }: Part,
  { lines }: DefinitionRun,
  mentions: ReadonlyMap<string, number>,
  { byKey }: DefinitionRuns,
): readonly DefinitionLine[] {
  const isInside = ({ start, end }: DefinitionLine) => from <= start && end <= from + length
  if (lines.length <= mentions.size) return lines.filter((line) => isInside(line) && mentions.has(line.key))
  return [...mentions.keys()]
    .flatMap((key) => byKey.get(key)?.filter(isInside) ?? [])
    .toSorted((a, b) => a.start - b.start)
}

/** Puts an abridged chapter together, part by part. */
function writerOf(sourceOf: (piece: Piece) => string, empty: readonly Piece[]) {
  const texts: string[] = []
  const pieces: ShownPiece[] = []
  const marks: Mark[] = []
  let at = 0
  const write = (text: string) => {
    texts.push(text)
    at += text.length
  }
  return {
    add(part: ShownPiece): void {
      if (part.length === 0) return
      const last = pieces.at(-1)
      const goesOn =
        last?.path === part.path && last.from + last.length === part.from && last.at + last.length === at
      if (goesOn) pieces[pieces.length - 1] = { ...last, length: last.length + part.length }
      else pieces.push({ path: part.path, from: part.from, at, length: part.length, whole: part.whole })
      write(sourceOf(part))
    },
    mark(): void {
      const mark = { label: `${MARK}${marks.length}`, destination: `mdshift:left-out-${marks.length}` }
      marks.push(mark)
      write(`[${mark.label}]: ${mark.destination}\n`)
    },
    end: (room: number): Abridged => ({ text: texts.join(''), pieces, empty, marks, room }),
  }
}
