/** What admonitions have to know of the rest of the book. */
import { type Chapter, labelId, md, type Scan } from 'mdshift'
import { visit } from 'unist-util-visit'
import { wordsOf } from './fence.ts'

/** Plain data. */
export interface BookFacts {
  /** Ids of labels that an admonition defines, and that another file has in brackets or anything defines. */
  readonly shared: readonly string[]
  /** Ids of admonitions that a link leads to. */
  readonly linked: readonly string[]
}

/** The same of one chapter. */
interface ChapterFacts {
  readonly defined: readonly string[]
  readonly linked: readonly string[]
}

export const scan: Scan<BookFacts, ChapterFacts> = {
  mayMatch: (text) => /admonish|#admonition-/.test(text),
  chapter: (chapter) => ({ defined: definedIn(chapter), linked: linkedIn(chapter.text) }),
  reduce({ definitions, mentions }, items) {
    const all = [...items.values()]
    const defined = new Set(definitions.map(({ id }) => id))
    const isShared = (id: string) => defined.has(id) || (mentions.get(id)?.paths.length ?? 0) > 1
    return {
      shared: [...new Set(all.flatMap((item) => item.defined))].filter(isShared).sort(),
      linked: [...new Set(all.flatMap((item) => item.linked))].sort(),
    }
  },
}

function definedIn(chapter: Chapter): string[] {
  const found: string[] = []
  visit(chapter.tree, 'code', (code) => {
    if (wordsOf(code, chapter.text) === undefined || !code.value.includes(']:')) return
    const definitions = md(code.value).find('definition').nodes()
    found.push(...definitions.map(({ label, identifier }) => labelId(label ?? identifier)))
  })
  return found
}

function linkedIn(text: string): string[] {
  return [...text.matchAll(/#(admonition-[^\s)"'<>\]}]*)/gi)].map(([, id = '']) => id.toLowerCase())
}
