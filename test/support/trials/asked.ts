/** The tree that an author may expect to be printed. */
import type { Nodes, Root } from 'mdast'
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
  const before = originOf(node)?.children ?? []
  const [first, last] = [copy.children[0], copy.children.at(-1)]
  if (first?.type === 'text' && hasMoved(node.children[0], before[0]))
    first.value = first.value.replace(/^[ \t\r\n]+/, '')
  if (last?.type === 'text' && hasMoved(node.children.at(-1), before.at(-1)))
    last.value = last.value.replace(/[ \t\r\n]+$/, '')
}

/** Whether a text is as it was read, and came to stand where another node stood. */
function hasMoved(child: Nodes | undefined, stood: Nodes | undefined): boolean {
  if (child === undefined || child === stood) return false
  return originOf(child)?.fields['value'] === wordsOf(child)
}
