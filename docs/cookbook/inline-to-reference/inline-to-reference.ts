import type { Definition } from 'mdast'
import { b, defineTransform, freeId, labelId, sourceOf } from 'mdshift'

export default defineTransform({
  id: 'inline-to-reference',
  summary: '[text](https://…) → [text][label], defined at the end of the chapter',
  mayMatch: (text) => text.includes('](http'),
  transform(chapter) {
    const definitions = chapter.find('definition').nodes()
    const taken = new Set(definitions.map(({ identifier }) => labelId(identifier)))
    const isTaken = (label: string) => taken.has(labelId(label)) || chapter.isDefined(labelId(label))
    const made: Definition[] = []
    const links = chapter
      .find('link', { url: /^https?:/ })
      .filter(({ node }) => !sourceOf(chapter, node).startsWith('<'))
    links.replaceWith(({ node }) => {
      const known = made.find(({ url, title }) => url === node.url && title === node.title)
      const label = known?.label ?? freeId(hostOf(node.url), isTaken)
      if (!known) made.push(b.definition(label, node.url, node.title))
      taken.add(labelId(label))
      return b.linkReference(label, node.children)
    })
    chapter.tree.children.push(...made)
  },
})

/** `https://docs.example.org/a` → `docs.example.org` */
function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).hostname : 'link'
}
