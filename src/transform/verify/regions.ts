/**
 * The stretches of a file in which a migration changed the tree: whole blocks of the file's own level, before and
 * after. What stands outside of them has to be shown as it was.
 */
import type { Nodes } from 'mdast'
import { firstDifference } from '../../markdown/compare.ts'
import { type Chapter, endOf, sourceOf, startOf } from '../../markdown/parse.ts'
import type { Edit, Span } from '../../model.ts'

export interface Region {
  /** With the white space around its blocks. */
  readonly before: Span
  readonly after: Span
  /** The blocks afterwards, in order; none where something is gone. */
  readonly blocks: readonly Nodes[]
  /** The place of the first of them among the blocks of the file. */
  readonly from: number
}

/** Blocks by their places among their siblings: `[from, to)` before, and after. */
interface Stretch {
  readonly mine: readonly [number, number]
  readonly theirs: readonly [number, number]
}

/**
 * Finds the blocks that edits are about.
 *
 * @param before the file, parsed
 * @param after what the edits made of it, parsed
 * @param edits all that was done, sorted and disjoint
 * @param isMade whether an edit comes from a tree; the others change no block into another
 */
export function regionsOf(
  before: Chapter,
  after: Chapter,
  edits: readonly Edit[],
  isMade: (edit: Edit) => boolean,
): Region[] {
  const [ours, theirs] = [before.tree.children, after.tree.children]
  const touched: Stretch[] = []
  let moved = 0
  for (const edit of edits) {
    const { start, end, text } = edit
    const made = { start: start + moved, end: start + moved + text.length }
    moved += text.length - (end - start)
    if (isMade(edit)) touched.push({ mine: touching(ours, edit), theirs: touching(theirs, made) })
  }
  const changed = joined(touched, ours.length, theirs.length)
    .map((stretch) => shrunk(stretch, before, after))
    .filter(({ mine, theirs: now }) => mine[0] < mine[1] || now[0] < now[1])
    .map((stretch) => grown(stretch, before, after))
  return joined(changed, ours.length, theirs.length).map(({ mine, theirs: now }) => ({
    before: rangeOf(ours, mine, before.text.length),
    after: rangeOf(theirs, now, after.text.length),
    blocks: theirs.slice(...now),
    from: now[0],
  }))
}

/** The blocks that a range reaches or touches; none, between two. */
function touching(blocks: readonly Nodes[], { start, end }: Span): readonly [number, number] {
  const from = firstWhere(blocks, (block) => endOf(block) >= start)
  return [
    from,
    Math.max(
      firstWhere(blocks, (block) => startOf(block) > end),
      from,
    ),
  ]
}

/** The index of the first of values in their order from which on something is so. */
function firstWhere<Value>(values: readonly Value[], isSo: (value: Value) => boolean): number {
  let [low, high] = [0, values.length]
  while (low < high) {
    const middle = (low + high) >> 1
    const value = values[middle]
    if (value !== undefined && isSo(value)) high = middle
    else low = middle + 1
  }
  return low
}

/** Stretches that share or touch blocks are one, and so are those with more blocks between them before than after. */
function joined(touched: readonly Stretch[], ours: number, theirs: number): Stretch[] {
  const kept: Stretch[] = []
  for (const stretch of touched) {
    let one = stretch
    for (let last = kept.at(-1); ; last = kept.at(-1)) {
      const [mine, now] = [one.mine[0] - (last?.mine[1] ?? 0), one.theirs[0] - (last?.theirs[1] ?? 0)]
      if (mine === now && (mine > 0 || !last)) break
      if (!last) {
        one = { mine: [0, one.mine[1]], theirs: [0, one.theirs[1]] }
        break
      }
      one = both(last, one)
      kept.pop()
    }
    kept.push(one)
  }
  const last = kept.at(-1)
  if (last && ours - last.mine[1] !== theirs - last.theirs[1])
    kept[kept.length - 1] = { mine: [last.mine[0], ours], theirs: [last.theirs[0], theirs] }
  return kept
}

function both(a: Stretch, b: Stretch): Stretch {
  return {
    mine: [Math.min(a.mine[0], b.mine[0]), Math.max(a.mine[1], b.mine[1])],
    theirs: [Math.min(a.theirs[0], b.theirs[0]), Math.max(a.theirs[1], b.theirs[1])],
  }
}

/** Blocks at the ends of a stretch that are what they were are none of it. */
function shrunk({ mine, theirs }: Stretch, before: Chapter, after: Chapter): Stretch {
  const isSame = (one: number, two: number) => {
    const [ours, now] = [before.tree.children[one], after.tree.children[two]]
    return (
      ours !== undefined &&
      now !== undefined &&
      sourceOf(before, ours) === sourceOf(after, now) &&
      firstDifference(ours, now) === undefined
    )
  }
  let [[from, to], [first, last]] = [mine, theirs]
  for (; from < to && first < last && isSame(from, first); from++) first += 1
  for (; from < to && first < last && isSame(to - 1, last - 1); to--) last -= 1
  return { mine: [from, to], theirs: [first, last] }
}

/** What a directive stands right below or above is one paragraph with it to mdBook. */
function grown({ mine, theirs }: Stretch, before: Chapter, after: Chapter): Stretch {
  const [ours, now] = [before.tree.children, after.tree.children]
  let [[from, to], [first, last]] = [mine, theirs]
  const isFront = () => from > 0 && first > 0
  const isEnd = () => to < ours.length && last < now.length
  for (; isFront() && (isAttached(before, from) || isAttached(after, first)); from--) first -= 1
  for (; isEnd() && (isAttached(before, to) || isAttached(after, last)); to++) last += 1
  return { mine: [from, to], theirs: [first, last] }
}

/** Whether a block and the one before it have no blank line between them, and one of them is a directive. */
function isAttached({ text, tree }: Chapter, index: number): boolean {
  const [one, other] = [tree.children[index - 1], tree.children[index]]
  if (!one || !other || (one.type !== 'mdbookDirective' && other.type !== 'mdbookDirective')) return false
  return text.slice(endOf(one), startOf(other)).split('\n').length <= 2
}

function rangeOf(blocks: readonly Nodes[], [from, to]: readonly [number, number], length: number): Span {
  const [behind, next] = [blocks[from - 1], blocks[to]]
  return { start: behind ? endOf(behind) : 0, end: next ? startOf(next) : length }
}
