import type { Definition } from 'mdast'
import { b, defineTransform } from 'mdshift'

export default defineTransform({
  id: 'reference-to-inline',
  summary: '[text][label] → [text](url), where the chapter itself defines the label',
  mayMatch: (text) => text.includes(']:'),
  transform(chapter) {
    const definitions = new Map<string, Definition>()
    for (const node of chapter.find('definition').nodes()) {
      // The first definition of a label counts.
      if (!definitions.has(node.identifier)) definitions.set(node.identifier, node)
    }
    const used = new Set<string>()
    chapter.find(['linkReference', 'imageReference']).forEach((path) => {
      const { node } = path
      const { url, title } = definitions.get(node.identifier) ?? {}
      if (url === undefined) return
      used.add(node.identifier)
      path.replace(
        node.type === 'linkReference' ? b.link(url, node.children, title) : b.image(url, node.alt, title),
      )
    })
    chapter.find('definition', ({ identifier }) => used.has(identifier)).remove()
  },
})
