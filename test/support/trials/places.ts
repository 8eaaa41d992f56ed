/** Where nodes stand in a tree, and what may stand there. */
import type { BlockContent, DefinitionContent, Nodes, Parents, Root } from 'mdast'

/** A node, and where it stands. */
export interface Place<Node extends Nodes = Nodes> {
  readonly node: Node
  readonly parent: Parents
  readonly index: number
  /** From the root down to the parent. */
  readonly above: readonly Parents[]
}

export type Flow = BlockContent | DefinitionContent

/** All places of a tree but the root's, in the order of the text. */
export function placesIn(tree: Root): Place[] {
  const found: Place[] = []
  const walk = (parent: Parents, above: readonly Parents[]): void => {
    const chain = [...above, parent]
    for (const [index, node] of parent.children.entries()) {
      found.push({ node, parent, index, above: chain })
      if ('children' in node) walk(node, chain)
    }
  }
  walk(tree, [])
  return found
}

/** The places of one type's nodes. */
export function placesOf<Type extends Nodes['type']>(
  tree: Root,
  ...types: readonly Type[]
): Place<Extract<Nodes, { type: Type }>>[] {
  return placesIn(tree).filter((place): place is Place<Extract<Nodes, { type: Type }>> =>
    types.some((type) => type === place.node.type),
  )
}

/** All nodes of some types, the root included. */
export function nodesIn<Type extends Nodes['type']>(
  tree: Root,
  ...types: readonly Type[]
): Extract<Nodes, { type: Type }>[] {
  const all: Nodes[] = [tree, ...placesIn(tree).map(({ node }) => node)]
  return all.filter((node): node is Extract<Nodes, { type: Type }> =>
    types.some((type) => type === node.type),
  )
}

/** Nodes that hold blocks. */
export function flowHosts(tree: Root) {
  return nodesIn(tree, 'root', 'blockquote', 'listItem', 'footnoteDefinition')
}

/** Nodes that hold inlines, each with what is above it. */
export function phrasingHosts(tree: Root) {
  return placesOf(
    tree,
    'paragraph',
    'heading',
    'emphasis',
    'strong',
    'delete',
    'link',
    'linkReference',
    'tableCell',
  )
}

const FLOW = new Set([
  'blockquote',
  'code',
  'definition',
  'footnoteDefinition',
  'heading',
  'html',
  'list',
  'paragraph',
  'table',
  'thematicBreak',
])

const PHRASING = new Set([
  'break',
  'delete',
  'emphasis',
  'footnoteReference',
  'html',
  'image',
  'imageReference',
  'inlineCode',
  'link',
  'linkReference',
  'mdbookWikilink',
  'strong',
  'text',
])

/** Whether a node stands where blocks stand, and is one that may be moved about; directives are where they are. */
export function isFlow({ node, parent }: Place): boolean {
  return FLOW.has(node.type) && holdsFlow(parent)
}

export function isPhrasing({ node, parent }: Place): boolean {
  return PHRASING.has(node.type) && !holdsFlow(parent)
}

export function holdsFlow({ type }: Nodes): boolean {
  return type === 'root' || type === 'blockquote' || type === 'listItem' || type === 'footnoteDefinition'
}

/** Whether a place is in a link, so that none may be put there. */
export function isInLink({ parent, above }: Place): boolean {
  return [...above, parent].some(({ type }) => type === 'link' || type === 'linkReference')
}

/** Whether inlines at a place may not go over several lines. */
export function isOneLine({ above }: Place): boolean {
  return above.some(({ type }) => type === 'tableCell' || type === 'heading')
}

/** Puts nodes at a place; what may stand there is the caller's to know. */
export function put(parent: Parents, index: number, gone: number, ...nodes: readonly Nodes[]): void {
  const children: Nodes[] = parent.children
  children.splice(index, gone, ...nodes)
}

/** A parent of any type; that its children may stand in it is the caller's to know. */
export function parentOf(type: Nodes['type'], fields: object, children: readonly Nodes[]): Nodes {
  return { ...fields, type, children } as Nodes
}

/** What a node says, without its marks. */
export function wordsOf(node: Nodes): string {
  if ('children' in node) return node.children.map(wordsOf).join('')
  return 'value' in node ? node.value : ''
}
