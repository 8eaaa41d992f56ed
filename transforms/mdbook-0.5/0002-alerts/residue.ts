/** Admonitions where no fence is seen: in comments, in raw HTML, and in code that shows how to write them. */
import type { Found, Place } from 'mdshift'

/** A fence in another fence is shown to readers, and is none of the book's own; the rest may have been meant. */
export function residue(text: string, _: unknown, { kind }: Place): Found[] {
  if (kind !== 'comment' && kind !== 'html') return []
  return [...text.matchAll(/^[ \t>]*(?<fence>(?:`{3,}|~{3,})admonish\b[^\r\n]*)/gm)].map((match) => {
    const fence = match.groups?.['fence'] ?? ''
    const end = match.index + match[0].length
    return { start: end - fence.length, end }
  })
}
