import { defineTransform } from 'mdshift'

const CHECKED = new Map([
  ['TODO', false],
  ['DONE', true],
])

export default defineTransform({
  id: 'task-items',
  summary: '- TODO text → - [ ] text, - DONE text → - [x] text',
  mayMatch: (text) => /\b(TODO|DONE)\b/.test(text),
  transform(chapter) {
    chapter.find('listItem', { checked: null }).forEach(({ node }) => {
      const [paragraph] = node.children
      const text = paragraph?.type === 'paragraph' ? paragraph.children[0] : undefined
      if (paragraph?.type !== 'paragraph' || text?.type !== 'text') return
      const [all = '', word = ''] = /^(\w+):?\s+/.exec(text.value) ?? []
      const checked = CHECKED.get(word)
      if (checked === undefined) return
      node.checked = checked
      text.value = text.value.slice(all.length)
      // Emphasis or a link follows.
      if (text.value === '') paragraph.children.shift()
    })
  },
})
