/** Lists, CommonMark 0.31.2, 5.2 and 5.3: those whose items are indented under their markers. */
import type { List, ListItem } from 'mdast'
import { haveBlankBetween } from '../lists-as-written.ts'
import { LIST_MARKER, THEMATIC_BREAK } from './block-grammar.ts'
import { type Blocks, indentOf, isBlank, lineAt, place, type ReadBlock } from './blocks.ts'
import { readContents } from './contents.ts'
import type { Line } from './lines.ts'
import { leaveIt } from './refusal.ts'

export function readList(lines: readonly Line[], index: number, blocks: Blocks): ReadBlock {
  const { text } = blocks
  const first = markerAt(lineAt(lines, index), text) ?? leaveIt()
  const items: ListItem[] = []
  let next = index
  let end = 0
  while (next < lines.length) {
    const marker = markerAt(lineAt(lines, next), text)
    if (!marker || marker.kind !== first.kind) break
    const item = readItem(lines, next, marker, blocks)
    items.push(item.node)
    end = item.end
    next = item.next
  }
  // A marker of another kind right behind an item begins a list, or goes on with a paragraph.
  const behind = lines[next]
  const before = lines[next - 1]
  if (behind && before && !isBlank(text, behind) && !isBlank(text, before)) leaveIt()
  const list: List = {
    type: 'list',
    ordered: first.number !== undefined,
    start: first.number ?? null,
    spread: false,
    children: items,
  }
  place(list, first.at, end, blocks)
  list.spread = haveBlankBetween(items)
  return { node: list, next }
}

interface Marker {
  /** Its offset. */
  readonly at: number
  /** The offset that the item's text begins at. */
  readonly content: number
  /** `-`, `+`, `*`, `.` or `)`. */
  readonly kind: string
  readonly number: number | undefined
}

function markerAt(line: Line, text: string): Marker | undefined {
  const at = line.start + indentOf(text, line)
  if (at === line.end) return undefined
  if (at - line.start > 3) return undefined
  const source = text.slice(at, line.end)
  const [all, marker, number, space = ''] = LIST_MARKER.exec(source) ?? []
  if (all === undefined || marker === undefined) return undefined
  if (THEMATIC_BREAK.test(source)) return undefined
  // An empty item, or code that is indented in its first line.
  if (all.length === source.length || space.length > 4 || space.includes('\t')) leaveIt()
  return {
    at,
    content: at + all.length,
    kind: marker.charAt(marker.length - 1),
    number: number === undefined ? undefined : Number(number),
  }
}

function readItem(
  lines: readonly Line[],
  index: number,
  { at, content }: Marker,
  blocks: Blocks,
): { readonly node: ListItem; readonly next: number; readonly end: number } {
  const { text } = blocks
  const begin = lineAt(lines, index)
  const width = content - begin.start
  const { recorder } = blocks.reading
  // A box belongs to the item, and is taken off its text.
  if (/^\[(?:[ \txX]|$)/.test(text.slice(content, begin.end))) leaveIt()
  recorder.prefix({ start: at, end: content })
  const inner: Line[] = [{ ...begin, start: content }]
  let next = index + 1
  let blanks = 0
  for (; next < lines.length; next += 1) {
    const line = lineAt(lines, next)
    const indent = indentOf(text, line)
    if (line.start + indent === line.end) {
      if (indent > 0) leaveIt()
      blanks += 1
      continue
    }
    if (indent < width) {
      // Without a blank line before it, it may go on with a paragraph.
      if (blanks === 0 && !markerAt(line, text)) leaveIt()
      break
    }
    for (let blank = next - blanks; blank < next; blank += 1) inner.push(lineAt(lines, blank))
    blanks = 0
    recorder.prefix({ start: line.start, end: line.start + width })
    inner.push({ ...line, start: line.start + width })
  }
  const children = readContents(inner, blocks)
  const end = children.at(-1)?.position?.end.offset ?? leaveIt()
  const node: ListItem = { type: 'listItem', spread: false, checked: null, children }
  place(node, at, end, blocks)
  node.spread = haveBlankBetween(children)
  return { node, next, end }
}
