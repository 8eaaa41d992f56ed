/** What two readings of a text differ in: their trees with all positions, and every answer about where fields and texts stand. */
import { isDeepStrictEqual } from 'node:util'
import type { Nodes } from 'mdast'
import { visit } from 'unist-util-visit'
import type { ReadText } from '../../src/markdown/fast/read.ts'

/** @returns the first difference, in words; nothing where there is none */
export function readingDifference(one: ReadText, other: ReadText): string | undefined {
  const [left, right] = [answersOf(one), answersOf(other)]
  const at = left.findIndex((answer, index) => !isDeepStrictEqual(answer, right[index]))
  if (at < 0 && left.length === right.length) return undefined
  const place = at < 0 ? left.length : at
  return `${JSON.stringify(left[place])} and ${JSON.stringify(right[place])}`
}

function answersOf({ tree, spans }: ReadText): unknown[] {
  const answers: unknown[] = [spans.prefixes.map(({ start, end }) => [start, end])]
  visit(tree, (node) => {
    const fields = Object.entries(spans.fields(node)).sort(([a], [b]) => (a < b ? -1 : 1))
    answers.push({
      ...node,
      children: 'children' in node ? node.children.length : 0,
      fields: fields.map(([field, { start, end, source }]) => ({ field, start, end, source })),
      flattened: fields.map(([, span]) => spans.flattened(span).map((inner) => innerOf(inner, spans))),
      letters: node.type === 'text' ? lettersOf(node, spans) : [],
    })
  })
  return answers
}

function innerOf(node: Nodes, spans: ReadText['spans']): unknown {
  const { type, position } = node
  return node.type === 'text'
    ? { type, position, value: node.value, letters: lettersOf(node, spans) }
    : { type, position, fields: spans.fields(node) }
}

/** Where each letter of a text stands, and back. */
function lettersOf(node: Extract<Nodes, { type: 'text' }>, spans: ReadText['spans']): unknown[] {
  return [...node.value.slice(0, 300)].flatMap((_, index) => {
    const span = spans.ofText(node, index, index + 1)
    return [span && [span.start, span.end], span && spans.inText(node, span)]
  })
}
