/** Lists and items: their markers, and what stands behind them. */
import type { List, ListItem, Parents } from 'mdast'
import type { Handle } from 'mdast-util-to-markdown'
import { originOf } from '../origin.ts'
import { startOf } from '../parse.ts'
import { isLoose } from './gaps.ts'
import { MARKER } from './habits.ts'
import { childrenNow, isKept } from './now.ts'
import type { Press } from './press.ts'
import { Refusal } from './refusal.ts'

/** Prints a list: with its own marker where it has one, and another than that of a list right before it. */
export function listHandler(press: Press): Handle {
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

/** Prints an item of a list, behind the marker that its list has. */
export function itemHandler(press: Press): Handle {
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
    throw new Refusal(
      node,
      'only an item that begins with a paragraph can have a box; without one, checked is null',
    )
  // Raw HTML that begins with spaces keeps them only on a line of its own.
  const below = first?.type === 'html' && text.startsWith(' ') ? '\n' : ''
  const lines = (box === '' ? below + text : `${box} ${text}`).split('\n')
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

/** Spaces behind the markers of a list that was read. */
export function indentOf(list: List): number | undefined {
  const origin = originOf(list)
  const item = origin?.children[0]
  const found = origin && item && MARKER.exec(origin.chapter.text.slice(startOf(item), startOf(item) + 16))
  return found && /^ {1,4}$/.test(found[4] ?? '') ? found[4]?.length : undefined
}

/** CommonMark 0.31.2, 5.2: a number has nine digits at most. */
export const MOST = 999_999_999
