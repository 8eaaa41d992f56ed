import { defineTransform, headingIds, headingText } from 'mdshift'

export default defineTransform({
  id: 'heading-ids',
  summary: '## Text → ## Text {#text}: links hold when the text changes',
  mayMatch: (text) => /^[ >]*(#|=|-)/m.test(text),
  transform(chapter) {
    const headings = chapter.find('heading')
    const ids = headingIds(
      headings.nodes().map((node) => ({ id: node.attributes?.id, text: headingText(node) })),
    )
    headings.forEach(({ node }, index) => {
      const id = ids[index] ?? ''
      const isWord = /^[\p{L}\p{N}_-]+$/u.test(id)
      if (isWord && node.attributes?.id === undefined)
        node.attributes = { classes: [], others: [], ...node.attributes, id }
    })
  },
})
