import path from 'node:path/posix'
import type { API, FileInfo, Options } from 'mdshift'

export const summary = 'links to a chapter follow it to its new place'

export default function moveChapter(file: FileInfo, { md }: API, { from, to }: Options): string {
  if (typeof from !== 'string' || typeof to !== 'string') throw new Error('give --from OLD.md --to NEW.md')
  const folder = path.dirname(file.path)
  return md(file.source)
    .find(['link', 'definition'])
    .setUrl((url) => {
      const [, page = '', rest = ''] = /^([^?#]*)(.*)$/.exec(url) ?? []
      const leadsThere = page !== '' && !URL.canParse(url) && path.join(folder, page) === path.normalize(from)
      return leadsThere ? path.relative(folder, to) + rest : url
    })
    .toSource()
}
