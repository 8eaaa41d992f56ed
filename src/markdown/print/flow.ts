/** Blocks with blocks in them → text: what stays is source, moved to where it stands now. */
import type { List, ListItem, Nodes, Parents } from 'mdast'
import type { Handle, Options } from 'mdast-util-to-markdown'
import { labelSource } from '../label-source.ts'
import { originOf } from '../origin.ts'
import { endOf, startOf } from '../parse.ts'
import { print } from './blocks.ts'
import { containersOf, contentIn, prefixEnd } from './content.ts'
import { blankLines, isLoose } from './gaps.ts'
import { leafText } from './leaf.ts'
import { indentOf, itemHandler, listHandler, markerOf } from './lists.ts'
import { childrenNow, isIntact } from './now.ts'
import { lineStart } from './prefix.ts'
import { levelOf, type Press } from './press.ts'

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
  return print(press, host, { join: [blankLines], handlers: handlersFor(press, host, asIs) })
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
  return print(own, host, {
    join: [blankLines],
    handlers: { ...handlers, list: hostOr(host, asIs, handlers.list) },
  })
}

function hostOr(host: Nodes, asIs: Handle, other: Handle | null | undefined): Handle {
  return (node: Nodes, parent, state, info) =>
    (node === host ? asIs : (other ?? asIs))(node, parent, state, info)
}

/** The text of one block. */
export function blockText(press: Press, node: Nodes): string {
  return flowText(press, [node], { parent: { type: 'root', children: [] } })
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
