import type { Nodes } from 'mdast'
import { defineTransform, endOf, type Leftover, startOf } from 'mdshift'

const OPEN = /^<div class="hidden">/
const CLOSE = /<\/div>$/

export default defineTransform({
  id: 'remove-hidden',
  summary: '<div class="hidden"> … </div> goes, with all that is in it',
  mayMatch: (text) => text.includes('<div class="hidden">'),
  transform(chapter) {
    const leftovers: Leftover[] = []
    chapter.find('html', { value: OPEN }).forEach((path) => {
      const siblings: Nodes[] = path.parent?.node.children ?? []
      const start = siblings.indexOf(path.node)
      const length =
        siblings.slice(start).findIndex((node) => node.type === 'html' && CLOSE.test(node.value)) + 1
      const hidden = siblings.slice(start, start + length)
      const tags = hidden.flatMap((node) =>
        node.type === 'html' ? (node.value.match(/<div|<\/div/g) ?? []) : [],
      )
      const because =
        (length === 0 && 'nothing closes it here') ||
        (tags.length > 2 && 'there is another <div> in it') ||
        (hidden.some(({ type }) => type === 'definition') && 'it defines labels')
      if (because)
        leftovers.push({ start: startOf(path.node), end: endOf(path.node), kind: 'refused', because })
      else siblings.splice(start, length)
    })
    return { leftovers }
  },
})
