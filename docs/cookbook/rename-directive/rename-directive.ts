import { defineTransform } from 'mdshift'

const RENAMED = new Map([
  ['hi', 'index'],
  ['playpen', 'example'],
])

export default defineTransform({
  id: 'rename-directive',
  summary: '{{hi:term}} → {{index:term}}',
  mayMatch: (text) => text.includes('{{'),
  transform(chapter) {
    chapter.find('mdbookDirective').forEach(({ node }) => {
      node.value = node.value.replace(/^\{\{(\w+)(?=:)/, (all, name: string) => {
        const renamed = RENAMED.get(name)
        return renamed === undefined ? all : `{{${renamed}`
      })
    })
  },
})
