/** One assembled chapter in two states of its book, rendered: what a proof compares. */
import type { Nodes } from 'mdast'
import { visit } from 'unist-util-visit'
import type { Abridged } from '../../book/abridge.ts'
import type { Pieces } from '../../book/assemble.ts'
import { type Lookup, lookupIn, type Scope, scopeOf, scopesOf } from '../../book/definitions.ts'
import { indexTexts } from '../../book/load.ts'
import { labelId } from '../../label-id.ts'
import { parseChapter } from '../../markdown/parse.ts'
import { type Rendered, renderMarked } from '../../markdown/rendered.ts'
import type { FileFacts, Span } from '../../model.ts'
import type { Effect } from '../../transform/verify/effect.ts'
import type { Showing } from '../../transform/verify/said.ts'
import { within } from '../../within.ts'
import type { FileChanges } from './file-changes.ts'
import { type PlacedRegion, placedRegions } from './placed-regions.ts'
import {
  abridgedIn,
  isSame,
  piecesIn,
  type Readings,
  readingsOf,
  unabridged,
  wholeOffset,
} from './shown-chapter.ts'

/** A book as it was, or as it would be. */
export interface State extends Readings {
  /** The scope of a text of the book; made anew each time, since a book has as many as it has texts. */
  scopeOf(path: string): Scope | undefined
  /** The scopes that a file stands in. */
  scopesAround(path: string): readonly Scope[]
  readonly find: Lookup['find']
  /** What the index read of each text. */
  readonly facts: ReadonlyMap<string, FileFacts>
  /** Chapters that cannot be rendered, and that nothing of changes. */
  readonly unshown: ReadonlySet<string>
}

/** @param known facts by path, of texts that they are true of */
export function stateOf(
  texts: ReadonlyMap<string, string>,
  root: string,
  known: ReadonlyMap<string, FileFacts>,
  unshown: ReadonlySet<string> = new Set(),
): State {
  const index = indexTexts(texts, root, known)
  const scopes = once(() => scopesOf(index, [...texts.keys()]))
  const lookup = once(() => lookupIn(index, { all: [], of: new Map() }))
  return {
    ...readingsOf(texts, root),
    scopeOf: (path) => (texts.has(path) ? scopeOf(index, path) : undefined),
    scopesAround: (path) => scopes().of.get(path) ?? [],
    find: (scope, id) => lookup().find(scope, id),
    facts: new Map([...index.files].filter(([key]) => texts.has(key))),
    unshown,
  }
}

/** Makes a value when it is asked for, and only once. */
function once<Value extends object>(make: () => Value): () => Value {
  let made: Value | undefined
  return () => {
    made ??= make()
    return made
  }
}

export interface ChapterForms {
  readonly before: Rendered
  readonly after: Rendered
  /** By offsets into the text that was rendered as `before`. */
  readonly effects: readonly Effect[]
  /** Edits of what the chapter includes, as they are written, where they lie within a range of that text. */
  verbatimIn(span: Span): readonly Effect[]
  /** Which offset of the assembled text an offset of that text is. */
  assembledAt(offset: number): number
  /** Where trees were changed, in the order of that text. */
  readonly regions: readonly ShownRegion[]
}

/** A stretch of a chapter that a changed tree is about, by offsets into the texts that were rendered. */
export interface ShownRegion {
  readonly before: Span
  readonly after: Span
  /** The blocks that stand there, and how this chapter shows them. */
  readonly blocks: readonly Nodes[]
  readonly showing: Showing
}

/** `same`: nothing of the chapter changes; `endless`: its includes multiply beyond measure. */
export type Forms = ChapterForms | 'same' | 'endless'

/**
 * Assembles and renders a chapter.
 *
 * @param changes that lead from one state to the other, by path
 */
export function formsOf(
  path: string,
  before: State,
  after: State,
  changes: ReadonlyMap<string, FileChanges>,
): Forms {
  if (before.unshown.has(path)) return 'same'
  const [old, current] = [piecesIn(path, before), piecesIn(path, after)]
  if (!old || !current) return 'endless'
  if (isSame([old, current], [before, after])) return 'same'
  const isLeft = (file: string) => !changes.get(file)?.made
  const book = { path, before, after, changes }
  const short = formsFrom(
    abridgedIn(path, old, before, isLeft) ?? unabridged(old, before),
    abridgedIn(path, current, after, isLeft) ?? unabridged(current, after),
    book,
  )
  const forms = short ?? formsFrom(unabridged(old, before), unabridged(current, after), book)
  if (!forms) throw new Error('a chapter that is whole has no marks')
  return forms
}

interface Changing {
  readonly path: string
  readonly before: State
  readonly after: State
  readonly changes: ReadonlyMap<string, FileChanges>
}

/** `undefined` where something that was left out is no definition where it stands. */
function formsFrom(
  old: Abridged,
  current: Abridged,
  { path, before, after, changes }: Changing,
): ChapterForms | undefined {
  const placed = effectsIn(old, changes)
  const stand = standIns(path, before, after, old.text, placed)
  const rendered = (effect: Effect) => behindAdded(effect, stand.added)
  const shownAt = (offset: number) => offset - addedBefore(stand.added, ({ behind }) => behind <= offset)
  const was = renderMarked(stand.before, old.marks, old.room)
  const text = stand.after + current.text
  const isOne = text === stand.before && old.room === current.room
  const is = isOne ? was : renderMarked(text, current.marks, current.room)
  if (!was || !is) return undefined
  return {
    before: was,
    after: is,
    effects: placed.map(rendered),
    verbatimIn: ({ start, end }) =>
      verbatimIn(path, old, before, changes, { start: shownAt(start), end: shownAt(end) }).map(rendered),
    assembledAt: (offset) => wholeOffset(old, shownAt(offset)),
    regions: placedRegions(path, old, current, changes).map((placed) => ({
      before: behindAdded(placed.before, stand.added),
      after: shifted(placed.after, stand.after.length),
      ...shownHere(path, placed, after, stand.targets),
    })),
  }
}

/** How a chapter shows the blocks of a region afterwards: a label that only other chapters define is none in it. */
function shownHere(
  path: string,
  { region, chapter, shownFor }: PlacedRegion,
  { scopeOf, find }: State,
  standIns: ReadonlyMap<string, string>,
): Pick<ShownRegion, 'blocks' | 'showing'> {
  const scope = scopeOf(path)
  const resolve = (id: string) => {
    const destination = standIns.get(id)
    const known = scope && find(scope, id)
    return known ?? (destination === undefined ? undefined : { destination, title: '' })
  }
  const isDefined = (id: string) => resolve(id) !== undefined
  const isAll = region.blocks.every((block) => referencesIn(block).every(isDefined))
  const here = isAll ? chapter : parseChapter(chapter.path, chapter.text, isDefined)
  const blocks = here.tree.children.slice(region.from, region.from + region.blocks.length)
  const showing: Showing = {
    chapter: here,
    resolve,
    shownFor,
    // What does not stand at the front of a text is no front matter.
    parse: (text) => parseChapter(path, `\n${text}`, isDefined),
  }
  return { blocks, showing }
}

function referencesIn(block: Nodes): string[] {
  const found: string[] = []
  visit(block, (node) => {
    if (node.type === 'linkReference' || node.type === 'imageReference') found.push(labelId(node.identifier))
  })
  return found
}

function shifted(span: Span, by: number): Span {
  return { start: span.start + by, end: span.end + by }
}

/** Text that was put into an assembled chapter: before which of its offsets, and how far all has come to there. */
interface Added {
  readonly at: number
  /** The offset behind it in the text that it is in. */
  readonly behind: number
  /** The length of it and of all before it. */
  readonly length: number
}

function addedBefore(added: readonly Added[], isBefore: (one: Added) => boolean): number {
  return added.findLast(isBefore)?.length ?? 0
}

/** What stands where something was put in stands behind it. */
function behindAdded<Value extends Span>(value: Value, added: readonly Added[]): Value {
  const { start, end } = value
  const from = start + addedBefore(added, ({ at }) => at <= start)
  return { ...value, start: from, end: Math.max(from, end + addedBefore(added, ({ at }) => at < end)) }
}

/** A chapter that stays. */
export interface ChapterForm extends Rendered {
  /** Which offset of the assembled text an offset of the text that was rendered is. */
  assembledAt(offset: number): number
}

/** A chapter as it is shown; `undefined` where its includes multiply beyond measure, or nobody can render it. */
export function renderedOf(path: string, state: Readings & Pick<State, 'unshown'>): ChapterForm | undefined {
  const pieces = state.unshown.has(path) ? undefined : piecesIn(path, state)
  if (!pieces) return undefined
  const short = abridgedIn(path, pieces, state, () => true)
  return (short && formOf(short)) ?? formOf(unabridged(pieces, state))
}

function formOf(shown: Abridged): ChapterForm | undefined {
  const rendered = renderMarked(shown.text, shown.marks, shown.room)
  return rendered && { ...rendered, assembledAt: (offset) => wholeOffset(shown, offset) }
}

/**
 * Effects by their offsets in an assembled chapter, in order; what is included twice has them twice. Definitions
 * show nothing.
 */
function effectsIn({ pieces }: Pieces, changes: ReadonlyMap<string, FileChanges>): readonly Effect[] {
  return pieces.flatMap(({ path, from, at, length }) =>
    within(changes.get(path)?.effects ?? [], { start: from, end: from + length })
      .filter(({ kind }) => kind !== 'definition')
      .map((effect) => moved(effect, at - from)),
  )
}

function moved(effect: Effect, by: number): Effect {
  return by === 0 ? effect : { ...effect, start: effect.start + by, end: effect.end + by }
}

/**
 * What a chapter includes may stand in its code, raw HTML or comments, where edits of it are shown as they are
 * written.
 */
function verbatimIn(
  root: string,
  { pieces }: Pieces,
  { texts }: State,
  changes: ReadonlyMap<string, FileChanges>,
  span: Span,
): readonly Effect[] {
  return pieces.flatMap(({ path, from, at, length }) => {
    const edits = path === root ? [] : (changes.get(path)?.edits ?? [])
    const [first, last] = [Math.max(span.start - at, 0), Math.min(span.end - at, length)]
    const text = texts.get(path) ?? ''
    return within(edits, { start: from + first, end: from + last }).map(({ start, end, text: to }) =>
      moved({ kind: 'verbatim', start, end, from: text.slice(start, end), to }, at - from),
    )
  })
}

interface StandIns {
  /** The assembled text before, with labels that have definitions in front of it. */
  readonly before: string
  /** The definitions in front of the text after. */
  readonly after: string
  readonly added: readonly Added[]
  /** Where those lead, by the labels' ids. */
  readonly targets: ReadonlyMap<string, string>
}

/**
 * Labels that change and that nothing defines in the chapter, before nor after: their includes are missing, or the
 * file is part of chapters that define them. They are given definitions in front of the text, so that their
 * references are links here as they are there: just those that change, written with private characters meanwhile,
 * since `[c-x]` and `[text][c-x]` elsewhere may stay text.
 */
function standIns(
  path: string,
  before: State,
  after: State,
  text: string,
  effects: readonly Effect[],
): StandIns {
  const hasLabels = effects.some(({ kind }) => kind === 'label')
  const [scope, later] = hasLabels ? [before, after].map((state) => state.scopeOf(path)) : []
  const old = new Map<string, string>()
  const current = new Map<string, string>()
  const numbers = new Map<string, number>()
  const targets = new Map<string, string>()
  const parts: string[] = []
  const inserted: { at: number; length: number }[] = []
  let offset = 0
  for (const { kind, from, to, start, end } of effects) {
    if (kind !== 'label' || start < offset) continue
    const [was, is] = [labelId(from), labelId(to)]
    const isDefined = (id: string) => (scope && before.find(scope, id)) || (later && after.find(later, id))
    if (isDefined(was) || isDefined(is)) continue
    const number = numbers.get(was) ?? numbers.size
    numbers.set(was, number)
    const label = privateLabel(number, end - start)
    const written = start < end || text.charAt(start - 1) === '[' ? label : `[${label}]`
    parts.push(text.slice(offset, start), written)
    if (written.length > end - start) inserted.push({ at: start, length: written.length - (end - start) })
    offset = end
    old.set(label, `[${label}]: mdshift:${number}`)
    old.set(to, `[${to}]: mdshift:${number}`)
    if (!current.has(is)) current.set(is, `[${to}]: mdshift:${number}`)
    if (!targets.has(is)) targets.set(is, `mdshift:${number}`)
  }
  const lines = (definitions: ReadonlyMap<string, string>) =>
    definitions.size === 0 ? '' : `${[...definitions.values()].join('\n')}\n\n`
  const front = lines(old)
  const added: Added[] = [{ at: 0, behind: front.length, length: front.length }]
  for (const { at, length } of inserted) {
    const all = (added.at(-1)?.length ?? 0) + length
    added.push({ at, behind: at + all, length: all })
  }
  return { before: front + parts.join('') + text.slice(offset), after: lines(current), added, targets }
}

/** A label as long as the one that it stands for, if there is one. */
function privateLabel(number: number, length: number): string {
  const digits = [...number.toString(36)].map((digit) =>
    String.fromCharCode(0xe000 + Number.parseInt(digit, 36)),
  )
  return digits.join('').padEnd(length, '\uf8ff')
}
