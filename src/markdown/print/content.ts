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
  /** What stands before it, of what its containers put there; none before the first, which begins in its line. */
  readonly before: string
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
  const lines: ContentLine[] = [{ at: 0, source: start, before: '' }]
  let content = ''
  for (let from = start; ; ) {
    const [stop, next] = lineEndIn(text, from, end)
    content += text.slice(from, stop)
    if (next === undefined) break
    content += '\n'
    from = Math.min(prefixEnd(chapter, next, depth), end)
    lines.push({ at: content.length, source: from, before: text.slice(next, from) })
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
export function sourceOffset({ lines }: Content, offset: number): number {
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
  return edits.map((edit) => sourceEdit(content, edit, prefix, eol))
}

/**
 * One edit. Whole lines come and go with what stands before them. A line that becomes empty must not keep the space
 * of its prefix, and one that was empty, or lazy, may have none yet.
 */
function sourceEdit(content: Content, { start, end, text }: Edit, prefix: string, eol: string): Edit {
  const lines = text.split('\n')
  const [first, last] = [lineAt(content, start), lineAt(content, end)]
  const rest = content.text.slice(end).split('\n', 1)[0] ?? ''
  const isWhole = last !== undefined && (text === '' ? first !== undefined : lines.at(-1) === '')
  const isEmptied = lines[0] === '' && (lines.length > 1 || rest === '')
  const lacksPrefix = lines[0] !== '' && first !== undefined && first.before === first.before.trimEnd()
  const isNew = first !== undefined && (isWhole || isEmptied || lacksPrefix)
  const written = lines
    .map((line, index) => {
      const isLast = index === lines.length - 1
      if ((isLast && isWhole) || (index === 0 && !isNew)) return line
      return (line === '' && (!isLast || rest === '') ? prefix.trimEnd() : prefix) + line
    })
    .join(eol)
  const edit = {
    start: isNew ? first.source - first.before.length : sourceOffset(content, start),
    end: isWhole ? last.source - last.before.length : sourceOffset(content, end),
    text: written,
  }
  const kept = isNew && edit.end > edit.start && written.startsWith(first.before) ? first.before.length : 0
  return { ...edit, start: edit.start + kept, text: written.slice(kept) }
}

/** The line behind the first one that begins at an offset. */
function lineAt({ lines }: Content, offset: number): ContentLine | undefined {
  return lines.find(({ at }, index) => index > 0 && at === offset)
}

/** A text whose lines behind its first one stand in a container; blank lines get no space at their ends. */
export function indented(text: string, prefix: string, eol: string): string {
  return text
    .split('\n')
    .map((line, index) => (index === 0 ? line : (line === '' ? prefix.trimEnd() : prefix) + line))
    .join(eol)
}
