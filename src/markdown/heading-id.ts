/**
 * The ids that mdBook gives to headings which name none (mdBook 0.5, `id_from_content` and `unique_id`; mdBook
 * 0.4, `unique_id_from_content`).
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
  return hyphenated(text.trim().toLowerCase())
}

function hyphenated(text: string): string {
  return text.replace(/[^\p{Alphabetic}\p{N}\s_-]/gu, '').replace(/\s/gu, '-')
}

/** What decides a heading's id: its own one, or else its text. */
export interface HeadingName {
  /** In its attributes. */
  readonly id: string | undefined
  readonly text: string
}

/** The two rules that mdBook has had; a book does not say which one it is built with. */
export const MDBOOK_EDITIONS = ['0.5', '0.4'] as const
export type MdbookEdition = (typeof MDBOOK_EDITIONS)[number]

/**
 * The ids of all headings of an assembled chapter, in order. Only ids made of text are kept apart, and only from
 * each other: an id that a heading has of its own may be another one's too. mdBook 0.5 counts on until the id is
 * free; mdBook 0.4 counts how often it has made the same id of a text, and leaves capitals but A to Z as they are.
 *
 * @param names of the headings, in order
 * @param edition of mdBook
 * @example
 * headingIds([{ id: undefined, text: 'Notes' }, { id: undefined, text: 'Notes' }]) // → ['notes', 'notes-1']
 */
export function headingIds(names: readonly HeadingName[], edition: MdbookEdition = '0.5'): string[] {
  return edition === '0.5' ? idsKeptFree(names) : idsCounted(names)
}

function idsKeptFree(names: readonly HeadingName[]): string[] {
  const made = new Set<string>()
  return names.map(({ id, text }) => {
    if (id !== undefined) return id
    const free = freeId(mdbookId(text) || 'section', (candidate) => made.has(candidate))
    made.add(free)
    return free
  })
}

function idsCounted(names: readonly HeadingName[]): string[] {
  const counts = new Map<string, number>()
  return names.map(({ id, text }) => {
    if (id !== undefined) return id
    const made = hyphenated(text.trim().replace(/[A-Z]/g, (letter) => letter.toLowerCase()))
    const count = counts.get(made) ?? 0
    counts.set(made, count + 1)
    return count === 0 ? made : `${made}-${count}`
  })
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
