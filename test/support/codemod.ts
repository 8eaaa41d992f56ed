/** What a codemod makes of a text, told by Markdown. */
import type { Nodes, Root } from 'mdast'
import { expect } from 'vitest'
import { firstDifference } from '../../src/markdown/compare.ts'
import type { Collection } from '../../src/transform/collection.ts'
import { md } from '../../src/transform/md.ts'

/**
 * Changes a text's tree, and expects another text: its tree, and every byte.
 *
 * @param change what the codemod does to the collection of the root
 * @param output the Markdown that is expected
 */
export function expectChange(
  input: string,
  change: (root: Collection<Root>) => unknown,
  output: string,
): void {
  const root = md(input)
  change(root)
  expect(treeDifference(root, output)).toBeUndefined()
  expect(root.toSource()).toBe(output)
}

/** Where the tree of a collection of a root differs from what a text is read as; texts side by side are one. */
export function treeDifference(root: Collection<Root>, text: string): unknown {
  return firstDifference(md(text).get().node, joined(root.get().node))
}

function joined<Tree extends Nodes>(tree: Tree): Tree {
  const copy = structuredClone(tree)
  joinTexts(copy)
  return copy
}

function joinTexts(node: Nodes): void {
  if (!('children' in node)) return
  const children: Nodes[] = node.children
  for (let index = children.length - 1; index > 0; index--) {
    const [one, next] = [children[index - 1], children[index]]
    if (one?.type !== 'text' || next?.type !== 'text') continue
    one.value += next.value
    children.splice(index, 1)
  }
  children.forEach(joinTexts)
}

/** A tree without places, as an author would write it. */
export function bare(tree: Nodes): unknown {
  return JSON.parse(JSON.stringify(tree, (key, value: unknown) => (key === 'position' ? undefined : value)))
}
