/**
 * A chapter before and after, its regions taken out: what is left has to be the same, whatever the regions have come
 * to say, how many elements they have, and how many footnotes are counted in them.
 */
import { htmlTags } from '../../markdown/html-tags.ts'
import type { Rendered, Token } from '../../markdown/rendered.ts'
import type { Span } from '../../model.ts'
import { noteOf } from './shown.ts'

/** A range of the text that was rendered as `before`, and what became of it. */
export interface Ranges {
  readonly before: Span
  readonly after: Span
}

export interface Apart {
  /**
   * What stands outside of all regions. An id leads to the same number before and after where it leads to the same
   * element there, or to one in a region both times.
   */
  readonly before: Rendered
  readonly after: Rendered
  /** What stands in each region. */
  readonly inside: readonly { readonly before: readonly Token[]; readonly after: readonly Token[] }[]
}

/** @param regions in order */
export function apart(before: Rendered, after: Rendered, regions: readonly Ranges[]): Apart {
  const names = new Map<string, number>()
  const inRegion = (id: string): number => {
    const known = names.get(id) ?? -1 - names.size
    names.set(id, known)
    return known
  }
  const [ours, theirs] = [
    sorted(
      before.tokens,
      regions.map((region) => region.before),
    ),
    sorted(
      after.tokens,
      regions.map((region) => region.after),
    ),
  ]
  // A note is shown where something refers to it: what does may have come, or gone, with a region.
  const common = [...ours.notes.keys()].filter((label) => theirs.notes.has(label))
  const withNotes = ({ outside, notes }: Sorted) => [
    ...outside,
    ...common.flatMap((label) => notes.get(label) ?? []),
  ]
  return {
    before: renumbered(before, withNotes(ours), inRegion),
    after: renumbered(after, withNotes(theirs), inRegion),
    inside: regions.map((_, index) => ({
      before: ours.inside.get(index) ?? [],
      after: theirs.inside.get(index) ?? [],
    })),
  }
}

interface Numbered {
  readonly token: Token
  /** The number of its element, or of the first of its tags. */
  readonly element: number
}

interface Sorted {
  readonly outside: readonly Numbered[]
  /** By label. */
  readonly notes: ReadonlyMap<string, readonly Numbered[]>
  readonly inside: ReadonlyMap<number, readonly Token[]>
}

/** What an element is to those in it. */
interface Frame {
  readonly region: number
  readonly part: 'backlink' | 'mark' | 'note' | 'notes' | 'notes heading' | 'plain'
}

const TOP: Frame = { region: -1, part: 'plain' }

function sorted(tokens: readonly Token[], ranges: readonly Span[]): Sorted {
  const outside: Numbered[] = []
  const notes = new Map<string, Numbered[]>()
  let note = ''
  const inside = new Map<number, Token[]>()
  const frames: Frame[] = []
  let element = 0
  for (const token of tokens) {
    const above = frames.at(-1) ?? TOP
    const own = token.kind === 'close' ? above : frameOf(token, above, ranges)
    if (token.kind === 'open') frames.push(own)
    if (token.kind === 'close') frames.pop()
    const first = element + 1
    element += token.kind === 'open' ? 1 : token.kind === 'html' ? htmlTags(token.text).length : 0
    if (own.region >= 0) {
      const list = inside.get(own.region) ?? []
      list.push(token)
      inside.set(own.region, list)
      continue
    }
    if (own.part === 'note' && token.kind === 'open') note = noteOf(token) ?? ''
    if (isCounted(token, own, above)) continue
    const isNote = frames.some(({ part }) => part === 'note') || own.part === 'note'
    const list = isNote ? (notes.get(note) ?? []) : outside
    if (isNote) notes.set(note, list)
    list.push({ token: own.part === 'mark' ? withoutNumber(token) : token, element: first })
  }
  return { outside, notes, inside }
}

function frameOf({ kind, name, attributes, span }: Token, above: Frame, ranges: readonly Span[]): Frame {
  const region = above.region >= 0 || !span ? above.region : regionAt(ranges, span)
  if (above.part === 'backlink' || above.part === 'notes heading') return { region, part: above.part }
  if (kind !== 'open') return { region, part: above.part === 'mark' ? 'mark' : 'plain' }
  if (name === 'section' && 'dataFootnotes' in attributes) return { region, part: 'notes' }
  if (above.part === 'notes') {
    if (name === 'h2') return { region, part: 'notes heading' }
    if (name === 'ol') return { region, part: 'notes' }
    if (name === 'li') return { region, part: 'note' }
  }
  if (name === 'a' && 'dataFootnoteBackref' in attributes) return { region, part: 'backlink' }
  return { region, part: name === 'a' && 'dataFootnoteRef' in attributes ? 'mark' : 'plain' }
}

/** What is there only because footnotes are counted, and white space between blocks. */
function isCounted({ kind, text, span, inCode }: Token, own: Frame, above: Frame): boolean {
  if (own.part === 'backlink' || own.part === 'notes' || own.part === 'notes heading') return true
  if (kind !== 'text' || span || inCode) return false
  return above.part === 'mark' || text.trim() === ''
}

function withoutNumber(token: Token): Token {
  const { id: _, ...attributes } = token.attributes
  return { ...token, attributes }
}

/** The region that a range lies in, if it lies in one. */
function regionAt(ranges: readonly Span[], { start, end }: Span): number {
  let [low, high] = [0, ranges.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((ranges[middle]?.start ?? 0) <= start) low = middle + 1
    else high = middle
  }
  for (let index = low - 1; index >= Math.max(low - 3, 0); index--) {
    const range = ranges[index]
    if (range && range.start <= start && end <= range.end) return index
  }
  return -1
}

function renumbered(
  { anchors, olderAnchors }: Rendered,
  outside: readonly Numbered[],
  inRegion: (id: string) => number,
): Rendered {
  const numbers = new Map<number, number>()
  for (const { token, element } of outside) {
    const count = token.kind === 'open' ? 1 : token.kind === 'html' ? htmlTags(token.text).length : 0
    for (let index = 0; index < count; index++) numbers.set(element + index, numbers.size + 1)
  }
  const moved = (ids: ReadonlyMap<string, number>) =>
    new Map([...ids].map(([id, element]) => [id, numbers.get(element) ?? inRegion(id)]))
  return {
    tokens: outside.map(({ token }) => token),
    anchors: moved(anchors),
    olderAnchors: moved(olderAnchors),
  }
}
