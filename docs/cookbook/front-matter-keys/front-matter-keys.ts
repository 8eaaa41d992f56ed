import { defineTransform } from 'mdshift'
import { isMap, isScalar, parseDocument } from 'yaml'

const RENAMED = new Map([
  ['date', 'published'],
  ['tags', 'keywords'],
])

export default defineTransform({
  id: 'front-matter-keys',
  summary: 'date: → published:, tags: → keywords:',
  mayMatch: (text) => text.startsWith('---'),
  transform(chapter) {
    chapter.find('yaml').forEach(({ node }) => {
      node.value = renamed(node.value)
    })
  },
})

/** Keys are replaced where they stand: printing the document would change quotes and spaces as well. */
function renamed(source: string): string {
  const { contents, errors } = parseDocument(source)
  if (!isMap(contents) || errors.length > 0) return source
  return contents.items.reduceRight((text, { key }) => {
    const name = isScalar(key) && typeof key.value === 'string' ? RENAMED.get(key.value) : undefined
    if (!isScalar(key) || !key.range || name === undefined || contents.has(name)) return text
    return text.slice(0, key.range[0]) + name + text.slice(key.range[1])
  }, source)
}
