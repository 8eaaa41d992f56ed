/**
 * What no migration touches: code, raw HTML and its comments, labels, link destinations, mdBook's directives
 * and wikilinks, front matter.
 */
import type { Html } from 'mdast'
import type { Span } from '../model.ts'
import { type Chapter, endOf, sourceOf, startOf } from './parse.ts'
import { htmlParts, readableIn } from './raw-html.ts'
import { walk } from './walk.ts'

/** What no migration touches by policy. */
export interface Opaque extends Span {
  readonly kind: 'code' | 'comment' | 'directive' | 'front matter' | 'html' | 'label' | 'url'
  /** Of raw HTML: where it holds text for readers, which configuration may have rewritten. */
  readonly readable?: readonly Span[]
}

/**
 * Code, raw HTML and its comments, labels, link destinations, mdBook directives and wikilinks, front matter.
 *
 * @param chapter to look through
 * @returns where each stands, delimiters included, in the order of the tree
 * @example
 * // 'a `b` {{c}}' → code '`b`' and directive '{{c}}'
 */
export function opaqueOf(chapter: Chapter): Opaque[] {
  const found: Opaque[] = []
  walk(chapter.tree, (node) => {
    const kind = OPAQUE_NODES[node.type]
    if (kind) found.push({ kind, start: startOf(node), end: endOf(node) })
    if (node.type === 'html') found.push(...opaqueInHtml(chapter, node))
    const { destination, label } = chapter.spans.fields(node)
    if (label) found.push({ kind: 'label', start: label.start, end: label.end })
    if (destination) found.push({ kind: 'url', start: destination.start, end: destination.end })
  })
  return found
}

const OPAQUE_NODES: Readonly<Record<string, Opaque['kind']>> = {
  code: 'code',
  inlineCode: 'code',
  mdbookDirective: 'directive',
  mdbookWikilink: 'directive',
  yaml: 'front matter',
}

/** A comment is one piece, and what stands between two comments is one. */
function opaqueInHtml(chapter: Chapter, node: Html): Opaque[] {
  const html = sourceOf(chapter, node)
  const at = startOf(node)
  const readable = tellsTags(html, node) ? readableIn(html).map((span) => shifted(span, at)) : []
  const pieces: Opaque[] = []
  for (const part of htmlParts(html)) {
    const { start, end } = shifted(part, at)
    const last = pieces.at(-1)
    if (part.kind === 'comment') pieces.push({ kind: 'comment', start, end })
    else if (last?.kind === 'html') pieces[pieces.length - 1] = { ...last, end }
    else pieces.push({ kind: 'html', start, end, readable })
  }
  return pieces
}

/** A tag that goes on over a line of a block quote has a `>` in it that does not end it. */
function tellsTags(html: string, node: Html): boolean {
  if (html === node.value) return true
  return htmlParts(node.value).every(
    ({ kind, start, end }) => kind === 'text' || !node.value.slice(start, end).includes('\n'),
  )
}

function shifted({ start, end }: Span, by: number): Span {
  return { start: start + by, end: end + by }
}
