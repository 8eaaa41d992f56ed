/** Whether a parse says what was asked for. */
import type { Nodes } from 'mdast'
import { fieldsOf } from './origin.ts'

/** The first place where a parse does not say what was asked for. */
export interface Disagreement {
  /** From the root to the node that differs, of the tree asked for. */
  readonly path: readonly Nodes[]
  /** What the parse has there instead, if anything. */
  readonly actual: Nodes | undefined
}

/**
 * Holds a parse against a tree asked for. One thing is taken from the result: the second brackets of a reference
 * whose text is no longer its label.
 *
 * @param asked by {@link settledTree}; the kinds of its references are filled in
 * @param parsed settled too
 */
export function disagreement(
  asked: Nodes,
  parsed: Nodes,
  above: readonly Nodes[] = [],
): Disagreement | undefined {
  const path = [...above, asked]
  takeOpen(asked, parsed)
  if (fieldsText(asked) !== fieldsText(parsed)) return { path, actual: parsed }
  const [ours, theirs] = [childrenIn(asked), childrenIn(parsed)]
  for (const [index, child] of ours.entries()) {
    const other = theirs[index]
    if (!other) return { path: [...path, child], actual: undefined }
    const found = disagreement(child, other, path)
    if (found) return found
  }
  return theirs.length > ours.length ? { path, actual: theirs[ours.length] } : undefined
}

function takeOpen(asked: Nodes, parsed: Nodes): void {
  const isReference = asked.type === 'linkReference' || asked.type === 'imageReference'
  if (isReference && parsed.type === asked.type && parsed.referenceType === 'full')
    asked.referenceType = 'full'
}

function childrenIn(node: Nodes): readonly Nodes[] {
  return 'children' in node ? node.children : []
}

function fieldsText(node: Nodes): string {
  return JSON.stringify(Object.entries(fieldsOf(node)).toSorted(([a], [b]) => (a < b ? -1 : 1)))
}
