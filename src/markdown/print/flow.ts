/** Blocks with blocks in them → text: what stays is source, moved to where it stands now. */
import type { List, ListItem, Nodes, Parents } from 'mdast'
import type { Handle, Options } from 'mdast-util-to-markdown'
import { labelSource, spreadOf } from '../asked.ts'
import { originOf } from '../origin.ts'
import { endOf, startOf } from '../parse.ts'
import { print } from './blocks.ts'
import { containersOf, contentIn, prefixEnd } from './content.ts'
import { MARKER } from './habits.ts'
import { leafText } from './leaf.ts'
import { childrenNow, isIntact, isKept } from './now.ts'
import { lineStart } from './prefix.ts'
import { levelOf, type Press } from './press.ts'
import { Refusal } from './refusal.ts'

/** What a run of new blocks has to keep clear of. */
export interface Beside {
  /** The node that they stand in. */
  readonly parent: Nodes
  /** The bullet or delimiter of the list right before them, if there is one. */
  readonly marker?: string | undefined
}

/** The text of blocks beside each other, with the blank lines between them. */
export function flowText(press: Press, nodes: readonly Nodes[], beside: Beside): string {
  const spread = isLoose(beside.parent)
  const host = {
    type: 'blockquote',
    children: nodes,
    ...(spread === undefined ? {} : { spread }),
  } as unknown as Nodes
  const asIs: Handle = (node: Parents, _, state, info) => {
    state.bulletLastUsed = beside.marker
    return state.containerFlow(node as Parameters<typeof state.containerFlow>[0], info)
  }
  return print(press, host, { ...JOIN, handlers: handlersFor(press, host, asIs) })
}

/**
 * The text of new items of a list.
 *
 * @param list that they stand in
 * @param start the number of the first, if the list has numbers
 */
export function itemsText(press: Press, list: List, items: readonly ListItem[], start: number): string {
  const sign = press.signs.get(list) ?? markerOf(list)
  const habits = { ...press.habits, indent: indentOf(list) ?? press.habits.indent }
  const host: List = { ...list, start, spread: isLoose(list) ?? false, children: [...items] }
  const own: Press = { ...press, habits }
  const asIs: Handle = (node: Parents, _, state, info) => {
    state.bulletCurrent = sign
    return state.containerFlow(node as Parameters<typeof state.containerFlow>[0], info)
  }
  const handlers = handlersFor(own, host, asIs)
  return print(own, host, { ...JOIN, handlers: { ...handlers, list: hostOr(host, asIs, handlers.list) } })
}

function hostOr(host: Nodes, asIs: Handle, other: Handle | null | undefined): Handle {
  return (node: Nodes, parent, state, info) =>
    (node === host ? asIs : (other ?? asIs))(node, parent, state, info)
}

/** Spaces behind the markers of a list that was read. */
function indentOf(list: List): number | undefined {
  const origin = originOf(list)
  const item = origin?.children[0]
  const found = origin && item && MARKER.exec(origin.chapter.text.slice(startOf(item), startOf(item) + 16))
  return found && /^ {1,4}$/.test(found[4] ?? '') ? found[4]?.length : undefined
}

/** The text of one block. */
export function blockText(press: Press, node: Nodes): string {
  return flowText(press, [node], { parent: { type: 'root', children: [] } })
}

/** Whether what stands in a node is apart; `undefined` where it always is. */
export function isLoose(parent: Nodes): boolean | undefined {
  return parent.type === 'list' || parent.type === 'listItem' ? spreadOf(parent) : undefined
}

const LEAVES = [
  'code',
  'definition',
  'heading',
  'html',
  'mdbookDirective',
  'paragraph',
  'table',
  'thematicBreak',
  'yaml',
] as const

function handlersFor(press: Press, host: Nodes, asIs: Handle): NonNullable<Options['handlers']> {
  const leaf: Handle = (node: Nodes) => leafText(press, node)
  const handlers = Object.fromEntries(LEAVES.map((type) => [type, leaf]))
  const quote: Handle = (node: Nodes, parent, state, info) => {
    if (node === host) return asIs(node, parent, state, info)
    const exit = state.enter('blockquote')
    const value = state.indentLines(
      state.containerFlow(
        { ...node, children: childrenNow(node) } as Parameters<typeof state.containerFlow>[0],
        info,
      ),
      (line, _, blank) => `>${blank ? '' : ' '}${line}`,
    )
    exit()
    return value
  }
  return {
    ...handlers,
    blockquote: kept(press, quote, host),
    footnoteDefinition: kept(
      press,
      (node: Nodes, _, state, info) => {
        if (node.type !== 'footnoteDefinition') return ''
        const text = state.containerFlow({ ...node, children: childrenNow(node) } as never, info)
        const lines = state.indentLines(text, (line, index, blank) =>
          index === 0 || blank ? line : `    ${line}`,
        )
        return `[^${labelSource(node)}]:${lines === '' ? '' : ` ${lines}`}`
      },
      host,
    ),
    list: kept(press, listHandler(press), host),
    listItem: kept(press, itemHandler(press), host),
  }
}

/** A block that stays as it was is printed as its source; so much of its indent comes with it as all its lines have. */
function kept(press: Press, handle: Handle, host: Nodes): Handle {
  return (node: Nodes, parent, state, info) => {
    const isWhole = node.type !== 'listItem' && node !== host && levelOf(press, node) !== 'plain'
    const origin = isWhole && isIntact(node) ? originOf(node) : undefined
    if (!origin || (node.type === 'list' && markerOf(node) === state.bulletLastUsed))
      return handle(node, parent, state, info)
    if (node.type === 'list') {
      state.bulletLastUsed = markerOf(node)
      press.signs.set(node, state.bulletLastUsed ?? '')
    }
    return contentWithIndent(node)
  }
}

/** The content of a block from where its line begins. */
function contentWithIndent(node: Nodes): string {
  const origin = originOf(node)
  if (!origin) return ''
  const depth = containersOf(node).length
  const { chapter } = origin
  const start = startOf(node)
  const line = prefixEnd(chapter, lineStart(chapter.text, start), depth)
  const from = line <= start && /^[ \t]*$/.test(chapter.text.slice(line, start)) ? line : start
  return contentIn(chapter, { start: from, end: endOf(node) }, depth).text
}

/** The bullet of a list, or what stands behind its numbers; `undefined` for one that was not read. */
export function markerOf(node: List): string | undefined {
  const origin = originOf(node)
  const item = origin?.children[0]
  const found = origin && item && MARKER.exec(origin.chapter.text.slice(startOf(item), startOf(item) + 16))
  return found?.[2] ?? found?.[3]
}

const OTHER_MARKER: Readonly<Record<string, string>> = { '*': '-', '+': '-', '-': '*', '.': ')', ')': '.' }

/** Another marker for a list than the one beside it has. */
export function otherMarker(marker: string): string {
  return OTHER_MARKER[marker] ?? '-'
}

function listHandler(press: Press): Handle {
  return (node: List, _, state, info) => {
    const own = isKept(node) ? markerOf(node) : undefined
    const fits = own !== undefined && /[.)]/.test(own) === (node.ordered === true)
    const marker = fits ? own : node.ordered ? press.habits.delimiter : press.habits.bullet
    const outer = state.bulletCurrent
    state.bulletCurrent = marker === state.bulletLastUsed ? otherMarker(marker) : marker
    const marked = state.bulletCurrent
    press.signs.set(node, marked)
    const exit = state.enter('list')
    const children = childrenNow(node)
    const spread = isLoose(node)
    const value = state.containerFlow(
      { ...node, spread, children } as Parameters<typeof state.containerFlow>[0],
      info,
    )
    exit()
    state.bulletCurrent = outer
    state.bulletLastUsed = marked
    return value
  }
}

/** CommonMark 0.31.2, 5.2: a number has nine digits at most. */
export const MOST = 999_999_999

function itemHandler(press: Press): Handle {
  return (node: ListItem, parent: Parents | undefined, state, info) => {
    const list = parent?.type === 'list' ? parent : undefined
    const index = list ? list.children.indexOf(node) : 0
    const counts = press.habits.counts
    const number = (list?.start ?? 1) + (counts ? Math.max(index, 0) : 0)
    const sign = state.bulletCurrent ?? press.habits.bullet
    const marker = list?.ordered ? `${Math.min(number, MOST)}${sign}` : sign
    return itemText(press, node, marker, press.habits.indent, (item) =>
      state.containerFlow(item as Parameters<typeof state.containerFlow>[0], info),
    )
  }
}

/**
 * An item behind a marker.
 *
 * @param print prints what is in it
 */
function itemText(
  { levels }: Press,
  node: ListItem,
  marker: string,
  indent: number,
  print: (item: ListItem) => string,
): string {
  const children = childrenNow(node) as ListItem['children']
  const spread = isLoose(node) ?? false
  const exact = levels.get(node) !== 'plain'
  const first = children[0]
  const all = print({ ...node, spread, children })
  const text = first?.type === 'thematicBreak' ? withOtherRule(all, marker) : all
  const isCode = first?.type === 'code' && /^ {4}/.test(text)
  const space = exact && !isCode ? indent : 1
  const box = typeof node.checked === 'boolean' ? (node.checked ? '[x]' : '[ ]') : ''
  if (box !== '' && first?.type !== 'paragraph')
    throw new Refusal(node, 'only an item that begins with a paragraph can have a box')
  const lines = (box === '' ? text : `${box} ${text}`).split('\n')
  const width = ' '.repeat(marker.length + space)
  return lines
    .map((line, index) => {
      if (index > 0) return line === '' ? '' : width + line
      return line === '' ? marker : marker + ' '.repeat(space) + line
    })
    .join('\n')
}

/** A rule right behind a bullet of the same sign would be one rule with it. */
function withOtherRule(text: string, marker: string): string {
  const [rule = ''] = text.split('\n')
  return rule.trim().startsWith(marker) ? (marker === '*' ? '---' : '***') + text.slice(rule.length) : text
}

const JOIN: Options = {
  join: [
    (left, right, parent) => {
      const own = ownGap(left, right)
      const loose = isLoose(parent)
      if (own !== undefined) return loose === undefined ? own : loose ? Math.max(own, 1) : 0
      return right.type === 'code' && left.type === 'list' ? 1 : undefined
    },
  ],
}

/** How many blank lines there are between two blocks that were beside each other and still are. */
function ownGap(left: Nodes, right: Nodes): number | undefined {
  const [one, two] = [originOf(left), originOf(right)]
  if (!one || !two || !one.parent || one.parent !== two.parent) return undefined
  const siblings = originOf(one.parent)?.children ?? []
  if (siblings[siblings.indexOf(left) + 1] !== right) return undefined
  if (!isIntact(left) || !isIntact(right)) return undefined
  const between = one.chapter.text.slice(endOf(left), startOf(right))
  return Math.max((between.match(/\r\n|\n|\r/g)?.length ?? 1) - 1, 0)
}
