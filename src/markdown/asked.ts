/**
 * The tree that an author asks for, in the form that a parse would give it: adjacent texts are one, what shows
 * nothing is gone, defaults are filled in. And whether a parse gives it.
 */
import type { Nodes, Root } from 'mdast'
import { normalizeIdentifier } from 'micromark-util-normalize-identifier'
import { fieldsOf, originOf } from './origin.ts'
import { childrenNow } from './print/now.ts'

/** A tree without places, and the nodes that its nodes stand for. */
export interface Asked {
  readonly tree: Root
  /** The author's node. */
  sourceOf(node: Nodes): Nodes | undefined
}

/**
 * The tree that an author's tree asks for. What the author left to the result is absent in it: whether a list is
 * loose, if its items changed and nobody said it.
 */
export function askedTree(tree: Root): Asked {
  const sources = new WeakMap<object, Nodes>()
  return { tree: settled(tree, sources) as Root, sourceOf: (node) => sources.get(node) }
}

function settled(node: Nodes, sources: WeakMap<object, Nodes>): Nodes {
  const fields = settledFields(node)
  const made = ('children' in node
    ? { ...fields, children: joinedTexts(childrenNow(node).map((child) => settled(child, sources))) }
    : fields) as unknown as Nodes
  sources.set(made, node)
  return made
}

function joinedTexts(nodes: readonly Nodes[]): Nodes[] {
  const joined: Nodes[] = []
  for (const node of nodes) {
    const last = joined.at(-1)
    if (node.type === 'text' && last?.type === 'text') last.value += node.value
    else joined.push(node)
  }
  return joined
}

/** A node's own fields as a parse has them: no empty ones, `\n` for line endings, labels as they are compared. */
function settledFields(node: Nodes): Record<string, unknown> {
  const fields = Object.fromEntries(
    Object.entries(fieldsOf(node))
      .filter(([, value]) => value !== '' || node.type === 'text')
      .map(([key, value]) => [key, typeof value === 'string' ? value.replace(/\r\n?/g, '\n') : value]),
  )
  switch (node.type) {
    case 'definition':
    case 'footnoteDefinition':
    case 'footnoteReference':
    case 'imageReference':
    case 'linkReference': {
      const label = labelOf(node)
      const identifier = normalizeIdentifier(label).toLowerCase()
      const isReference = node.type === 'imageReference' || node.type === 'linkReference'
      return {
        ...fields,
        label,
        identifier,
        ...(isReference ? { referenceType: node.referenceType ?? 'full' } : {}),
      }
    }
    case 'heading': {
      const { id, classes = [], others = [] } = node.attributes ?? {}
      const { attributes: _, ...rest } = fields
      const isGiven = id !== undefined || classes.length + others.length > 0
      return isGiven ? { ...rest, attributes: { id, classes, others } } : rest
    }
    case 'inlineCode':
      return { ...fields, value: node.value.replace(/\r\n?|\n/g, ' ') }
    case 'list': {
      const { start: _, ...rest } = fields
      const start = node.ordered ? { start: node.start ?? 1 } : {}
      return { ...rest, ordered: node.ordered ?? false, ...start, spread: spreadOf(node) }
    }
    case 'listItem':
      return { ...fields, spread: spreadOf(node) }
    case 'table': {
      const columns = node.children[0]?.children.length ?? 0
      const align = Array.from({ length: columns }, (_, index) => node.align?.[index] ?? null)
      return { ...fields, align }
    }
    default:
      return fields
  }
}

/**
 * The label that is meant: authors set `label`, or `identifier` alone.
 *
 * @param node with either
 */
export function labelOf(node: { label?: string | null | undefined; identifier: string }): string {
  const before = originOf(node as Nodes)?.fields
  const isRenamed =
    before !== undefined && before['label'] === node.label && before['identifier'] !== node.identifier
  return (isRenamed ? undefined : node.label) ?? node.identifier
}

/** Whether what stands in a list is apart; `undefined` where that is left to the result. */
function spreadOf(node: Extract<Nodes, { type: 'list' | 'listItem' }>): boolean | undefined {
  const origin = originOf(node)
  const children = childrenNow(node)
  if (children.length < 2) return false
  const isSaid = typeof node.spread === 'boolean' && (!origin || origin.fields['spread'] !== node.spread)
  const isAsRead =
    origin !== undefined &&
    children.length === origin.children.length &&
    children.every((child, index) => child === origin.children[index])
  return isSaid || isAsRead ? (node.spread ?? false) : undefined
}

/** The first place where a parse does not say what was asked for. */
export interface Disagreement {
  /** From the root to the node that differs, of the tree asked for. */
  readonly path: readonly Nodes[]
  /** What the parse has there instead, if anything. */
  readonly actual: Nodes | undefined
}

/**
 * Holds a parse against a tree asked for. What was left to the result is taken from it: how loose a list is, and
 * the second brackets of a reference whose text is no longer its label.
 *
 * @param asked by {@link askedTree}; what was left open in it is filled in
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
  if (
    (asked.type === 'list' && parsed.type === 'list') ||
    (asked.type === 'listItem' && parsed.type === 'listItem')
  )
    asked.spread ??= parsed.spread
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
