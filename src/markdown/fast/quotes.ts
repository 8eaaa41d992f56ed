/** Block quotes, CommonMark 0.31.2, 5.1: those whose lines all have their mark. */
import type { Blockquote } from 'mdast'
import { type Blocks, indentOf, isBlank, lineAt, place, type ReadBlock } from './blocks.ts'
import { readContents } from './contents.ts'
import type { Line } from './lines.ts'
import { leaveIt } from './refusal.ts'

export function readQuote(lines: readonly Line[], index: number, blocks: Blocks): ReadBlock {
  const { text } = blocks
  // Where a quote in a container ends depends on what follows the container.
  if (lines !== blocks.lines) leaveIt()
  const inner: Line[] = []
  let next = index
  for (; next < lines.length; next += 1) {
    const line = lineAt(lines, next)
    const at = line.start + indentOf(text, line)
    if (text.charCodeAt(at) !== MARK) break
    const start = text.charCodeAt(at + 1) === SPACE ? at + 2 : at + 1
    if (text.charCodeAt(at + 1) === TAB || at - line.start > 3) leaveIt()
    blocks.reading.recorder.prefix({ start: at, end: start })
    inner.push({ ...line, start })
  }
  // What follows without a mark may go on with a paragraph in the quote.
  if (next < lines.length && !isBlank(text, lineAt(lines, next))) leaveIt()
  const begin = lineAt(lines, index)
  const children = readContents(inner, blocks)
  const node: Blockquote = { type: 'blockquote', children }
  const last = lineAt(inner, inner.length - 1)
  return { node: place(node, begin.start + indentOf(text, begin), last.end, blocks), next }
}

const [MARK, SPACE, TAB] = [62, 32, 9]
