/** The nodes that a helper is to go through: a tree, or what a collection holds, with all that is below. */
import type { Nodes, Parents } from 'mdast'
import { childrenOf, type NodePath } from './path.ts'

/** A node, or a collection: its nodes as far as they are in the tree. */
export type Within = Nodes | Iterable<NodePath>

/**
 * Every node in question, once, each with what it stands in.
 *
 * @param within a node (nothing is known of what it stands in) or a collection
 */
export function nodesWithin(within: Within): Map<Nodes, readonly Parents[]> {
  const found = new Map<Nodes, readonly Parents[]>()
  if (!(Symbol.iterator in within)) collect(within, [], found)
  else for (const path of within) if (path.isInTree) collect(path.node, path.ancestors, found)
  return found
}

function collect(node: Nodes, ancestors: readonly Parents[], found: Map<Nodes, readonly Parents[]>): void {
  if (found.has(node)) return
  found.set(node, ancestors)
  if (!('children' in node)) return
  const above = [...ancestors, node]
  for (const child of childrenOf(node)) collect(child, above, found)
}
