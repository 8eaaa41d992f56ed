/** Headings that are skipped in the current way, and ids that only begin like the legacy one. */
import type { Paragraph } from 'mdast'
import type { Chapter, NearMiss } from 'mdshift'
import { visit } from 'unist-util-visit'
import { ANCHOR, SKIP_ID } from './headings.ts'

export function nearMisses(chapter: Chapter): NearMiss[] {
  const found: NearMiss[] = []
  visit(chapter.tree, (node) => {
    const { attributes, destination } = chapter.spans.fields(node)
    if (node.type === 'heading' && attributes && node.attributes) {
      const because = reasonFor(node.attributes)
      if (because !== undefined) found.push({ start: attributes.start, end: attributes.end, because })
    }
    const fragment = destination && likeSkip(destination.source.replace(/^[^#]*#?/, ''))
    if (destination && fragment !== undefined) {
      found.push({ start: destination.start, end: destination.end, because: fragment })
    }
    if (node.type === 'paragraph') found.push(...anchorsIn(chapter, node))
  })
  return found
}

function anchorsIn(chapter: Chapter, paragraph: Paragraph): NearMiss[] {
  const found: NearMiss[] = []
  visit(paragraph, 'text', (text) => {
    for (const match of text.value.matchAll(ANCHOR)) {
      const span = chapter.spans.ofText(text, match.index, match.index + match[0].length)
      if (span)
        found.push({ ...span, because: 'it stands in a paragraph, and only headings have attributes' })
    }
  })
  return found
}

function reasonFor({
  id,
  classes,
}: {
  readonly id: string | undefined
  readonly classes: readonly string[]
}) {
  if (id !== undefined && SKIP_ID.test(id)) return undefined
  if (!classes.includes('skip')) return id === undefined ? undefined : likeSkip(id)
  return id === undefined
    ? 'it is current: the class skip, and the id that mdBook makes of the text'
    : `it is current: the id ${id} of its own, and the class skip`
}

function likeSkip(id: string): string | undefined {
  return /^skip/i.test(id) && !SKIP_ID.test(id)
    ? `#${id} is an id of its own: only skip, alone or with a number, is legacy`
    : undefined
}
