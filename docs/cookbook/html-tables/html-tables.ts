import { fromHtml } from 'hast-util-from-html'
import { toMdast } from 'hast-util-to-mdast'
import { defineTransform, endOf, type Leftover, startOf } from 'mdshift'
import { CONTINUE, EXIT, visit } from 'unist-util-visit'

/** What a Markdown table can say, and with which attributes. */
const KNOWN = new Map<string, readonly string[]>([
  ...['table', 'thead', 'tbody', 'tr', 'code', 'em', 'strong', 'b', 'i'].map((name) => [name, []] as const),
  ...['td', 'th'].map((name) => [name, ['align']] as const),
  ['a', ['href', 'title']] as const,
])

export default defineTransform({
  id: 'html-tables',
  summary: '<table> → a table in pipes',
  mayMatch: (text) => /<table/i.test(text),
  transform(chapter) {
    const leftovers: Leftover[] = []
    chapter.find('html', { value: /^\s*<table[\s>]/i }).forEach((path) => {
      const { node } = path
      const parsed = fromHtml(node.value, { fragment: true })
      let because = /<\/table>\s*$/i.test(node.value)
        ? ''
        : 'a blank line ends the block before the table ends'
      visit(parsed, 'element', ({ tagName, properties }) => {
        const known = KNOWN.get(tagName)
        const other = Object.keys(properties).find((name) => !known?.some((one) => one === name))
        if (!because && !known) because = `a table in pipes has no <${tagName}>`
        if (!because && other) because = `a table in pipes has no ${other}`
        return because ? EXIT : CONTINUE
      })
      const made = toMdast(parsed)
      const [table, ...others] = 'children' in made ? made.children : []
      if (!because && table?.type === 'table' && others.length === 0) path.replace(table)
      else
        leftovers.push({
          start: startOf(node),
          end: endOf(node),
          kind: 'refused',
          because: because || 'no table',
        })
    })
    return { leftovers }
  },
})
