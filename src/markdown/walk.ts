/**
 * Looks at the nodes of a tree: what unist-util-visit does, where every chapter is looked at many times and nothing
 * of the tree is changed. A tenth of its time: it makes a test and a generator for each node.
 */
import type { Nodes, Parents } from 'mdast'

/**
 * Shows every node, before its children.
 *
 * @param tree that is not changed meanwhile
 * @param look with the nodes that the node stands in, outermost first; the list is reused
 */
export function walk(tree: Nodes, look: (node: Nodes, ancestors: readonly Parents[]) => void): void {
  const ancestors: Parents[] = []
  const down = (node: Nodes): void => {
    look(node, ancestors)
    if (!('children' in node)) return
    ancestors.push(node)
    for (const child of node.children) down(child)
    ancestors.pop()
  }
  down(tree)
}
