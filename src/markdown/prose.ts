/**
 * The text that a reader sees, and where it stands: text nodes, alt texts and titles. Code, raw HTML, URLs
 * and mdBook's directives are not among it.
 */
import type { ImageReference, LinkReference, Nodes, Parents, Text } from 'mdast'
import { labelId } from '../label-id.ts'
import type { Span } from '../model.ts'
import { type Chapter, startOf } from './parse.ts'
import { walk } from './walk.ts'

export interface Prose {
  readonly value: string
  /** Source range of `[from, to)` of the value: whole escapes and character references. */
  span(from: number, to: number): Span | undefined
  /** Why it may not be edited as text, where that is so: changing it would change where a link leads. */
  readonly bound: 'label' | 'url' | undefined
}

/**
 * All prose of a chapter, in order.
 *
 * @param chapter to look through
 * @returns one piece a text node, an alt text or a title; a span of the source for any range of its value
 * @example
 * // 'A `b` \* c' → 'A ' and ' * c', whose ' *' stands in the source as ' \*'
 */
export function proseOf(chapter: Chapter): Prose[] {
  const found: Prose[] = []
  walk(chapter.tree, (node, ancestors) => {
    if (node.type === 'text') found.push(textProse(chapter, node, ancestors))
    else found.push(...fieldProse(chapter, node))
  })
  return found
}

function textProse(chapter: Chapter, node: Text, ancestors: readonly Parents[]): Prose {
  return {
    value: node.value,
    span: (from, to) => chapter.spans.ofText(node, from, to),
    bound: boundBy(chapter, ancestors),
  }
}

function boundBy(chapter: Chapter, ancestors: readonly Parents[]): Prose['bound'] {
  for (const ancestor of ancestors) {
    if (ancestor.type === 'linkReference' && isLabel(chapter, ancestor)) return 'label'
    if (ancestor.type === 'link' && chapter.text.charAt(startOf(ancestor)) === '<') return 'url'
  }
  return undefined
}

/** Whether the text of a reference is its label, and something defines it. */
function isLabel(chapter: Chapter, node: ImageReference | LinkReference): boolean {
  return node.referenceType !== 'full' && chapter.isDefined(labelId(node.identifier))
}

/** Alt texts and titles: the tree has their text, and the source their places. */
function fieldProse(chapter: Chapter, node: Nodes): Prose[] {
  const { text, title } = chapter.spans.fields(node)
  const isImage = node.type === 'image' || node.type === 'imageReference'
  const bound = node.type === 'imageReference' && isLabel(chapter, node) ? 'label' : undefined
  return [
    ...(isImage && text ? flattenedProse(chapter, text, bound) : []),
    ...(title ? flattenedProse(chapter, title, undefined) : []),
  ]
}

function flattenedProse(chapter: Chapter, span: Span, bound: Prose['bound']): Prose[] {
  return chapter.spans
    .flattened(span)
    .flatMap((node) =>
      node.type === 'text'
        ? [{ value: node.value, span: (from, to) => chapter.spans.ofText(node, from, to), bound }]
        : [],
    )
}

/**
 * What stands in brackets in a text and is no inline link's text: a label, where it is Markdown.
 *
 * @param text source, one line at a time
 * @returns labels, and their spans without the brackets; offsets into the text
 * @example
 * bracketsIn('[a][b] [c](d)').map(({ label }) => label) // → ['a', 'b']
 */
export function bracketsIn(text: string): { readonly label: string; readonly span: Span }[] {
  return [...text.matchAll(/\[([^[\]\n]+)\](?!\()/g)].map((match) => {
    const label = match[1] ?? ''
    return { label, span: { start: match.index + 1, end: match.index + 1 + label.length } }
  })
}
