/** Fences that mdbook-admonish passes over, and quotes that mdBook takes for no alert. */
import type { Blockquote } from 'mdast'
import { type Chapter, type NearMiss, type Span, startOf } from 'mdshift'
import { visit } from 'unist-util-visit'
import { almostAdmonish } from './fence.ts'

export function nearMisses(chapter: Chapter): NearMiss[] {
  const found: NearMiss[] = []
  visit(chapter.tree, 'code', (code) => {
    found.push(...almostAdmonish(code, chapter.text))
  })
  visit(chapter.tree, 'blockquote', (quote) => {
    found.push(...almostAlert(chapter, quote))
  })
  return found
}

/** `> [!NOTE] and more`, `> [!INFO]`: the marker has to be one of five, alone on its line. */
function almostAlert(chapter: Chapter, quote: Blockquote): NearMiss[] {
  const [first] = quote.children
  if (first?.type !== 'paragraph') return []
  const marker = /^\[!([a-z]+)\](.*)/i.exec(chapter.text.slice(startOf(first)))
  if (!marker) return []
  const [line, name = '', rest = ''] = marker
  const isKnown = /^(?:note|tip|important|warning|caution)$/i.test(name)
  const span: Span = { start: startOf(first), end: startOf(first) + line.trimEnd().length }
  if (!isKnown) return [{ ...span, because: `mdBook has no alert ${name.toUpperCase()}: it shows a quote` }]
  return rest.trim() === ''
    ? []
    : [{ ...span, because: 'words behind the marker make it a quote: an alert has no title of its own' }]
}
