/** Where a repair would do more than repair: headings whose id is made of their text, and emphasis. */
import type { Definition, Heading, Link } from 'mdast'
import { type Chapter, endOf, headingText, mdbookId, type Span, startOf } from 'mdshift'
import { visit } from 'unist-util-visit'
import { findRepairs } from './repair.ts'

/** Fragments that links of a chapter lead to and that a repair could change; decoded. */
export function fragmentsOf(chapter: Chapter): string[] | undefined {
  const found: string[] = []
  visit(chapter.tree, ['link', 'definition'], (node) => {
    if (!isTargeted(node)) return
    const fragment = /#(.+)$/.exec(node.url)?.[1]
    if (fragment !== undefined) found.push(decoded(fragment))
  })
  const damaged = found.filter((fragment) => findRepairs(fragment).length > 0 || /[^\0-\x7f]/.test(fragment))
  return damaged.length > 0 ? damaged : undefined
}

function isTargeted(node: { type: string }): node is Definition | Link {
  return node.type === 'link' || node.type === 'definition'
}

/** The headings whose id mdBook makes of their text, and to which a link leads by that id. */
export function boundHeadings(chapter: Chapter, fragments: ReadonlySet<string>): Span[] {
  const bound: Span[] = []
  visit(chapter.tree, 'heading', (heading: Heading) => {
    if (heading.attributes?.id !== undefined || !fragments.has(mdbookId(headingText(heading)))) return
    bound.push({ start: startOf(heading), end: endOf(heading) })
  })
  return bound
}

/**
 * Whether emphasis marks beside a repair lose, or gain, what they are there for: those before it to open,
 * those behind it to close. What stands on both sides of them decides (CommonMark 0.31.2, 6.2).
 */
export function changesFlanking({ text: source }: Chapter, span: Span, repaired: string): boolean {
  const old = source.slice(span.start, span.end)
  const opening = /[*_~]*$/.exec(source.slice(0, span.start))?.[0] ?? ''
  const closing = /^[*_~]*/.exec(source.slice(span.end))?.[0] ?? ''
  const before = source.charAt(span.start - opening.length - 1)
  const after = source.charAt(span.end + closing.length)
  const opens = (text: string) => canOpen(opening, before, [...text][0] ?? after)
  const closes = (text: string) => canOpen(closing, after, [...text].at(-1) ?? before)
  return (
    (opening !== '' && opens(old) !== opens(repaired)) || (closing !== '' && closes(old) !== closes(repaired))
  )
}

/** Whether marks can open between an outer and an inner character; from behind, whether they can close. */
function canOpen(marks: string, outer: string, inner: string): boolean {
  const [outside, inside] = [classOf(outer), classOf(inner)]
  const flanking = inside !== 'space' && (inside !== 'mark' || outside !== 'letter')
  return flanking && (!marks.includes('_') || outside !== 'letter')
}

function classOf(character: string): 'space' | 'mark' | 'letter' {
  if (character === '' || /\s/u.test(character)) return 'space'
  return /[\p{P}\p{S}]/u.test(character) ? 'mark' : 'letter'
}

function decoded(fragment: string): string {
  try {
    return decodeURIComponent(fragment)
  } catch {
    return fragment
  }
}
