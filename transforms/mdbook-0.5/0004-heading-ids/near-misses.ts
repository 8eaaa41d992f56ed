/** Headings with these characters whose id stays the same. */
import { type Chapter, endOf, headingText, type NearMiss, startOf } from 'mdshift'
import { visit } from 'unist-util-visit'

export function nearMisses(chapter: Chapter): NearMiss[] {
  const found: NearMiss[] = []
  visit(chapter.tree, 'heading', (heading) => {
    const text = headingText(heading).trim()
    const span = { start: startOf(heading), end: endOf(heading) }
    if (!/^[<&>]+\s|\s[<&>]+$/.test(text)) {
      if (/[<&>]/.test(text))
        found.push({ ...span, because: 'only at an end, with a space beside it, does the id change' })
    } else if (heading.attributes?.id !== undefined)
      found.push({ ...span, because: 'it has an id of its own' })
  })
  return found
}
