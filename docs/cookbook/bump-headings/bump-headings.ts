import { defineTransform, endOf, type Leftover, startOf } from 'mdshift'

const DEEPER = { 1: 2, 2: 3, 3: 4, 4: 5, 5: 6 } as const

export default defineTransform({
  id: 'bump-headings',
  summary: 'every heading goes one level down',
  mayMatch: (text) => /^[ >]*(#|=|-)/m.test(text),
  transform(chapter) {
    const leftovers: Leftover[] = []
    chapter.find('heading').forEach(({ node }) => {
      if (node.depth === 6) {
        leftovers.push({
          start: startOf(node),
          end: endOf(node),
          kind: 'refused',
          because: 'no level is below 6',
        })
      } else {
        node.depth = DEEPER[node.depth]
      }
    })
    return { leftovers }
  },
})
