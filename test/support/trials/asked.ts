/** The tree that an author may expect to be printed. */
import type { Nodes, Parents, Root } from 'mdast'
import { originOf } from '../../../src/markdown/origin.ts'
import { wordsOf } from './places.ts'

const LINES = new Set(['heading', 'paragraph', 'tableCell'])

/**
 * A copy of a tree. Where something was taken from the end of a line, the space that stood before it goes with it; a
 * space that an author wrote there stays.
 */
export function askedOf(tree: Root): Root {
  const copy = structuredClone(tree)
  trimEnds(tree, copy)
  return copy
}

function trimEnds(node: Nodes, copy: Nodes): void {
  if (!('children' in node && 'children' in copy)) return
  for (const [index, child] of node.children.entries()) {
    const twin = copy.children[index]
    if (twin) trimEnds(child, twin)
  }
  if (!LINES.has(node.type)) return
  const last = node.children.length - 1
  const ends = [
    [0, (text: string) => text.trimStart()],
    [last, (text: string) => text.trimEnd()],
  ] as const
  for (const [index, trim] of ends) {
    const [child, twin] = [node.children[index], copy.children[index]]
    if (twin?.type === 'text' && child && hasMoved(node, index, child)) twin.value = trim(twin.value)
  }
}

/** Whether a text is as it was read, and came to stand at an end. */
function hasMoved(parent: Parents, index: number, child: Nodes): boolean {
  const origin = originOf(child)
  const before = originOf(parent)?.children ?? []
  const stood = index === 0 ? before[0] : before.at(-1)
  return origin !== undefined && origin.fields['value'] === wordsOf(child) && stood !== child
}
