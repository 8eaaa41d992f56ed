import { defineTransform, headingIds, headingText, setHeadingId } from 'mdshift'

export default defineTransform({
  id: 'heading-ids',
  summary: '## Text → ## Text {#text}: links hold when the text changes',
  mayMatch: (text) => /^[ >]*(#|=|-)/m.test(text),
  transform(chapter) {
    const headings = chapter.find('heading')
    const names = headings.nodes().map((node) => ({ id: node.attributes?.id, text: headingText(node) }))
    const [ids, old] = [headingIds(names, '0.5'), headingIds(names, '0.4')]
    headings.forEach(({ node }, index) => {
      const id = ids[index] ?? ''
      // Where mdBook's two rules disagree, links may lead to either.
      if (node.attributes?.id === undefined && id === old[index] && id !== '') setHeadingId(node, id)
    })
  },
})
