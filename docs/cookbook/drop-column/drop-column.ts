import { toString as textOf } from 'mdast-util-to-string'
import type { API, FileInfo, Options } from 'mdshift'

export const summary = 'one column of tables goes, by the text of its head'

export default function dropColumn({ source }: FileInfo, { md, stats }: API, { column }: Options): string {
  if (typeof column !== 'string') throw new Error('give --column HEAD')
  const root = md(source)
  root.find('table').forEach(({ node }) => {
    const cells = node.children[0]?.children ?? []
    const index = cells.findIndex((cell) => textOf(cell) === column)
    if (index < 0 || cells.length === 1) return
    stats('tables')
    node.align?.splice(index, 1)
    for (const row of node.children) row.children.splice(index, 1)
  })
  return root.toSource()
}
