/** Whether two trees say the same, wherever they stand. */
import type { Nodes } from 'mdast'

/** The first place, in the order of the text, where two trees differ. */
export interface Difference {
  /** Absent where the other has a node too many. */
  readonly expected: Nodes | undefined
  readonly actual: Nodes | undefined
}

/**
 * Compares two trees by everything but positions and `data`.
 *
 * @returns the innermost nodes that differ first, or `undefined` for equal trees
 */
export function firstDifference(expected: Nodes, actual: Nodes): Difference | undefined {
  if (ownFields(expected) !== ownFields(actual)) return { expected, actual }
  const [ours, theirs] = [childrenOf(expected), childrenOf(actual)]
  for (let index = 0; index < Math.max(ours.length, theirs.length); index++) {
    const [one, other] = [ours[index], theirs[index]]
    if (!one || !other) return { expected: one, actual: other }
    const difference = firstDifference(one, other)
    if (difference) return difference
  }
  return undefined
}

function childrenOf(node: Nodes): readonly Nodes[] {
  return 'children' in node ? node.children : []
}

const ELSEWHERE = new Set(['children', 'data', 'position'])

/** A node's own fields, in an order of their own; one that is not given is as good as one that is empty. */
function ownFields(node: Nodes): string {
  const own = Object.entries(node)
    .filter(([key, value]) => !ELSEWHERE.has(key) && value !== undefined && value !== null)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
  return JSON.stringify(own)
}
