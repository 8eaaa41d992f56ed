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
  if (!haveSameFields(expected, actual)) return { expected, actual }
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

/** Whether two nodes' own fields are the same, in whatever order; one that is not given is as good as one that is empty. */
function haveSameFields(one: Nodes, other: Nodes): boolean {
  const [ours, theirs] = [fieldsOf(one), fieldsOf(other)]
  return (
    ours.every(([key, value]) => isSame(value, Reflect.get(other, key))) &&
    theirs.every(([key, value]) => isSame(Reflect.get(one, key), value))
  )
}

function fieldsOf(node: Nodes): [string, unknown][] {
  return Object.entries(node).filter(([key]) => !ELSEWHERE.has(key))
}

function isSame(one: unknown, other: unknown): boolean {
  const [ours, theirs] = [one ?? null, other ?? null]
  if (ours === theirs) return true
  const isObject = typeof ours === 'object' && typeof theirs === 'object'
  return isObject && JSON.stringify(ours) === JSON.stringify(theirs)
}
