/**
 * The ids that mdBook gives to headings which name none (mdBook 0.5, `id_from_content` and `unique_id`).
 */
import type { Heading, PhrasingContent } from 'mdast'

/**
 * The text of a heading that a reader sees: no index marks and other directives, no raw HTML, no pictures.
 *
 * @param heading of a chapter's tree
 * @example
 * // '## The `slab` crate{{hi:slab}}' → 'The slab crate'
 */
export function headingText(heading: Heading): string {
  return heading.children.map(visibleText).join('')
}

function visibleText(node: PhrasingContent): string {
  if ('children' in node) return node.children.map(visibleText).join('')
  if (node.type === 'text' || node.type === 'inlineCode') return node.value
  if (node.type === 'break') return ' '
  return node.type === 'mdbookWikilink' ? node.value.slice(2, -2).replace(/^.*\|/, '').trim() : ''
}

/**
 * mdBook's id for a heading's text: letters, digits, `_` and `-`, white space as `-`, lower case.
 *
 * @example
 * mdbookId('CD / CI') // → 'cd--ci'
 */
export function mdbookId(text: string): string {
  return text
    .trim()
    .toLowerCase()
    .replace(/[^\p{Alphabetic}\p{N}\s_-]/gu, '')
    .replace(/\s/gu, '-')
}

/**
 * The first of `id`, `id-1`, `id-2` … that is free.
 *
 * @example
 * freeId('notes', (id) => id === 'notes') // → 'notes-1'
 */
export function freeId(id: string, isTaken: (id: string) => boolean): string {
  if (!isTaken(id)) return id
  for (let count = 1; ; count++) {
    if (!isTaken(`${id}-${count}`)) return `${id}-${count}`
  }
}
