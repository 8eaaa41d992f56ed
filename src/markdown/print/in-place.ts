/** A block that stays where it is → edits: of what it says, and of what stands in it. */
import type { FootnoteDefinition, List, ListItem, Nodes } from 'mdast'
import type { Edit } from '../../model.ts'
import { labelOf, labelSource } from '../label-source.ts'
import { originOf } from '../origin.ts'
import { endOf, startOf } from '../parse.ts'
import { childEdits } from './children.ts'
import { contentOf, toSourceEdits } from './content.ts'
import { editsBetween } from './difference.ts'
import { blockText, itemsText } from './flow.ts'
import { MARKER } from './habits.ts'
import { leafText } from './leaf.ts'
import { MOST, markerOf } from './lists.ts'
import { childrenNow, isIntact, keptChildren } from './now.ts'
import { prefixAround } from './prefix.ts'
import { levelOf, type Press } from './press.ts'
import { Refusal } from './refusal.ts'

/** The edits of a block that is still of its kind and where it was. */
export function editsInPlace(press: Press, node: Nodes): Edit[] {
  const isTouched = levelOf(press, node) !== 'edit' || press.signs.has(node)
  if (!isTouched && isIntact(node)) return []
  switch (node.type) {
    case 'root':
      return childEdits(press, node, editsInPlace)
    case 'blockquote':
      return reprinted(press, node) ?? childEdits(press, node, editsInPlace)
    case 'footnoteDefinition':
      return (
        reprinted(press, node) ?? [...footnoteLabel(press, node), ...childEdits(press, node, editsInPlace)]
      )
    case 'list':
      return reprinted(press, node) ?? listEdits(press, node)
    case 'listItem':
      return [...boxEdits(press, node), ...childEdits(press, node, editsInPlace)]
    default:
      return written(press, node, leafText(press, node))
  }
}

/** Edits that write a container anew, where less was not enough or would not do. */
function reprinted(press: Press, node: Nodes): Edit[] | undefined {
  const before = originOf(node)
  const isEmptied = node.type !== 'root' && before?.children.length === 0
  const isOther = (key: string) =>
    key in node && (node as unknown as Record<string, unknown>)[key] !== before?.fields[key]
  const isReshaped =
    node.type === 'list' &&
    (isOther('ordered') ||
      isSpread(node) ||
      node.children.some((item) => isSpread(item)) ||
      isRewidened(press, node))
  if (levelOf(press, node) === 'edit' && !isEmptied && !isReshaped) return undefined
  return written(press, node, blockText(press, node))
}

/** Whether an author said that a list or an item is to be looser or tighter than it was. */
function isSpread(node: List | ListItem): boolean {
  const origin = originOf(node)
  const isChange =
    origin !== undefined && typeof node.spread === 'boolean' && node.spread !== origin.fields['spread']
  return isChange && childrenNow(node).length > 1
}

function written(press: Press, node: Nodes, text: string): Edit[] {
  const content = contentOf(press.chapter, node)
  const prefix = prefixAround(press.chapter, node)
  // Space at the end of a block says nothing, but in code, and stays.
  const space = node.type === 'code' ? '' : (/(?<![ \t])[ \t]+$/.exec(content.text)?.[0] ?? '')
  const before = text.endsWith(space) ? content.text : content.text.slice(0, -space.length)
  return [...toSourceEdits(content, editsBetween(before, text), prefix, press.eol)]
}

function footnoteLabel(press: Press, node: FootnoteDefinition): Edit[] {
  const before = originOf(node)?.fields['label']
  if (typeof before !== 'string' || before === labelOf(node)) return []
  const start = startOf(node) + 2
  const end = press.chapter.text.indexOf(']:', start)
  return [{ start, end, text: labelSource(node) }]
}

function boxEdits({ chapter }: Press, node: ListItem): Edit[] {
  const before = originOf(node)?.fields['checked']
  const checked = node.checked ?? undefined
  if (before === checked) return []
  const item = chapter.text.slice(startOf(node), endOf(node))
  const marker = MARKER.exec(item)?.[0] ?? ''
  const box = /^\[[ \tXx]\][ \t]?/.exec(item.slice(marker.length))?.[0] ?? ''
  const start = startOf(node) + marker.length
  if (checked === undefined) return [{ start, end: start + box.length, text: '' }]
  if (childrenNow(node)[0]?.type !== 'paragraph')
    throw new Refusal(
      node,
      'only an item that begins with a paragraph can have a box; without one, checked is null',
    )
  const mark = checked ? 'x' : ' '
  return before === undefined
    ? [{ start, end: start, text: `[${mark}] ` }]
    : [{ start: start + 1, end: start + 2, text: mark }]
}

/** Items, and the markers of those that stay. */
function listEdits(press: Press, node: List): Edit[] {
  const markers = markersOf(press, node)
  const edits = childEdits(press, node, editsInPlace, (items, index) =>
    itemsText(press, node, items as ListItem[], numberingOf(press, node)(index)),
  )
  return [...edits, ...markers.filter(({ old, text }) => old !== text)]
}

interface Marker extends Edit {
  readonly old: string
  readonly item: Nodes
}

/** The markers of the items that stay, as they are to be. */
function markersOf(press: Press, node: List): Marker[] {
  const origin = originOf(node)
  const sign = press.signs.get(node) ?? markerOf(node) ?? ''
  if (!origin) return []
  const now = childrenNow(node)
  const numberOf = numberingOf(press, node)
  return keptChildren(origin.children, now).flatMap((pair) => {
    const item = now[pair.now]
    if (!item) return []
    const start = startOf(item)
    const found = MARKER.exec(press.chapter.text.slice(start, start + 16))
    if (!found) return []
    const [, digits, delimiter, bullet] = found
    const old = delimiter === undefined ? (bullet ?? '') : `${digits}${delimiter}`
    const isMoved =
      node.start !== origin.fields['start'] ||
      now.length !== origin.children.length ||
      pair.now !== pair.before
    const number = isMoved ? String(numberOf(pair.now, Number(digits))) : (digits ?? '')
    const same = Number(number) === Number(digits) ? (digits ?? '') : number
    const text = delimiter === undefined ? sign : `${same}${sign}`
    return [{ start, end: start + old.length, text, old, item }]
  })
}

/** Whether a marker becomes longer or shorter, and lines behind it would have to move. */
function isRewidened(press: Press, node: List): boolean {
  return markersOf(press, node).some(
    ({ old, text, item }) =>
      old.length !== text.length && /[\r\n]/.test(press.chapter.text.slice(startOf(item), endOf(item))),
  )
}

/**
 * The numbers of a list's items: a list that counts goes on counting.
 *
 * @returns the number of an item by its place as the list is now, and the number that it has, if it has one
 */
function numberingOf({ chapter, habits }: Press, node: List): (index: number, own?: number) => number {
  const start = node.start ?? 1
  const numbers = (originOf(node)?.children ?? []).map((item) =>
    Number(MARKER.exec(chapter.text.slice(startOf(item), startOf(item) + 16))?.[1]),
  )
  const [first = 1, second] = numbers
  const isSame = second !== undefined && numbers.every((number) => number === first)
  const isCounting =
    second === undefined ? habits.counts : numbers.every((number, at) => number === first + at)
  return (index, own) => {
    if (isSame) return start
    if (isCounting || own === undefined) return Math.min(start + index, MOST)
    return index === 0 ? start : own
  }
}
