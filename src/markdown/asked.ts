/**
 * The tree that an author asks for, in the form that a parse would give it: adjacent texts are one, what shows
 * nothing is gone, defaults are filled in. And whether a parse gives it.
 */
import type { Nodes, Root } from 'mdast'
import { decodeString } from 'micromark-util-decode-string'
import { normalizeIdentifier } from 'micromark-util-normalize-identifier'
import { fieldsOf, originOf } from './origin.ts'
import { sourceOf } from './parse.ts'
import { childrenNow, isIntact } from './print/now.ts'
import { escapedLabel } from './print/spelling.ts'

/** A tree without places, and the nodes that its nodes stand for. */
export interface Asked {
  readonly tree: Root
  /** The author's node. */
  sourceOf(node: Nodes): Nodes | undefined
}

/**
 * The tree that an author's tree asks for.
 */
export function askedTree(tree: Root): Asked {
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

const LINES = new Set<Nodes['type']>(['heading', 'paragraph', 'tableCell'])

/** A node's children; the space of a text that has come to stand at an end of its line, and is as it was read, is gone. */
function childrenSettled(node: Nodes): Nodes[] {
  const children = childrenNow(node)
  if (!LINES.has(node.type)) return children
  const { front, end } = edgesMoved(node)
  return children.map((child, index) => {
    if (child.type !== 'text') return child
    const value = index === 0 && front ? child.value.trimStart() : child.value
    return value === child.value && !(end && index === children.length - 1)
      ? child
      : { type: 'text', value: end && index === children.length - 1 ? value.trimEnd() : value }
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

type Labelled = Nodes & { label?: string | null | undefined; identifier: string }

/** The label of a node as it is to be written, with the escapes that it has or needs. */
export function labelSource(node: Labelled): string {
  const origin = originOf(node)
  const isSame =
    origin !== undefined &&
    origin.fields['label'] === (node.label ?? undefined) &&
    origin.fields['identifier'] === node.identifier
  const { label: field, text } = isSame ? origin.chapter.spans.fields(node) : {}
  const written = (field ?? text)?.source
  if (written !== undefined) return written
  const label = labelOf(node)
  const wanted = normalizeIdentifier(node.identifier).toLowerCase()
  const spellings = [escapedLabel(label), label]
  if (folded(decodeString(node.identifier)) === folded(label)) spellings.push(node.identifier)
  return (
    spellings.find((spelling) => normalizeIdentifier(spelling).toLowerCase() === wanted) ??
    escapedLabel(label)
  )
}

function folded(label: string): string {
  return normalizeIdentifier(label)
}

/**
 * Whether what stands in a list is apart. Of one block or item alone it means nothing, and what cannot stand beside
 * each other otherwise is apart whatever is said.
 */
export function spreadOf(node: Extract<Nodes, { type: 'list' | 'listItem' }>): boolean {
  const children = childrenNow(node)
  if (children.length < 2) return false
  if (node.type === 'list')
    return node.spread ?? children.some((item) => item.type === 'listItem' && spreadOf(item))
  const isApart = children.some((child, index) => {
    const left = children[index - 1]
    return left !== undefined && cannotTouch(left, child)
  })
  return isApart || (node.spread ?? children.some((child, index) => index > 0 && child.type !== 'list'))
}

/** Whether two blocks are read otherwise without a blank line between them. */
export function cannotTouch(left: Nodes, right: Nodes): boolean {
  const end = lastOf(left)
  if (end.type === 'html') return true
  if (end.type === 'table') return right.type !== 'list' && right.type !== 'heading' && right.type !== 'code'
  if (end.type !== 'paragraph' && end.type !== 'definition')
    return left.type === right.type && (left.type === 'blockquote' || left.type === 'list')
  if (right.type === 'list') {
    const [first] = childrenNow(right)
    const isNumbered = right.ordered === true && (right.start ?? 1) !== 1
    return isNumbered || first === undefined || childrenNow(first).length === 0
  }
  if (right.type === 'code') return isIndented(right)
  return INTERRUPTED.has(right.type)
}

/** Blocks that go on with the paragraph before them. */
const INTERRUPTED = new Set<Nodes['type']>([
  'definition',
  'footnoteDefinition',
  'html',
  'mdbookDirective',
  'paragraph',
  'table',
])

function isIndented(node: Nodes): boolean {
  const origin = originOf(node)
  return origin !== undefined && !/^[`~]/.test(sourceOf(origin.chapter, node))
}

function lastOf(node: Nodes): Nodes {
  const isContainer = node.type === 'blockquote' || node.type === 'list' || node.type === 'listItem'
  const last = isContainer ? childrenNow(node).at(-1) : undefined
  return last ? lastOf(last) : node
}

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
 * @param asked by {@link askedTree}; the kinds of its references are filled in
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
