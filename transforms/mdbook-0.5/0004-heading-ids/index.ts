import { defineTransform, endOf, type Leftover, sourceOf, startOf } from 'mdshift'
import { nearMisses } from './near-misses.ts'
import { plannedIds } from './plan.ts'

const RULE = 'mdBook 0.5 would give the heading another id than mdBook 0.4 did, and links would lead nowhere'

export default defineTransform({
  id: '0004-heading-ids',
  version: 4,
  summary: 'headings with <, & or > at an end keep their id: ## & so on {#so-on}',
  reason:
    'mdBook makes the id of a heading of its text. mdBook 0.4 took `<`, `&` and `>` out before it took the spaces off ' +
    'both ends, and mdBook 0.5 does so behind that: `& so on` was `so-on`, and is `-so-on`. A heading that this ' +
    'concerns gets its old id by name, so that links from inside and outside of the book go on leading to it.',
  examples: [
    { title: 'In front', before: '## & so on\n', after: '## & so on {#so-on}\n' },
    { title: 'In the middle it makes no difference', before: '## Rain & snow\n', after: '## Rain & snow\n' },
  ],
  mayMatch: (text) => /[<&>]/.test(text),
  transform(chapter) {
    const leftovers: Leftover[] = []
    const headings = chapter.find('heading')
    for (const { heading, id, twin } of plannedIds(headings.nodes())) {
      if (twin === undefined) headings.filter(({ node }) => node === heading).setHeadingId(id)
      else
        leftovers.push({
          start: startOf(heading),
          end: endOf(heading),
          kind: 'refused',
          because: `its id was ${id}, which “${twin}” would have then too`,
          candidates: [`${sourceOf(chapter, heading)} {#${id}}`],
        })
    }
    return { leftovers, because: RULE }
  },
  explain: nearMisses,
})
