/** The headings that mdBook 0.4 and 0.5 make different ids of, and the ids that keep links to them. */
import type { Heading } from 'mdast'
import { headingIds, headingText, mdbookId } from 'mdshift'

export interface PlannedId {
  readonly heading: Heading
  /** That of mdBook 0.4. */
  readonly id: string
  /** The text of another heading that would have the same. */
  readonly twin: string | undefined
}

/**
 * Which headings have to be given an id.
 *
 * @param headings of a chapter, in order
 * @example
 * // of '## & so on' → the id 'so-on'
 */
export function plannedIds(headings: readonly Heading[]): PlannedId[] {
  const named = headings.map((heading) => ({ id: heading.attributes?.id, text: headingText(heading) }))
  const older = headingIds(
    named.map(({ id, text }) => ({ id, text: withoutHtmlCharacters(text) })),
    '0.4',
  )
  const isConcerned = named.map(
    ({ id, text }) => id === undefined && mdbookId(withoutHtmlCharacters(text)) !== mdbookId(text),
  )
  const newer = headingIds(
    named.map(({ id, text }, position) => ({ id: isConcerned[position] ? older[position] : id, text })),
    '0.5',
  )
  return headings.flatMap((heading, position) => {
    const id = newer[position] ?? ''
    if (!isConcerned[position] || id === '') return []
    const twin = newer.findIndex((other, at) => at !== position && other === id)
    return [{ heading, id, twin: named[twin]?.text }]
  })
}

/** mdBook 0.4 saw a heading as HTML, and took these characters out of it first. */
function withoutHtmlCharacters(text: string): string {
  return text.replace(/[<&>]/g, '')
}
