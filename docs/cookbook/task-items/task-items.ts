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
      if (text?.type !== 'text') return
      const [, word = '', rest = ''] = /^(TODO|DONE):?\s+(\S[\s\S]*)$/.exec(text.value) ?? []
      const checked = CHECKED.get(word)
      if (checked === undefined) return
      node.checked = checked
      text.value = rest
    })
  },
})
