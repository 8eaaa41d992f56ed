/** What stands before the lines of a container's content: what a new line of it begins with. */
import type { Nodes } from 'mdast'
import { type Chapter, startOf } from '../parse.ts'
import { containersOf, prefixEnd } from './content.ts'

/**
 * The prefix of new lines in the content of a node of the chapter.
 *
 * @param node a block as it was read; what stands before its lines, not before those of its own content
 */
export function prefixAround(chapter: Chapter, node: Nodes): string {
  return prefixOf(chapter, containersOf(node))
}

/** The prefix of new lines inside a container. */
export function prefixWithin(chapter: Chapter, container: Nodes): string {
  const isContainer = container.type !== 'root' && container.type !== 'list'
  return prefixOf(chapter, [...containersOf(container), ...(isContainer ? [container] : [])])
}

function prefixOf(chapter: Chapter, containers: readonly Nodes[]): string {
  return containers.map((container, depth) => ownPrefix(chapter, container, depth)).join('')
}

function ownPrefix(chapter: Chapter, container: Nodes, depth: number): string {
  if (container.type === 'footnoteDefinition') return '    '
  const line = lineStart(chapter.text, startOf(container))
  const [from, to] = [prefixEnd(chapter, line, depth), prefixEnd(chapter, line, depth + 1)]
  const written = chapter.text.slice(from, to)
  if (container.type === 'blockquote') return /^[ \t]*>$/.test(written) && hasText(chapter, to) ? '>' : '> '
  const width = columnOf(chapter.text, line, to) - columnOf(chapter.text, line, from)
  return ' '.repeat(hasText(chapter, to) ? width : width + 1)
}

function hasText({ text }: Chapter, offset: number): boolean {
  return /^[ \t]*[^ \t\r\n]/.test(text.slice(offset, offset + 200))
}

/** The offset of the first character of an offset's line. */
export function lineStart(text: string, offset: number): number {
  return Math.max(text.lastIndexOf('\n', offset - 1), text.lastIndexOf('\r', offset - 1)) + 1
}

/** The column that an offset stands in; a tab goes on to the next multiple of four. */
function columnOf(text: string, line: number, offset: number): number {
  let column = 0
  for (const letter of text.slice(line, offset)) column += letter === '\t' ? 4 - (column % 4) : 1
  return column
}
