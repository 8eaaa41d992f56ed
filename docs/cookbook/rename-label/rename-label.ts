import { type API, type FileInfo, type Options, renameLabel } from 'mdshift'

export const summary = 'one label gets another name, wherever it stands'

export default function rename({ source }: FileInfo, { md, stats }: API, { from, to }: Options): string {
  if (typeof from !== 'string' || typeof to !== 'string') throw new Error('give --from LABEL --to LABEL')
  const chapter = md(source)
  stats('references and definitions', renameLabel(chapter, from, to))
  return chapter.toSource()
}
