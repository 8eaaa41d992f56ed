/** Where a repair would do more than repair: beside emphasis. */
import type { Chapter, Span } from 'mdshift'

/**
 * Whether emphasis marks beside a repair lose, or gain, what they are there for: those before it to open,
 * those behind it to close. What stands on both sides of them decides (CommonMark 0.31.2, 6.2).
 */
export function changesFlanking({ text: source }: Chapter, span: Span, repaired: string): boolean {
  const old = source.slice(span.start, span.end)
  const opening = /(?<![*_~])[*_~]*$/.exec(source.slice(0, span.start))?.[0] ?? ''
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
