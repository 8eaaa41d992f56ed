/**
 * The tree that an author asks for, in the form that a parse would give it: adjacent texts are one, what shows
 * nothing is gone, defaults are filled in.
 */
import type { Nodes, Root } from 'mdast'
import { normalizeIdentifier } from 'micromark-util-normalize-identifier'
import { labelOf, labelSource } from './label-source.ts'
import { spreadOf } from './looseness.ts'
import { fieldsOf, originOf } from './origin.ts'
import { childrenNow, isIntact } from './print/now.ts'

/** A tree without places, and the nodes that its nodes stand for. */
export interface Settled {
  readonly tree: Root
  /** The author's node. */
  sourceOf(node: Nodes): Nodes | undefined
}

/**
 * The tree that a tree asks for: an author's, or one just parsed, which says what it says.
 */
export function settledTree(tree: Root): Settled {
  const sources = new WeakMap<object, Nodes>()
  return { tree: settled(tree, sources) as Root, sourceOf: (node) => sources.get(node) }
}

function settled(node: Nodes, sources: WeakMap<object, Nodes>): Nodes {
  const fields = settledFields(node)
  const made = ('children' in node
    ? { ...fields, children: joinedTexts(childrenSettled(node).map((child) => settled(child, sources))) }
    : fields) as unknown as Nodes
  sources.set(made, node)
  return made
}

/** The space that Markdown does not see at the ends of a line; a no-break space is none of it. */
export const FRONT = /^[ \t\r\n]+/
export const END = /(?<![ \t\r\n])[ \t\r\n]+$/

const LINES = new Set<Nodes['type']>(['heading', 'paragraph', 'tableCell'])

/** A node's children; the space of a text that has come to stand at an end of its line, and is as it was read, is gone. */
function childrenSettled(node: Nodes): Nodes[] {
  const children = childrenNow(node)
  if (!LINES.has(node.type)) return children
  const { front, end } = edgesMoved(node)
  return children.map((child, index) => {
    if (child.type !== 'text') return child
    const value = index === 0 && front ? child.value.replace(FRONT, '') : child.value
    return value === child.value && !(end && index === children.length - 1)
      ? child
      : { type: 'text', value: end && index === children.length - 1 ? value.replace(END, '') : value }
  })
}

/** Whether the texts at the ends of a line came to stand there, by what was taken from beside them. */
export function edgesMoved(node: Nodes): { readonly front: boolean; readonly end: boolean } {
  const children = childrenNow(node)
  const before = originOf(node)?.children ?? []
  const isMoved = (child: Nodes | undefined, old: Nodes | undefined) =>
    child?.type === 'text' && child !== old && isIntact(child)
  return {
    front: isMoved(children[0], before[0]),
    end: isMoved(children.at(-1), before.at(-1)),
  }
}

function joinedTexts(nodes: readonly Nodes[]): Nodes[] {
  const joined: Nodes[] = []
  for (const node of nodes) {
    const last = joined.at(-1)
    if (node.type === 'text' && node.value === '') continue
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
      const identifier = normalizeIdentifier(labelSource(node)).toLowerCase()
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
