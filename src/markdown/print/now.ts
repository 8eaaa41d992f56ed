/** What a tree says now, beside what it said when it was read. */
import type { Nodes } from 'mdast'
import { fieldsOf, originOf } from '../origin.ts'

/** Nodes that show nothing when they are empty: they are as good as gone. */
const NOTHING_WHEN_EMPTY = new Set<Nodes['type']>(['delete', 'emphasis', 'list', 'paragraph', 'strong'])

/** A node's children, without those that show nothing. */
export function childrenNow(node: Nodes): Nodes[] {
  return 'children' in node ? node.children.filter((child) => !isNothing(child)) : []
}

function isNothing(node: Nodes): boolean {
  if (node.type === 'text') return node.value === ''
  return NOTHING_WHEN_EMPTY.has(node.type) && childrenNow(node).length === 0
}

/** Whether a node's own fields say what they said when it was read. */
function hasOwnFields(node: Nodes): boolean {
  const origin = originOf(node)
  return origin !== undefined && JSON.stringify(fieldsOf(node)) === JSON.stringify(origin.fields)
}

/** Whether a node is still what it was read as: of the same kind. */
export function isKept(node: Nodes): boolean {
  return originOf(node)?.fields['type'] === node.type
}

/** Whether a node and everything in it is as it was read, so that its source still says it. */
export function isIntact(node: Nodes): boolean {
  const origin = originOf(node)
  if (!origin || !hasOwnFields(node)) return false
  const children = childrenNow(node)
  return (
    children.length === origin.children.length &&
    children.every((child, index) => child === origin.children[index] && isIntact(child))
  )
}

/**
 * The children that stay, of those that a node had: the most of them that are in their old order.
 *
 * @returns pairs of indexes, before and now, both ascending
 */
export function keptChildren(
  before: readonly Nodes[],
  now: readonly Nodes[],
): { readonly before: number; readonly now: number }[] {
  const placeOf = new Map(before.map((node, index) => [node, index]))
  const pairs = now.flatMap((node, index) => {
    const place = placeOf.get(node)
    return place === undefined || !isKept(node) ? [] : [{ before: place, now: index }]
  })
  return longestAscending(pairs)
}

/** Patience sorting: the last pair of each length, and the pair before each. */
function longestAscending<Pair extends { readonly before: number }>(pairs: readonly Pair[]): Pair[] {
  const tails: number[] = []
  const previous: (number | undefined)[] = []
  for (const [index, { before }] of pairs.entries()) {
    const at = firstFrom(tails, before, pairs)
    previous[index] = at > 0 ? tails[at - 1] : undefined
    tails[at] = index
  }
  const found: Pair[] = []
  for (let index = tails.at(-1); index !== undefined; index = previous[index]) {
    const pair = pairs[index]
    if (pair) found.push(pair)
  }
  return found.reverse()
}

/** The first length whose last pair does not stand before a place. */
function firstFrom(
  tails: readonly number[],
  place: number,
  pairs: readonly { readonly before: number }[],
): number {
  let [low, high] = [0, tails.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((pairs[tails[middle] ?? 0]?.before ?? 0) < place) low = middle + 1
    else high = middle
  }
  return low
}
