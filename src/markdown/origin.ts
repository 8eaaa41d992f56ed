/**
 * What a node was when its chapter was parsed, so that what an author changes in a tree can be told from what was
 * read. Nothing is added to the nodes themselves: authors spread and clone them.
 */
import type { Nodes } from 'mdast'
import type { Chapter } from './parse.ts'

/** A node as it was read. */
export interface Origin {
  /** The chapter that it was read from; not always the one that it stands in now. */
  readonly chapter: Chapter
  /** Its own fields but `children`, copied. */
  readonly fields: Readonly<Record<string, unknown>>
  /** Its children then, in order; none for a node that has none. */
  readonly children: readonly Nodes[]
  /** The node that it stood in; absent for a root. */
  readonly parent: Nodes | undefined
}

const origins = new WeakMap<object, Origin>()

/**
 * Remembers every node of a chapter's tree as it is now.
 *
 * @param chapter just parsed
 * @returns the same chapter
 */
export function withOrigins(chapter: Chapter): Chapter {
  remember(chapter, chapter.tree, undefined)
  return chapter
}

/** What a node was when it was read; `undefined` for one that an author made. */
export function originOf(node: Nodes): Origin | undefined {
  return origins.get(node)
}

function remember(chapter: Chapter, node: Nodes, parent: Nodes | undefined): void {
  const children = 'children' in node ? [...node.children] : []
  origins.set(node, { chapter, fields: structuredClone(fieldsOf(node)), children, parent })
  for (const child of children) remember(chapter, child, node)
}

/** What mdast says of nodes, but for their children. */
export const FIELDS: ReadonlySet<string> = new Set([
  'align',
  'alt',
  'attributes',
  'checked',
  'depth',
  'identifier',
  'label',
  'lang',
  'meta',
  'ordered',
  'referenceType',
  'spread',
  'start',
  'title',
  'type',
  'url',
  'value',
])

/** A node's own fields as mdast has them, but its children; none that is not given, and nothing that others put there. */
export function fieldsOf(node: Nodes): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(node).filter(([key, value]) => FIELDS.has(key) && value !== undefined && value !== null),
  )
}
