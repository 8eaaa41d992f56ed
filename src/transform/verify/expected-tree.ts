/**
 * The tree that edits ask for: the chapter's own, with each edit taken into the field that it stands in. What
 * the result parses to is held against it. Nothing here looks at the edited text.
 */
import type { Nodes, Parents, Root, Text } from 'mdast'
import { decodeString } from 'micromark-util-decode-string'
import { type Chapter, endOf, sourceOf, startOf } from '../../markdown/parse.ts'
import type { Edit } from '../../model.ts'
import { touches } from '../../within.ts'
import type { Effect } from './effect.ts'
import { altOf, labelOf, makeHtml, targetOf } from './expected-fields.ts'
import { makeHeading } from './expected-heading.ts'
import { bare, type Making, pendingOf, splicedText } from './making.ts'

/** The tree asked for, and what changes in it. */
export interface Expectation {
  /** Nodes without positions; those that no edit is about are the chapter's own. */
  readonly tree: Root
  readonly effects: readonly Effect[]
  /** Edits that stand in no field of any node, so that nobody can say what they ask for. */
  readonly stray: readonly Edit[]
  /** The node of the chapter that a node of the tree is made of. */
  originOf(node: Nodes): Nodes | undefined
}

/**
 * Takes edits into a chapter's tree.
 *
 * @param chapter as it was
 * @param edits on its text, sorted and disjoint
 * @param html whether raw HTML may be edited
 */
export function expectedTree(chapter: Chapter, edits: readonly Edit[], html: boolean): Expectation {
  const making: Making = {
    chapter,
    edits,
    pending: pendingOf(edits),
    effects: [],
    origins: new WeakMap(),
    html,
  }
  const tree = make(making, chapter.tree) as Root
  return {
    tree,
    effects: making.effects.toSorted((a, b) => a.start - b.start),
    stray: making.pending.left(),
    originOf: (node) => making.origins.get(node) ?? (node.position ? node : undefined),
  }
}

function make(making: Making, node: Nodes): Nodes {
  const isTouched = node.type === 'root' || touches(making.edits, { start: startOf(node), end: endOf(node) })
  const made = isTouched ? makeNode(making, node) : node
  making.origins.set(made, node)
  return made
}

function makeNode(making: Making, node: Nodes): Nodes {
  switch (node.type) {
    case 'text':
      return makeText(making, node)
    case 'html':
      return making.html ? makeHtml(making, node) : bare(node)
    case 'definition':
      return { ...bare(node), ...labelOf(making, node), ...targetOf(making, node) }
    case 'image':
      return { ...bare(node), ...altOf(making, node), ...targetOf(making, node) }
    case 'imageReference':
      return { ...bare(node), ...labelOf(making, node), ...altOf(making, node) }
    case 'link': {
      const made = { ...bare(node), ...targetOf(making, node) }
      return sourceOf(making.chapter, node).startsWith('<') ? made : withChildren(making, node, made)
    }
    case 'linkReference':
      return withChildren(making, node, { ...bare(node), ...labelOf(making, node) })
    case 'heading':
      return makeHeading(making, node, withChildren)
    default:
      return 'children' in node ? withChildren(making, node, bare(node)) : bare(node)
  }
}

const PHRASING_HOSTS = new Set<Nodes['type']>([
  'delete',
  'emphasis',
  'heading',
  'link',
  'linkReference',
  'paragraph',
  'strong',
  'tableCell',
])

function withChildren<Node extends Parents>(making: Making, node: Node, made: Node): Node {
  const isHost = PHRASING_HOSTS.has(node.type)
  const children: Nodes[] = []
  for (const child of node.children) {
    if (isHost) children.push(...textInserted(making, startOf(child), child))
    children.push(make(making, child))
    if (isHost) children.push(...textInserted(making, endOf(child)))
  }
  return { ...made, children: joined(making, children) } as Node
}

/** What is inserted between two nodes, neither of which is text. */
function textInserted(making: Making, at: number, before?: Nodes): Text[] {
  if (before?.type === 'text') return []
  const edits = making.pending.take({ start: at, end: at }, (edit) => !/^\s*\{[^{}]*\}$|^\[/.test(edit.text))
  return edits.map((edit) => {
    making.effects.push({ kind: 'text', start: at, end: at, from: '', to: decodeString(edit.text) })
    return { type: 'text', value: decodeString(edit.text) }
  })
}

/** Texts beside each other are one, and no text is none. */
function joined({ origins }: Making, nodes: readonly Nodes[]): Nodes[] {
  const kept: Nodes[] = []
  for (const node of nodes) {
    const last = kept.at(-1)
    if (node.type === 'text' && last?.type === 'text') {
      const both: Text = { type: 'text', value: last.value + node.value }
      const origin = origins.get(last) ?? origins.get(node)
      if (origin) origins.set(both, origin)
      kept[kept.length - 1] = both
    } else if (node.type !== 'text' || node.value !== '') kept.push(node)
  }
  return kept
}

function makeText(making: Making, node: Text): Text {
  const value = splicedText(making, node, 'text')
  return { type: 'text', value }
}
