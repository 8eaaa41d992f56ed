import { defineTransform } from 'mdshift'

const KINDS = ['NOTE', 'TIP', 'IMPORTANT', 'WARNING', 'CAUTION']

export default defineTransform({
  id: 'notes-to-alerts',
  summary: '> **Note:** text → > [!NOTE]',
  mayMatch: (text) => /^[ >]*>.*\*\*|__/m.test(text),
  transform(chapter) {
    chapter.find('blockquote').forEach(({ node }) => {
      const [paragraph] = node.children
      if (paragraph?.type !== 'paragraph') return
      const [strong, text] = paragraph.children
      const word =
        strong?.type === 'strong' && strong.children[0]?.type === 'text' ? strong.children[0].value : ''
      const kind = /^(\w+):?$/.exec(word)?.[1]?.toUpperCase() ?? ''
      if (!KINDS.includes(kind) || (text && text.type !== 'text')) return
      const rest = text?.value.replace(/^:?\s+/, '') ?? ''
      paragraph.children.splice(0, text ? 2 : 1, { type: 'text', value: `[!${kind}]\n${rest}` })
    })
  },
})
