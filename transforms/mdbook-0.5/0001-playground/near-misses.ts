/** What has the old name in it, and is no directive that mdBook replaces. */
import { type Chapter, type NearMiss, type Span, startOf } from 'mdshift'
import { visit } from 'unist-util-visit'

export function nearMisses(chapter: Chapter): NearMiss[] {
  const escaped = [...chapter.text.matchAll(/\\\{\{\s*#playpen\b[^}\n]*(\}\})?/g)]
    .filter(([, end]) => end !== undefined)
    .map((match) => ({
      ...spanOf(match),
      because: 'it is escaped: a reader sees it, and mdBook does not replace it',
    }))
  const attributes = [...chapter.text.matchAll(/^ {0,3}(?:`{3,}|~{3,})\s*rust\b(.*)/gm)].flatMap(
    ({ index, 0: line, 1: words = '' }) =>
      [...words.matchAll(/noplaypen\b/g)].map((match) => {
        const start = index + line.length - words.length + match.index
        const because = 'mdBook 0.5 knows this name for `noplayground`, and says nothing'
        return { start, end: start + match[0].length, because }
      }),
  )
  return [...escaped, ...attributes, ...unnamed(chapter)]
}

/** A directive without a file. */
function unnamed(chapter: Chapter): NearMiss[] {
  const found: NearMiss[] = []
  visit(chapter.tree, 'mdbookDirective', (node) => {
    if (!/^\{\{\s*#playpen\s*\}\}$/.test(node.value)) return
    const start = startOf(node)
    const because = 'it names no file: mdBook shows it as it is'
    found.push({ start, end: start + node.value.length, because })
  })
  return found
}

function spanOf({ index, 0: found }: RegExpExecArray): Span {
  return { start: index, end: index + found.length }
}
