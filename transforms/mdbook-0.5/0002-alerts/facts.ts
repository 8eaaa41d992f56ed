/** What admonitions have to know of the rest of the book. */
import path from 'node:path/posix'
import { type BookView, type Chapter, labelId, md, type Scan } from 'mdshift'
import { visit } from 'unist-util-visit'
import { wordsOf } from './fence.ts'

/** Plain data. */
export interface BookFacts {
  /** Ids of labels that an admonition defines, and that another file has in brackets or anything defines. */
  readonly shared: readonly string[]
  /** Ids that links lead to, of admonitions: by the file that shows them, as far as links say which. */
  readonly linked: Readonly<Record<string, readonly string[]>>
}

interface IdLink {
  /** As written; empty for the page that it stands in. */
  readonly page: string
  readonly id: string
}

/** The same of one file. */
interface FileFacts {
  readonly defined: readonly string[]
  readonly links: readonly IdLink[]
}

export const scan: Scan<BookFacts, FileFacts> = {
  mayMatch: (text) => /admonish|#admonition-/i.test(text),
  chapter: (chapter) => ({ defined: definedIn(chapter), links: linksIn(chapter.text) }),
  reduce: (book, items) => ({ shared: sharedIn(book, items), linked: linkedIn(book, items) }),
}

function sharedIn({ definitions, mentions }: BookView, items: ReadonlyMap<string, FileFacts>): string[] {
  const defined = new Set(definitions.map(({ id }) => id))
  const isShared = (id: string) => defined.has(id) || (mentions.get(id)?.paths.length ?? 0) > 1
  return [...new Set([...items.values()].flatMap((item) => item.defined))].filter(isShared).sort()
}

/** A page that is not named by its path from the linking one may be any. */
const ANY = '*'

function linkedIn(book: BookView, items: ReadonlyMap<string, FileFacts>): Record<string, string[]> {
  const ids = new Map<string, Set<string>>()
  for (const [file, { links }] of items) {
    for (const { page, id } of links) {
      for (const chapter of chaptersWith(book, file)) {
        const target = pageFrom(chapter, page)
        ids.set(target, (ids.get(target) ?? new Set()).add(id))
      }
    }
  }
  const of = (file: string) =>
    [...chaptersWith(book, file), ANY].flatMap((page) => [...(ids.get(page) ?? [])])
  return Object.fromEntries([...items.keys()].map((file) => [file, [...new Set(of(file))].sort()]))
}

/** Every file is shown by itself, and in the chapters that include it. */
function chaptersWith({ scopes }: BookView, file: string): Set<string> {
  return new Set([file, ...(scopes.of.get(file) ?? []).map(({ root }) => root)])
}

function pageFrom(chapter: string, page: string): string {
  if (page === '') return chapter
  if (/^\/|:/.test(page)) return ANY
  return path.join(path.dirname(chapter), page).replace(/\.html$/, '.md')
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

function linksIn(text: string): IdLink[] {
  const links = text.matchAll(/(?<![^\s()"'<>[\]=])([^\s()"'<>[\]=]*)#(admonition-[^\s()"'<>[\]}]*)/gi)
  return [...links].map(([, page = '', id = '']) => ({ page, id: id.toLowerCase() }))
}
