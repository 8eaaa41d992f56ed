import type { API, FileInfo, Options } from 'mdshift'

export const summary = 'links to one host lead to another'

export default function changeDomain(
  { source }: FileInfo,
  { md, stats }: API,
  { from, to }: Options,
): string {
  if (typeof from !== 'string' || typeof to !== 'string') throw new Error('give --from HOST --to HOST')
  const leading = md(source)
    .find(['link', 'image', 'definition'])
    .filter(({ node }) => URL.canParse(node.url) && new URL(node.url).host === from)
  stats('addresses', leading.length)
  return leading.setUrl((url) => url.replace(from, to)).toSource()
}
