/** Chapters made of text, and their parts as text again: what the tests of parsing speak of. */
import type { Nodes } from 'mdast'
import { visit } from 'unist-util-visit'
import { labelId } from '../../src/label-id.ts'
import { type Chapter, parseChapter } from '../../src/markdown/parse.ts'
import type { Field } from '../../src/markdown/spans.ts'
import type { Span } from '../../src/model.ts'

/** A chapter whose includes define labels. */
export function chapterOf(text: string, ...labels: readonly string[]): Chapter {
  const known = new Set(labels.map(labelId))
  return parseChapter('chapter.md', text, (id) => known.has(id))
}

/** All nodes of one type, in order. */
export function nodesOf<Type extends Nodes['type']>(
  { tree }: Chapter,
  type: Type,
): Extract<Nodes, { type: Type }>[] {
  const found: Extract<Nodes, { type: Type }>[] = []
  visit(tree, (node) => {
    if (isOfType(node, type)) found.push(node)
  })
  return found
}

function isOfType<Type extends Nodes['type']>(
  node: Nodes,
  type: Type,
): node is Extract<Nodes, { type: Type }> {
  return node.type === type
}

/** What the source says at a span. */
export function at(chapter: Chapter, span: Span | undefined): string | undefined {
  return span && chapter.text.slice(span.start, span.end)
}

/** The fields of a node, each as its span finds it in the source. */
export function fieldsOf(chapter: Chapter, node: Nodes): Partial<Record<Field, string>> {
  const fields = Object.entries(chapter.spans.fields(node))
  return Object.fromEntries(fields.map(([field, span]) => [field, chapter.text.slice(span.start, span.end)]))
}
