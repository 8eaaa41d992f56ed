/** What an author may do to a tree: each changes it in one way, and says what it did. */
import type { Heading, Link, LinkReference, Nodes, Parents, Root, Table } from 'mdast'
import { labelId } from '../../../src/label-id.ts'
import { withOrigins } from '../../../src/markdown/origin.ts'
import { type Chapter, parseChapter } from '../../../src/markdown/parse.ts'
import type { Dice } from './dice.ts'
import {
  blockHtml,
  FOOTNOTES,
  hostileAddress,
  hostileCode,
  hostileCodeSpan,
  hostileLanguage,
  hostileMeta,
  hostileText,
  hostileTitle,
  inlineHtml,
  LABELS,
  NAMES,
} from './hostile.ts'
import { newBlock, newCell, newInline, readFootnote, readLabel } from './new-nodes.ts'
import {
  flowHosts,
  holdsFlow,
  isFlow,
  isInLink,
  isOneLine,
  isPhrasing,
  nodesIn,
  type Place,
  parentOf,
  phrasingHosts,
  placesIn,
  placesOf,
  put,
  wordsOf,
} from './places.ts'
import { tidy } from './tidy.ts'

/** What was done, in a few words; `undefined` where the tree has no place for it. */
type Mutation = (tree: Root, dice: Dice, world: World) => string | undefined

/** What else a mutation may take from. */
export interface World {
  readonly chapter: Chapter
  /** Texts to parse and move into the tree. */
  readonly others: readonly string[]
}

/** Changes a tree in one way; where it has no place for one, in another. */
export function mutate(world: World, dice: Dice): string | undefined {
  const { tree } = world.chapter
  for (let tries = 0; tries < 20; tries++) {
    const name = DRAWN[(dice.roll(DRAWN.length) + tries) % DRAWN.length] ?? ''
    const done = MUTATIONS[name]?.(tree, dice, world)
    if (done === undefined) continue
    tidy(tree, world.chapter.isDefined)
    return `${name}: ${done}`
  }
  return undefined
}

const shown = (value: unknown) => JSON.stringify(value)

const named = (node: Nodes) => `${node.type} ${shown(wordsOf(node).slice(0, 30))}`

const MUTATIONS: Readonly<Record<string, Mutation>> = {
  'set a text': (tree, dice) => {
    const node = dice.find(nodesIn(tree, 'text'))
    if (!node) return undefined
    const before = node.value
    const hostile = hostileText(dice)
    const at = dice.roll(before.length + 1)
    node.value = dice.pick([
      hostile,
      before + hostile,
      hostile + before,
      before.slice(0, at) + hostile + before.slice(at),
    ])
    return `${shown(before)} → ${shown(node.value)}`
  },

  'set an address': (tree, dice) => {
    const node = dice.find(nodesIn(tree, 'link', 'image', 'definition'))
    if (!node) return undefined
    node.url = hostileAddress(dice)
    return `${named(node)} ${shown(node.url)}`
  },

  'set a title': (tree, dice) => {
    const node = dice.find(nodesIn(tree, 'link', 'image', 'definition'))
    if (!node) return undefined
    node.title = hostileTitle(dice)
    return `${named(node)} ${shown(node.title)}`
  },

  'set an alt text': (tree, dice) => {
    const node = dice.find(nodesIn(tree, 'image', 'imageReference'))
    if (!node) return undefined
    node.alt = hostileText(dice)
    return shown(node.alt)
  },

  'rename a label': (tree, dice) => {
    const node = dice.find(nodesIn(tree, 'definition'))
    if (!node) return undefined
    const [from, to] = [node.identifier, readLabel(dice.pick(LABELS))]
    for (const each of nodesIn(tree, 'definition', 'linkReference', 'imageReference')) {
      if (labelId(each.identifier) === labelId(from)) Object.assign(each, to)
    }
    return `${from} → ${to.label}`
  },

  'point a reference elsewhere': (tree, dice, { chapter }) => {
    const node = dice.find(nodesIn(tree, 'linkReference', 'imageReference'))
    const to = dice.find(nodesIn(tree, 'definition'))
    if (!node || !to || chapter.isDefined(labelId(to.identifier))) return undefined
    const { label, identifier } = to
    Object.assign(node, { label, identifier })
    return `${named(node)} to ${label}`
  },

  'rename a footnote': (tree, dice) => {
    const node = dice.find(nodesIn(tree, 'footnoteDefinition'))
    if (!node) return undefined
    const [from, to] = [node.identifier, readFootnote(dice.pick(FOOTNOTES))]
    for (const each of nodesIn(tree, 'footnoteDefinition', 'footnoteReference')) {
      if (labelId(each.identifier) === labelId(from)) Object.assign(each, to)
    }
    return `${from} → ${to.label}`
  },

  'set code': (tree, dice) => {
    const node = dice.find(nodesIn(tree, 'code'))
    if (!node) return undefined
    node.value = hostileCode(dice)
    return shown(node.value)
  },

  'set the language of code': (tree, dice) => {
    const node = dice.find(nodesIn(tree, 'code'))
    if (!node) return undefined
    node.lang = hostileLanguage(dice)
    node.meta = node.lang === null ? null : hostileMeta(dice)
    return `${shown(node.lang)} ${shown(node.meta)}`
  },

  'set a code span': (tree, dice) => {
    const node = dice.find(nodesIn(tree, 'inlineCode'))
    if (!node) return undefined
    node.value = hostileCodeSpan(dice)
    return shown(node.value)
  },

  'set raw HTML': (tree, dice) => {
    const place = dice.find(placesOf(tree, 'html'))
    if (!place) return undefined
    place.node.value = holdsFlow(place.parent) ? blockHtml(dice) : inlineHtml(dice)
    return shown(place.node.value)
  },

  'set a depth': (tree, dice) => {
    const node = dice.find(nodesIn(tree, 'heading'))
    if (!node) return undefined
    node.depth = dice.pick([1, 2, 3, 4, 5, 6])
    return `${named(node)} ${node.depth}`
  },

  'set the attributes of a heading': (tree, dice) => {
    const node = dice.find(nodesIn(tree, 'heading'))
    if (!node) return undefined
    return setAttributes(node, dice)
  },

  'check a task': (tree, dice) => {
    const node = dice.find(
      nodesIn(tree, 'listItem').filter(({ children }) => children[0]?.type === 'paragraph'),
    )
    if (!node) return undefined
    node.checked = dice.pick([true, false, null])
    return `${named(node)} ${node.checked}`
  },

  'number a list': (tree, dice) => {
    const node = dice.find(nodesIn(tree, 'list'))
    if (!node) return undefined
    node.ordered = !node.ordered || dice.roll(2) === 0
    node.start = node.ordered ? dice.pick([1, 2, 0, 10, 999999999]) : null
    return `${named(node)} ${node.start}`
  },

  'delete a block': (tree, dice) => {
    const place = dice.find(placesIn(tree).filter(isFlow))
    if (!place) return undefined
    put(place.parent, place.index, 1)
    return named(place.node)
  },

  'delete an inline': (tree, dice) => {
    const place = dice.find(placesIn(tree).filter(isPhrasing))
    if (!place) return undefined
    put(place.parent, place.index, 1)
    return named(place.node)
  },

  'delete a list item': (tree, dice) => {
    const place = dice.find(placesOf(tree, 'listItem'))
    if (!place) return undefined
    put(place.parent, place.index, 1)
    return named(place.node)
  },

  'duplicate a node': (tree, dice) => {
    const place = dice.find(placesIn(tree).filter(isMovable))
    if (!place) return undefined
    const at = dice.roll(2) === 0 ? place.index + 1 : dice.roll(place.parent.children.length + 1)
    put(place.parent, Math.max(at, firstIndex(place.parent)), 0, copyOf(place.node))
    return `${named(place.node)} at ${at}`
  },

  'replace a node by its copy': (tree, dice) => {
    const place = dice.find(placesIn(tree))
    if (!place || place.node.type === 'yaml') return undefined
    put(place.parent, place.index, 1, copyOf(place.node))
    return named(place.node)
  },

  'move a node': (tree, dice) => {
    const place = dice.find(placesIn(tree).filter(isMovable))
    if (!place) return undefined
    put(place.parent, place.index, 1)
    const at = Math.max(dice.roll(place.parent.children.length + 1), firstIndex(place.parent))
    put(place.parent, at, 0, place.node)
    return `${named(place.node)} to ${at}`
  },

  'swap siblings': (tree, dice) => {
    const place = dice.find(placesIn(tree).filter(isMovable))
    const next = place?.parent.children[place.index + 1]
    if (!place || !next || next.type === 'mdbookDirective') return undefined
    put(place.parent, place.index, 2, next, place.node)
    return `${named(place.node)} and ${named(next)}`
  },

  'move a block elsewhere': (tree, dice) => {
    const place = dice.find(placesIn(tree).filter(isFlow))
    if (!place) return undefined
    put(place.parent, place.index, 1)
    const host = dice.find(flowHosts(tree).filter((each) => !contains(place.node, each)))
    if (!host) return undefined
    const at = Math.max(dice.roll(host.children.length + 1), firstIndex(host))
    put(host, at, 0, place.node)
    return `${named(place.node)} to ${at} of ${named(host)}`
  },

  'insert a block': (tree, dice) => {
    const host = dice.find(flowHosts(tree))
    if (!host) return undefined
    const at = Math.max(dice.roll(host.children.length + 1), firstIndex(host))
    const block = newBlock(tree, dice)
    put(host, at, 0, block)
    return `${shown(block)} at ${at} of ${named(host)}`
  },

  'insert an inline': (tree, dice) => {
    const place = dice.find(phrasingHosts(tree))
    if (!place) return undefined
    const host = place.node
    const at = dice.roll(host.children.length + 1)
    const chain = [...place.above, host]
    const inside = { node: host, parent: host, index: at, above: chain }
    const inline = newInline(tree, dice, { links: !isInLink(inside), breaks: !isOneLine(inside) })
    put(host, at, 0, inline)
    return `${shown(inline)} at ${at} of ${named(host)}`
  },

  'insert a list item': (tree, dice) => {
    const list = dice.find(nodesIn(tree, 'list'))
    if (!list) return undefined
    const at = dice.roll(list.children.length + 1)
    const block = newBlock(tree, dice)
    put(list, at, 0, { type: 'listItem', spread: false, checked: null, children: [block] })
    return `${shown(block)} at ${at} of ${named(list)}`
  },

  'insert what another text says': (tree, dice, world) => {
    const host = dice.find(flowHosts(tree))
    const text = dice.find(world.others)
    if (!host || text === undefined) return undefined
    const at = Math.max(dice.roll(host.children.length + 1), firstIndex(host))
    put(host, at, 0, ...blocksOf(text, world))
    return `${shown(text)} at ${at} of ${named(host)}`
  },

  'wrap blocks': (tree, dice) => {
    const place = dice.find(placesIn(tree).filter(isFlow))
    if (!place) return undefined
    const many = 1 + dice.roll(3)
    const wrapped = place.parent.children
      .slice(place.index, place.index + many)
      .filter((node) => node.type !== 'mdbookDirective')
    const ordered = dice.roll(2) === 1
    const spread = wrapped.length > 1
    const item = parentOf('listItem', { spread, checked: null }, wrapped)
    const list = parentOf('list', { ordered, start: ordered ? 1 : null, spread: false }, [item])
    const quote = parentOf('blockquote', {}, wrapped)
    const wrapper = dice.pick([quote, list])
    put(place.parent, place.index, wrapped.length, wrapper)
    return `${wrapped.length} from ${named(place.node)} in a ${wrapper.type}`
  },

  'unwrap a block': (tree, dice) => {
    const place = dice.find(placesOf(tree, 'blockquote', 'list'))
    if (!place) return undefined
    const { node } = place
    const inner = node.type === 'list' ? node.children.flatMap(({ children }) => children) : node.children
    put(place.parent, place.index, 1, ...inner)
    return named(node)
  },

  'wrap inlines': (tree, dice) => {
    const place = dice.find(placesIn(tree).filter(isPhrasing))
    if (!place) return undefined
    const children = place.parent.children.slice(place.index, place.index + 1 + dice.roll(3))
    const isLinked = isInLink(place) || children.some((node) => holds(node, isLink))
    const isDeleted = [...place.above, ...children].some((node) =>
      holds(node, ({ type }) => type === 'delete'),
    )
    const type = dice.pick<Nodes['type']>([
      'emphasis',
      'strong',
      isDeleted ? 'strong' : 'delete',
      isLinked ? 'emphasis' : 'link',
    ])
    const link = { url: hostileAddress(dice), title: null }
    put(place.parent, place.index, children.length, parentOf(type, type === 'link' ? link : {}, children))
    return `${children.length} from ${named(place.node)} in ${type}`
  },

  'unwrap an inline': (tree, dice) => {
    const place = dice.find(placesOf(tree, 'emphasis', 'strong', 'delete', 'link', 'linkReference'))
    if (!place) return undefined
    put(place.parent, place.index, 1, ...place.node.children)
    return named(place.node)
  },

  'insert a row': (tree, dice) => {
    const table = dice.find(nodesIn(tree, 'table'))
    if (!table) return undefined
    const at = dice.roll(table.children.length + 1)
    const children = Array.from({ length: columnsOf(table) }, () => newCell(tree, dice))
    put(table, at, 0, { type: 'tableRow', children })
    return `${shown(children)} at ${at} of ${named(table)}`
  },

  'delete a row': (tree, dice) => {
    const table = dice.find(nodesIn(tree, 'table'))
    if (!table || table.children.length < 2) return undefined
    const at = dice.roll(table.children.length)
    const [gone, head] = [table.children[at], table.children[at === 0 ? 1 : 0]]
    if (!gone || !head) return undefined
    while (head.children.length < columnsOf(table)) head.children.push({ type: 'tableCell', children: [] })
    put(table, at, 1)
    return named(gone)
  },

  'insert a column': (tree, dice) => {
    const table = dice.find(nodesIn(tree, 'table'))
    if (!table) return undefined
    const at = dice.roll(columnsOf(table) + 1)
    table.align?.splice(at, 0, dice.pick([null, 'left', 'right', 'center'] as const))
    for (const row of table.children) if (row.children.length >= at) put(row, at, 0, newCell(tree, dice))
    return `at ${at} of ${named(table)}`
  },

  'delete a column': (tree, dice) => {
    const table = dice.find(nodesIn(tree, 'table').filter((each) => columnsOf(each) > 1))
    if (!table) return undefined
    const at = dice.roll(columnsOf(table))
    table.align?.splice(at, 1)
    for (const row of table.children) put(row, at, 1)
    return `${at} of ${named(table)}`
  },

  'align a column': (tree, dice) => {
    const table = dice.find(nodesIn(tree, 'table'))
    if (!table?.align) return undefined
    table.align[dice.roll(table.align.length)] = dice.pick(['left', 'right', 'center', null] as const)
    return `${named(table)} ${shown(table.align)}`
  },

  'make a quote of a fence': (tree, dice, world) => {
    const place = dice.find(placesOf(tree, 'code'))
    if (!place) return undefined
    const title: Nodes = { type: 'paragraph', children: [{ type: 'text', value: '[!NOTE]' }] }
    const quote = parentOf('blockquote', {}, [title, ...blocksOf(place.node.value, world)])
    put(place.parent, place.index, 1, quote)
    return shown(place.node.value)
  },

  'make a reference of a link': (tree, dice) => {
    const place = dice.find(placesOf(tree, 'link'))
    if (!place) return undefined
    const { url, title, children } = place.node
    const to = readLabel(dice.pick(LABELS))
    if (nodesIn(tree, 'definition').some(({ identifier }) => labelId(identifier) === labelId(to.identifier)))
      return undefined
    const node: LinkReference = { type: 'linkReference', ...to, referenceType: 'full', children }
    put(place.parent, place.index, 1, node)
    tree.children.push({ type: 'definition', ...to, url, title: title ?? null })
    return `${named(place.node)} ${to.label}`
  },

  'make a link of a reference': (tree, dice) => {
    const place = dice.find(placesOf(tree, 'linkReference'))
    const id = place && labelId(place.node.identifier)
    const found = nodesIn(tree, 'definition').find(({ identifier }) => labelId(identifier) === id)
    if (!place || !found) return undefined
    const node: Link = {
      type: 'link',
      url: found.url,
      title: found.title ?? null,
      children: place.node.children,
    }
    put(place.parent, place.index, 1, node)
    return `${named(place.node)} ${found.url}`
  },

  'merge blocks': (tree, dice) => {
    const place = dice.find(placesIn(tree).filter(hasTwin))
    const next = place?.parent.children[place.index + 1]
    if (!place || !next || !('children' in place.node) || !('children' in next)) return undefined
    put(place.node, place.node.children.length, 0, ...next.children)
    put(place.parent, place.index + 1, 1)
    return `${named(place.node)} and ${named(next)}`
  },

  'split a block': (tree, dice) => {
    const place = dice.find(placesOf(tree, 'paragraph', 'list', 'blockquote', 'emphasis'))
    if (!place || place.node.children.length < 2) return undefined
    const { node } = place
    const behind: Nodes[] = node.children.splice(1 + dice.roll(node.children.length - 1))
    put(place.parent, place.index + 1, 0, parentOf(node.type, { ...copyOf(node) }, behind))
    return named(node)
  },

  'make a heading of a paragraph': (tree, dice) => {
    const place = dice.find(placesOf(tree, 'paragraph').filter(isFlow))
    if (!place) return undefined
    const children = place.node.children.filter(({ type }) => type !== 'break')
    const heading: Heading = { type: 'heading', depth: dice.pick([2, 1, 3]), children }
    put(place.parent, place.index, 1, heading)
    return named(heading)
  },
}

/** Changes of what is there already stand for most of what authors do. */
const OFTEN = new Set(['set a text', 'insert a block', 'insert an inline', 'replace a node by its copy'])

const DRAWN = Object.keys(MUTATIONS).flatMap((name) => (OFTEN.has(name) ? [name, name, name] : [name]))

function setAttributes(node: Heading, dice: Dice): string {
  const name = dice.pick(NAMES)
  const known = node.attributes ?? { id: undefined, classes: [], others: [] }
  switch (dice.roll(4)) {
    case 0:
      node.attributes = { ...known, id: name }
      break
    case 1:
      node.attributes = { ...known, classes: [...known.classes, name] }
      break
    case 2:
      node.attributes = { ...known, others: [`${name}=x`] }
      break
    default:
      delete node.attributes
  }
  return `${named(node)} ${shown(node.attributes)}`
}

/** What another text says, as the book around it reads it. */
function blocksOf(text: string, { chapter }: World): Nodes[] {
  const read = withOrigins(parseChapter('other.md', text.replace(/^\uFEFF/, ''), chapter.isDefined))
  return read.tree.children.filter(({ type }) => type !== 'yaml')
}

/** A deep copy that nobody knows the origin of. */
export function copyOf<Node extends Nodes>(node: Node): Node {
  return JSON.parse(JSON.stringify(node, (key, value) => (key === 'position' ? undefined : value)))
}

/** Table cells are moved by column. */
function isMovable(place: Place): boolean {
  const { type } = place.node
  return isFlow(place) || isPhrasing(place) || type === 'listItem'
}

/** Front matter stays at the front. */
function firstIndex(parent: Parents): number {
  return parent.children[0]?.type === 'yaml' ? 1 : 0
}

const MERGED = new Set(['blockquote', 'emphasis', 'list', 'listItem', 'paragraph', 'strong'])

function hasTwin({ node, parent, index }: Place): boolean {
  return MERGED.has(node.type) && parent.children[index + 1]?.type === node.type
}

function columnsOf(table: Table): number {
  return table.children[0]?.children.length ?? 0
}

function isLink({ type }: Nodes): boolean {
  return type === 'link' || type === 'linkReference'
}

function contains(node: Nodes, inner: Nodes): boolean {
  return holds(node, (each) => each === inner)
}

function holds(node: Nodes, test: (node: Nodes) => boolean): boolean {
  return test(node) || ('children' in node && node.children.some((child) => holds(child, test)))
}
