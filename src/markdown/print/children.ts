/** The blocks in a container → edits: those that stay are edited in place, and only the gaps between them are written. */
import type { List, Nodes } from 'mdast'
import type { Edit } from '../../model.ts'
import { cannotTouch } from '../looseness.ts'
import { originOf } from '../origin.ts'
import { type Chapter, endOf, startOf } from '../parse.ts'
import { containersOf, contentIn, indented, prefixEnd, toSourceEdits } from './content.ts'
import { editsBetween } from './difference.ts'
import { flowText } from './flow.ts'
import { areDefinitions, isLoose } from './gaps.ts'
import { markerOf, otherMarker } from './lists.ts'
import { childrenNow, keptChildren } from './now.ts'
import { lineStart, prefixWithin } from './prefix.ts'
import type { Press } from './press.ts'

/** What became of the blocks between two that stay. */
interface Gap {
  readonly left: Nodes | undefined
  readonly right: Nodes | undefined
  readonly removed: readonly Nodes[]
  readonly added: readonly Nodes[]
  /** Where the first of those added stands now. */
  readonly index: number
}

/**
 * Edits of what stands in a container that stays.
 *
 * @param editChild edits of a block that stays
 * @param printed the text of blocks that are new here
 */
export function childEdits(
  press: Press,
  node: Nodes,
  editChild: (press: Press, child: Nodes) => Edit[],
  printed?: (added: readonly Nodes[], index: number) => string,
): Edit[] {
  const before = originOf(node)?.children ?? []
  const now = childrenNow(node)
  const kept = keptChildren(before, now)
  const gaps: Gap[] = [...kept, undefined].flatMap((pair, position) => {
    const last = kept[position - 1]
    const [from, since] = last ? [last.before + 1, last.now + 1] : [0, 0]
    return oneByOne(press, {
      left: last && now[last.now],
      right: pair && now[pair.now],
      removed: before.slice(from, pair?.before ?? before.length),
      added: now.slice(since, pair?.now ?? now.length),
      index: since,
    })
  })
  // Twice through: what is written in a gap decides on the marker of a list behind it.
  const written = gaps.map((gap) => {
    const { left, right, removed, added, index } = gap
    if (removed.length + added.length === 0) return []
    const marker = left?.type === 'list' ? signOf(press, left) : undefined
    const text =
      added.length === 0 ? '' : (printed?.(added, index) ?? flowText(press, added, { parent: node, marker }))
    const before = added.at(-1) ?? left
    if (right) keepApart(press, before, right, node)
    return [...gapEdits(press, node, gap, text), ...unindented(press, before, right)]
  })
  return gaps.flatMap(({ right }, position) => [
    ...(written[position] ?? []),
    ...(right ? editChild(press, right) : []),
  ])
}

/** Where as many blocks come as go, each takes the place of one, and what stands between them stays. */
function oneByOne({ chapter }: Press, gap: Gap): Gap[] {
  const { left, right, removed, added, index } = gap
  const isApart = removed.every((block, place) => {
    const next = removed[place + 1]
    return next === undefined || hasBlank(chapter, endOf(block), startOf(next))
  })
  const isPlain = added.every(({ type }) => type !== 'list' && type !== 'listItem')
  if (removed.length < 2 || removed.length !== added.length || !isApart || !isPlain) return [gap]
  return removed.map((block, place) => ({
    left: place === 0 ? left : undefined,
    right: place === removed.length - 1 ? right : undefined,
    removed: [block],
    added: added.slice(place, place + 1),
    index: index + place,
  }))
}

function signOf({ signs }: Press, list: List): string | undefined {
  return signs.get(list) ?? markerOf(list)
}

/** Two lists that come to stand beside each other must not be one, nor indented code the text of an item. */
function keepApart(press: Press, left: Nodes | undefined, right: Nodes, parent: Nodes): void {
  if (!left) return
  if (left.type === 'list' && right.type === 'list') {
    const sign = signOf(press, left)
    if (sign !== undefined && sign === signOf(press, right)) press.signs.set(right, otherMarker(sign))
  }
  const isUnderline = right.type === 'thematicBreak' && press.chapter.text.charAt(startOf(right)) === '-'
  if (left.type === 'paragraph' && isUnderline && isLoose(parent) === false) press.levels.set(right, 'plain')
  const isIndented = right.type === 'code' && /^[ \t]/.test(press.chapter.text.slice(startOf(right)))
  if (isIndented && (left.type === 'list' || left.type === 'footnoteDefinition'))
    press.levels.set(right, 'plain')
}

/** What is indented by less than four spaces would be the text of an item that comes to stand before it. */
function unindented({ chapter }: Press, left: Nodes | undefined, right: Nodes | undefined): Edit[] {
  const isTaken = left?.type === 'list' || left?.type === 'footnoteDefinition'
  if (!isTaken || !right || right.type === 'listItem') return []
  const [start, end] = [blockStart(chapter, right), startOf(right)]
  return start < end ? [{ start, end, text: '' }] : []
}

function gapEdits(press: Press, node: Nodes, gap: Gap, printed: string): Edit[] {
  const { chapter, eol } = press
  const { left, right, removed, added } = gap
  const own = node.type === 'list' ? indentOf(chapter, removed[0] ?? left ?? right) : ''
  const prefix = prefixWithin(chapter, node) + own
  const text = own + indented(printed, prefix, eol)
  const line = `${eol}${prefixWithin(chapter, node)}`
  const blank = `${eol}${prefix.trimEnd()}${line}`
  const [first, last] = [removed[0], removed.at(-1)]
  const [head, tail] = [added[0], added.at(-1)]
  const between = (one: Nodes, other: Nodes) => (needsBlank(press, one, other, node) ? blank : line)

  if (!head || !tail) {
    if (!first || !last) return []
    if (left && right) return [removal(press, node, gap, blank)]
    if (left) return [{ start: lineEnd(chapter, endOf(left)), end: endOf(last), text: '' }]
    const end = right ? blockStart(chapter, right) : endOf(last)
    const begins = blockStart(chapter, first)
    return [{ start: begins - (right ? 0 : lineBefore(chapter, node, begins)), end, text: '' }]
  }
  if (!first || !last) {
    if (left) {
      const start = lineEnd(chapter, endOf(left))
      const isApart =
        !right || !needsBlank(press, tail, right, node) || hasBlank(chapter, endOf(left), startOf(right))
      const begun = `${between(left, head)}${text}`
      return isApart
        ? [{ start, end: start, text: begun }]
        : [{ start, end: right ? blockStart(chapter, right) : start, text: `${begun}${blank}` }]
    }
    if (right) {
      const start = blockStart(chapter, right)
      return [{ start, end: start, text: `${text}${between(tail, right)}` }]
    }
    return [{ start: 0, end: 0, text: `${text}${eol}` }]
  }
  const fits = (one: Nodes, other: Nodes, from: number, to: number, old: Nodes, current: Nodes) =>
    hasBlank(chapter, from, to) || !needsBlank(press, one, other, node) || old.type === current.type
  const joinsLeft = !left || fits(left, head, endOf(left), startOf(first), first, head)
  const joinsRight = !right || fits(tail, right, endOf(last), startOf(right), last, tail)
  const start = left && !joinsLeft ? lineEnd(chapter, endOf(left)) : blockStart(chapter, first)
  const end = right && !joinsRight ? blockStart(chapter, right) : endOf(last)
  if (!joinsLeft || !joinsRight)
    return [{ start, end, text: `${joinsLeft ? '' : blank}${text}${joinsRight ? '' : blank}` }]
  const depth = containersOf(first).length
  const content = contentIn(chapter, { start, end }, depth)
  return [...toSourceEdits(content, editsBetween(content.text, own + printed), prefix, eol)]
}

/** The space that a list's item is indented by. */
function indentOf(chapter: Chapter, item: Nodes | undefined): string {
  return item ? chapter.text.slice(blockStart(chapter, item), startOf(item)) : ''
}

/** What is left of lines between an item's marker and its only block. */
function lineBefore({ text }: Chapter, node: Nodes, offset: number): number {
  const lead = node.type === 'listItem' ? text.slice(startOf(node), offset) : ''
  return /[\r\n][ \t>]*$/.exec(lead) ? lead.length - lead.trimEnd().length : 0
}

/** Takes out blocks between two that stay, with one of the two gaps around them. */
function removal(press: Press, node: Nodes, { left, right, removed }: Gap, blank: string): Edit {
  const { chapter } = press
  const [first, last] = [removed[0], removed.at(-1)]
  if (!left || !right || !first || !last) return { start: 0, end: 0, text: '' }
  const isNeeded = needsBlank(press, left, right, node)
  const [front, behind] = [
    hasBlank(chapter, endOf(left), startOf(first)),
    hasBlank(chapter, endOf(last), startOf(right)),
  ]
  const leavesBehind = { start: lineEnd(chapter, endOf(left)), end: lineEnd(chapter, endOf(last)), text: '' }
  const leavesFront = { start: blockStart(chapter, first), end: blockStart(chapter, right), text: '' }
  if (behind === isNeeded) return leavesBehind
  if (front === isNeeded) return leavesFront
  return isNeeded
    ? { start: lineEnd(chapter, endOf(left)), end: blockStart(chapter, right), text: blank }
    : leavesBehind
}

/** Where a block's line begins, behind what its containers put there: its own indent goes with it. */
function blockStart(chapter: Chapter, node: Nodes): number {
  const start = startOf(node)
  const line = prefixEnd(chapter, lineStart(chapter.text, start), containersOf(node).length)
  return line <= start && /^[ \t]*$/.test(chapter.text.slice(line, start)) ? line : start
}

/** The end of a line that has nothing but space left. */
function lineEnd({ text }: Chapter, offset: number): number {
  const space = /^[ \t]*(?=[\r\n]|$)/.exec(text.slice(offset, offset + 500))
  return offset + (space?.[0].length ?? 0)
}

function hasBlank({ text }: Chapter, start: number, end: number): boolean {
  return (text.slice(start, end).match(/\r\n|\n|\r/g)?.length ?? 0) > 1
}

/** Whether two blocks would be read otherwise, or were said to be apart, without a blank line between them. */
function needsBlank({ habits }: Press, left: Nodes, right: Nodes, parent: Nodes): boolean {
  const loose = isLoose(parent)
  if (loose === undefined && habits.tightDefinitions && areDefinitions(left, right)) return false
  if (loose !== false) return true
  return parent.type !== 'list' && cannotTouch(left, right)
}
