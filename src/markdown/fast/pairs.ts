/** Pairs runs: emphasis and strong as CommonMark 0.31.2, 6.2 has them, strikethrough as GFM does. */
import type { PhrasingContent } from 'mdast'
import { type Item, isEmphasis, type Run, TILDE } from './items.ts'
import { leaveIt } from './refusal.ts'

type NodesOf = (items: readonly Item[]) => PhrasingContent[]
type Placed = <Node extends PhrasingContent>(node: Node, from: number, to: number) => Node

/**
 * Puts nodes where runs pair; what is left of them stays as it is.
 *
 * @param items of one stretch, in order; they are used up
 * @param nodesOf makes nodes of what stands between two runs
 */
export function pairRuns(items: Item[], nodesOf: NodesOf, placed: Placed): Item[] {
  const runs = items.filter((item) => item.kind === 'run')
  if (runs.length === 0) return items
  const [emphasis, tildes] = [runs.filter(isEmphasis), runs.filter((run) => !isEmphasis(run))]
  // Which of the two comes first where they cross depends on where they are.
  if (tildes.length > 1 && emphasis.length > 1) leaveIt()
  pairAll(
    items,
    tildes.length > 1 ? strikethroughOf : emphasisOf,
    (inner) => nodesOf(pairRuns(inner, nodesOf, placed)),
    placed,
  )
  return items
}

type Use = (opener: Run, closer: Run) => number
type Inner = (items: Item[]) => PhrasingContent[]

function pairAll(items: Item[], useOf: Use, inner: Inner, placed: Placed): void {
  for (let index = 0; index < items.length; index += 1) {
    const closer = items[index]
    if (closer?.kind !== 'run' || !closer.canClose) continue
    for (let open = index - 1; open >= 0; open -= 1) {
      const opener = items[open]
      if (opener?.kind !== 'run' || !opener.canOpen || opener.marker !== closer.marker) continue
      const use = useOf(opener, closer)
      if (use === 0) continue
      const children = inner(items.slice(open + 1, index))
      const [from, to] = [opener.to - use, closer.from + use]
      const node = placed(nodeOf(closer, use, children), from, to)
      opener.to = from
      closer.from = to
      const before = opener.to > opener.from ? [opener] : []
      const after = closer.to > closer.from ? [closer] : []
      items.splice(open, index - open + 1, ...before, { kind: 'node', from, to, node }, ...after)
      index = open + before.length
      break
    }
  }
}

function nodeOf({ marker }: Run, use: number, children: PhrasingContent[]): PhrasingContent {
  if (marker === TILDE) return { type: 'delete', children }
  return use === 2 ? { type: 'strong', children } : { type: 'emphasis', children }
}

/** How many marks two runs give; the rule of three counts what is left of them, as micromark does. */
function emphasisOf(opener: Run, closer: Run): number {
  const [left, right] = [lengthOf(opener), lengthOf(closer)]
  const isBoth = opener.canClose || closer.canOpen
  if (isBoth && right % 3 !== 0 && (left + right) % 3 === 0) return 0
  return left > 1 && right > 1 ? 2 : 1
}

function strikethroughOf(opener: Run, closer: Run): number {
  return lengthOf(opener) === lengthOf(closer) ? lengthOf(opener) : 0
}

function lengthOf({ from, to }: Run): number {
  return to - from
}
