/**
 * A tree as a text can say it, so that one that an author changed and one that was parsed can be held against each
 * other: what mdast has twice, or leaves open, is said once and in one way. Nothing is known here of how a tree is
 * printed.
 */
import type { Nodes, Root } from 'mdast'
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
  const below = joined((children as readonly Nodes[]).map((child) => formed(child, root)))
  return { ...fields, children: below } as unknown as Nodes
}

/** An empty one is written as none is. */
const EMPTY_IS_NONE = ['alt', 'lang', 'meta', 'title']

/** Texts beside each other are one, and no text is none. */
function joined(nodes: readonly Nodes[]): Nodes[] {
  const kept: Nodes[] = []
  for (const node of nodes) {
    const last = kept.at(-1)
    if (node.type === 'text' && last?.type === 'text')
      kept[kept.length - 1] = { ...last, value: last.value + node.value }
    else if (node.type !== 'text' || node.value !== '') kept.push(node)
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

/** A list is loose as a whole; one item that holds one block, or none, shows nothing of it. */
function isLoose(node: Nodes): boolean {
  if (node.type !== 'list') return false
  const blocks = node.children.reduce((sum, item) => sum + Math.max(item.children.length, 1), 0)
  return blocks > 1 && (node.spread === true || node.children.some(({ spread }) => spread === true))
}

/** For each column of the head. */
function alignOf(align: unknown, node: Nodes): unknown {
  if (node.type !== 'table') return align
  const given: readonly unknown[] = Array.isArray(align) ? align : []
  return (node.children[0]?.children ?? []).map((_, column) => given[column] ?? null)
}
