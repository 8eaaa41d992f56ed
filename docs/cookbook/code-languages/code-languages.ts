import { defineTransform } from 'mdshift'

const NAMES = new Map([
  ['Dockerfile', 'dockerfile'],
  ['golang', 'go'],
  ['js', 'javascript'],
  ['sh', 'bash'],
  ['shell', 'bash'],
  ['txt', 'text'],
  ['yml', 'yaml'],
])

export default defineTransform({
  id: 'code-languages',
  summary: 'one name for each language of code: sh → bash, yml → yaml',
  mayMatch: (text) => /```|~~~/.test(text),
  transform(chapter) {
    chapter.find('code').forEach(({ node }) => {
      // mdBook's attributes follow behind a comma: `rust,editable`.
      const [name = '', ...attributes] = node.lang?.split(',') ?? []
      const known = NAMES.get(name)
      if (known) node.lang = [known, ...attributes].join(',')
    })
  },
})
