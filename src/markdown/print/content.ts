/**
 * The text of a block or of a part of it without what its containers put before its lines: `> `, the indent of a
 * list item. What is printed is made of such contents, and edits of them lead back to the source.
 */
import type { Nodes } from 'mdast'
import type { Edit, Span } from '../../model.ts'
import { originOf } from '../origin.ts'
import { type Chapter, endOf, startOf } from '../parse.ts'

/** A content, with `\n` for every line ending, and where each of its lines stands in the source. */
export interface Content {
  readonly text: string
  /** In order; never empty. */
  readonly lines: readonly ContentLine[]
}

interface ContentLine {
  /** Offset in the content. */
  readonly at: number
  /** Offset in the source. */
  readonly source: number
  /** What its containers put before it: less than usual where it is blank or lazy. */
  readonly lead: string | undefined
}

const CONTAINERS = new Set<Nodes['type']>(['blockquote', 'footnoteDefinition', 'listItem'])

/** The containers that a node stood in when it was read, outermost first. */
export function containersOf(node: Nodes): Nodes[] {
  const found: Nodes[] = []
  for (let parent = originOf(node)?.parent; parent; parent = originOf(parent)?.parent)
    if (CONTAINERS.has(parent.type)) found.unshift(parent)
  return found
}

/** The content of a node as it was read. */
export function contentOf(chapter: Chapter, node: Nodes): Content {
  return contentIn(chapter, { start: startOf(node), end: endOf(node) }, containersOf(node).length)
}

/**
 * The content of a range.
 *
 * @param depth how many containers it stands in: as much is taken off the lines behind its first one, at most
 */
export function contentIn(chapter: Chapter, { start, end }: Span, depth: number): Content {
  const { text } = chapter
  const lines: ContentLine[] = [{ at: 0, source: start, lead: undefined }]
  let content = ''
  for (let from = start; ; ) {
    const [stop, next] = lineEndIn(text, from, end)
    content += text.slice(from, stop)
    if (next === undefined) break
    content += '\n'
    from = Math.min(prefixEnd(chapter, next, depth), end)
    lines.push({ at: content.length, source: from, lead: text.slice(next, from) })
  }
  return { text: content, lines }
}

/** Where a line ends, and the next one begins if that is within the range. */
function lineEndIn(text: string, from: number, end: number): [number, number | undefined] {
  for (let offset = from; offset < end; offset++) {
    const letter = text[offset]
    if (letter === '\n') return [offset, offset + 1]
    if (letter === '\r') return [offset, offset + (text[offset + 1] === '\n' ? 2 : 1)]
  }
  return [end, undefined]
}

/**
 * Where the content of a line begins: behind the prefixes of so many containers, or of as many as it has.
 *
 * @param line offset of its first character
 */
export function prefixEnd({ text, spans }: Chapter, line: number, depth: number): number {
  let end = line
  let index = firstPrefix(spans.prefixes, line)
  for (let count = 0; count < depth; count++, index++) {
    const prefix = spans.prefixes[index]
    if (!prefix || /[\r\n]/.test(text.slice(line, prefix.start))) break
    end = prefix.end
  }
  return end
}

function firstPrefix(prefixes: readonly Span[], offset: number): number {
  let [low, high] = [0, prefixes.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((prefixes[middle]?.start ?? 0) < offset) low = middle + 1
    else high = middle
  }
  return low
}

/** The offset in the source that an offset of a content stands for. */
function sourceOffset({ lines }: Content, offset: number): number {
  const line = lines.findLast(({ at }) => at <= offset)
  return line ? line.source + offset - line.at : offset
}

/**
 * Edits on a content → edits on its source.
 *
 * @param prefix what is put before new lines
 * @param eol what ends them
 */
export function toSourceEdits(
  content: Content,
  edits: readonly Edit[],
  prefix: string,
  eol: string,
): readonly Edit[] {
  return edits.map((edit) => {
    const { start, end, text } = fromLineEnds(content.text, edit)
    const lead = content.lines.find(({ at }) => at === start)?.lead
    // A lazy line may stay one.
    const isBlank = /^(?:\n|$)/.test(content.text.slice(start, start + 1))
    const isShort = isBlank && lead !== undefined && prefix.startsWith(lead) && /^[^\n]/.test(text)
    // The last line of what is put in is not blank where something follows it.
    const goesOn = text.endsWith('\n') && /[^\n]/.test(content.text.charAt(end))
    return {
      start: sourceOffset(content, start),
      end: sourceOffset(content, end),
      text:
        (isShort ? prefix.slice(lead.length) : '') +
        indented(text, prefix, eol) +
        (goesOn ? prefix.slice(prefix.trimEnd().length) : ''),
    }
  })
}

/** An edit of whole lines, with the line endings before them instead of those behind them: what stands before a line goes with it. */
function fromLineEnds(content: string, { start, end, text }: Edit): Edit {
  const isWhole = (offset: number) => offset > 0 && content[offset - 1] === '\n'
  if (isWhole(start) && text.startsWith('\n')) return { start: start - 1, end, text: `\n${text}` }
  if (!isWhole(start) || !isWhole(end) || (text !== '' && !text.endsWith('\n'))) return { start, end, text }
  if (start === end && text === '') return { start, end, text }
  return { start: start - 1, end: end - 1, text: text === '' ? '' : `\n${text.slice(0, -1)}` }
}

/** A text whose lines behind its first one stand in a container; blank lines get no space at their ends. */
export function indented(text: string, prefix: string, eol: string): string {
  return text
    .split('\n')
    .map((line, index) => (index === 0 ? line : (line === '' ? prefix.trimEnd() : prefix) + line))
    .join(eol)
}
