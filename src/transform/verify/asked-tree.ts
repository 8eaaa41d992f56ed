/**
 * A tree as a text can say it, so that one that an author changed and one that was parsed can be held against each
 * other: what mdast has twice, or leaves open, is said once and in one way. Nothing is known here of how a tree is
 * printed.
 */
import type { ImageReference, LinkReference, Nodes, Root } from 'mdast'
import { decodeString } from 'micromark-util-decode-string'
import { normalizeIdentifier } from 'micromark-util-normalize-identifier'
import { originOf } from '../../markdown/origin.ts'

/**
 * A copy of a tree in the one form that trees are compared in. Nodes that stood in the text of their chapter keep
 * their places, for messages.
 *
 * @param tree an author's, or one that was parsed; it stays as it is
 */
export function askedTree(tree: Root): Root {
  return formed(tree, tree) as Root
}

type Fields = Record<string, unknown>

function formed(node: Nodes, root: Root): Nodes {
  const { position, data: _, children, ...own } = node as unknown as Fields
  const origin = originOf(node)
  const isPlaced = position !== undefined && (!origin ? !originOf(root) : origin.chapter.tree === root)
  const kept = Object.fromEntries(
    Object.entries(own)
      .filter(([, value]) => value !== undefined && value !== null)
      .map(([key, value]) => [key, typeof value === 'string' ? value.replace(/\r\n?/g, '\n') : value]),
  )
  const fields: Fields = { ...kept, ...FORMS[node.type]?.(kept, node), ...(isPlaced ? { position } : {}) }
  for (const key of EMPTY_IS_NONE) if (fields[key] === '') delete fields[key]
  if (!Array.isArray(children)) return fields as unknown as Nodes
  const all = joined((children as readonly Nodes[]).map((child) => formed(child, root)).filter(isSomething))
  const below = LINES.has(node.type) ? withoutEdges(all) : all
  return { ...fields, children: below } as unknown as Nodes
}

const LINES = new Set<Nodes['type']>(['heading', 'paragraph', 'tableCell'])

/** Space at the ends of a line shows nothing. */
function withoutEdges(nodes: readonly Nodes[]): Nodes[] {
  return nodes
    .map((node, index): Nodes => {
      if (node.type !== 'text') return node
      const value = index === 0 ? node.value.replace(/^[ \t\n]+/, '') : node.value
      return {
        ...node,
        value: index === nodes.length - 1 ? value.replace(/(?<![ \t\n])[ \t\n]+$/, '') : value,
      }
    })
    .filter((node) => node.type !== 'text' || node.value !== '')
}

/** An empty one is written as none is. */
const EMPTY_IS_NONE = ['alt', 'lang', 'meta', 'title']

const NOTHING_WHEN_EMPTY = new Set<Nodes['type']>(['delete', 'emphasis', 'list', 'paragraph', 'strong'])

/** Whether a node shows anything; what does not is not written. */
function isSomething(node: Nodes): boolean {
  if (node.type === 'text') return node.value !== ''
  return !NOTHING_WHEN_EMPTY.has(node.type) || !('children' in node) || node.children.length > 0
}

/** Texts beside each other are one. */
function joined(nodes: readonly Nodes[]): Nodes[] {
  const kept: Nodes[] = []
  for (const node of nodes) {
    const last = kept.at(-1)
    if (node.type === 'text' && last?.type === 'text')
      kept[kept.length - 1] = { ...last, value: last.value + node.value }
    else kept.push(node)
  }
  return kept
}

const FORMS: Readonly<Partial<Record<Nodes['type'], (fields: Fields, node: Nodes) => Fields>>> = {
  definition: labelled,
  footnoteDefinition: labelled,
  footnoteReference: labelled,
  imageReference: labelled,
  linkReference: labelled,
  heading: ({ attributes }) => ({ attributes: attributesOf(attributes) }),
  list: ({ ordered, start }, node) => ({
    ordered: ordered === true,
    start: ordered === true ? (start ?? 1) : undefined,
    spread: isLoose(node),
  }),
  inlineCode: ({ value }) => ({ value: String(value).replace(/\n/g, ' ') }),
  listItem: () => ({ spread: undefined }),
  table: ({ align }, node) => ({ align: alignOf(align, node) }),
}

/**
 * What a reference is compared by, and what it is written as: an author who changes one of them asks for both.
 * Escapes of a label are kept in what it is compared by, and are up to whoever writes it.
 */
function labelled(fields: Fields, node: Nodes): Fields {
  const { identifier = '', label = identifier } = fields
  const then = originOf(node)?.fields
  const isByIdentifier = then !== undefined && then['label'] === label && then['identifier'] !== identifier
  const written = String(isByIdentifier ? identifier : label)
  return { identifier: normalizeIdentifier(decodeString(written)).toLowerCase(), label: foldedSpace(written) }
}

function foldedSpace(label: string): string {
  return label.replace(/[\t\n\r ]+/g, ' ').trim()
}

/** `# A {}` has none, as far as anybody sees. */
function attributesOf(attributes: unknown): unknown {
  const {
    id,
    classes = [],
    others = [],
  } = (attributes ?? {}) as { id?: unknown; classes?: unknown[]; others?: unknown[] }
  const isNone = (id ?? '') === '' && classes.length === 0 && others.length === 0
  return isNone ? undefined : { ...((id ?? '') === '' ? {} : { id }), classes, others }
}

/**
 * A list is loose as a whole; one item that holds one block, or none, shows nothing of it. Where its items changed, and
 * nobody said how loose it is to be, that is up to whoever writes it: `undefined`.
 */
function isLoose(node: Nodes): boolean | undefined {
  if (node.type !== 'list') return undefined
  const blocks = node.children.reduce((sum, item) => sum + Math.max(item.children.length, 1), 0)
  if (blocks < 2) return false
  const then = originOf(node)?.fields
  const isSaid = typeof node.spread === 'boolean' && then?.['spread'] !== node.spread
  const isAsRead = [node, ...node.children].every(hasItsChildren)
  const isSaidNow = node.spread === true || node.children.some(({ spread }) => spread === true)
  return isSaid || isAsRead ? isSaidNow : undefined
}

function hasItsChildren(node: Nodes): boolean {
  const then = originOf(node)?.children
  const now: readonly Nodes[] = 'children' in node ? node.children : []
  return then?.length === now.length && now.every((child, index) => child === then[index])
}

/**
 * A tree with what it leaves to whoever writes it: how loose a list is, and the second brackets of a reference, which
 * show nothing.
 *
 * @param asked by {@link askedTree}
 * @param actual the same of a parse
 */
export function withOpen(asked: Nodes, actual: Nodes | undefined): Nodes {
  const open = { ...asked }
  if (open.type === 'list' && actual?.type === 'list') open.spread ??= actual.spread
  if (isReference(open) && actual && isReference(actual) && actual.referenceType === 'full')
    open.referenceType = 'full'
  if (!('children' in open)) return open
  const theirs: readonly Nodes[] = actual && 'children' in actual ? actual.children : []
  return { ...open, children: open.children.map((child, index) => withOpen(child, theirs[index])) } as Nodes
}

function isReference(node: Nodes): node is LinkReference | ImageReference {
  return node.type === 'linkReference' || node.type === 'imageReference'
}

/** For each column of the head. */
function alignOf(align: unknown, node: Nodes): unknown {
  if (node.type !== 'table') return align
  const given: readonly unknown[] = Array.isArray(align) ? align : []
  return (node.children[0]?.children ?? []).map((_, column) => given[column] ?? null)
}
