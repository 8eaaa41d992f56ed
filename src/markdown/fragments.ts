/**
 * What `#fragment` leads to in one chapter, and what leads there: headings, anchors in raw HTML, and links to
 * any page of the book. Which of them is meant is for one who sees the whole book to say.
 */
import type { Heading, Html, Nodes } from 'mdast'
import { decodeString } from 'micromark-util-decode-string'
import { labelId } from '../label-id.ts'
import type { Change, Span } from '../model.ts'
import { type HeadingName, headingText } from './heading-id.ts'
import { htmlTags } from './html-tags.ts'
import { labelsOf } from './labels.ts'
import { type Chapter, sourceOf, startOf } from './parse.ts'
import type { FieldSpan } from './spans.ts'
import { walk } from './walk.ts'

/** The headings, anchors and links of one file; plain data. */
export interface ChapterFragments {
  readonly headings: readonly HeadingFact[]
  /** Ids and names that raw HTML gives, and where. */
  readonly anchors: readonly { readonly at: number; readonly id: string }[]
  readonly links: readonly FragmentLink[]
  /** Why no link of the file can change, where a migration does not look at it. */
  readonly fixed?: string | undefined
}

export interface HeadingFact extends HeadingName {
  /** Offset of the heading. */
  readonly at: number
  /** An id that it was meant to have, and that mdBook does not know: it counts where nothing else has it. */
  readonly meant?: string | undefined
}

/** A link with a fragment; the span is its destination's. */
export interface FragmentLink extends Span {
  /** The page that it names, decoded, or '' for its own. */
  readonly page: string
  /** Decoded. */
  readonly fragment: string
  /** Where the fragment stands. */
  readonly span: Span
  /** Whether the fragment is percent-encoded. */
  readonly isEncoded: boolean
  readonly place: 'text' | 'html' | 'comment'
  /** Of a definition: its label, where it leads as written, and whether its own file uses it. */
  readonly label?: { readonly id: string; readonly url: string; readonly isUsed: boolean }
}

/**
 * The fragments of a chapter. The page of a hidden definition stands in its title. A picture counts as a
 * link: an address with a fragment may be a page of the book.
 *
 * @param chapter to look through
 * @returns `undefined` where it has none
 * @example
 * // '[x]: # "wind.md#vane"' → a link to page 'wind.md' and fragment 'vane'
 */
export function fragmentsOf(chapter: Chapter): ChapterFragments | undefined {
  const headings: HeadingFact[] = []
  const anchors: { at: number; id: string }[] = []
  const links: FragmentLink[] = []
  walk(chapter.tree, (node) => {
    if (node.type === 'heading') headings.push(headingFact(node))
    else if (node.type === 'html') {
      links.push(...linksInHtml(chapter, node))
      anchors.push(...anchorsIn(chapter, node))
    } else links.push(...linksOf(chapter, node))
  })
  if (headings.length + anchors.length + links.length === 0) return undefined
  return { headings, anchors, links: withUses(chapter, links) }
}

/** Whether a text can hold what {@link fragmentsOf} looks for. */
export function mayHaveFragments(text: string): boolean {
  return /#(?<!\{\{[ \t]*#)|^[ \t>]*(?:=+|-+)[ \t]*\r?$|\b(?:id|name)\s*=/im.test(text)
}

/** The change that leads a link to another fragment of its page; nothing else of it moves. */
export function leadTo(chapter: Chapter, link: FragmentLink, fragment: string, because: string): Change {
  const { start, end } = link.span
  const isPlain = !link.isEncoded && /^[\p{L}\p{M}\p{N}_.~:-]*$/u.test(fragment)
  const text = isPlain ? fragment : encodeURIComponent(fragment)
  const page = chapter.text.slice(link.start, start)
  const shown = { legacy: chapter.text.slice(link.start, link.end), current: `${page}${text}` }
  return { start, end, text, because, shown }
}

function headingFact(heading: Heading): HeadingFact {
  return { at: startOf(heading), id: heading.attributes?.id, text: headingText(heading) }
}

function linksOf(chapter: Chapter, node: Nodes): FragmentLink[] {
  if (node.type !== 'link' && node.type !== 'definition' && node.type !== 'image') return []
  const { destination, title, label } = chapter.spans.fields(node)
  const isHidden = node.type === 'definition' && node.url === '#' && !/\s/.test(node.title ?? '')
  const field = isHidden ? title : destination
  const link = field && linkAt(field, 'text')
  if (!link) return []
  if (!label || !field) return [link]
  return [{ ...link, label: { id: labelId(label.source), url: decodeString(field.source), isUsed: false } }]
}

/** Definitions that a reference of their own file uses. */
function withUses(chapter: Chapter, links: readonly FragmentLink[]): readonly FragmentLink[] {
  if (links.every(({ label }) => label === undefined)) return links
  const uses = labelsOf(chapter).filter(({ node }) => node.type !== 'definition')
  const used = new Set(uses.map(({ id }) => id))
  return links.map((link) =>
    link.label ? { ...link, label: { ...link.label, isUsed: used.has(link.label.id) } } : link,
  )
}

/** A destination may have escapes and character references, and its `#` may be one of them: then it has none. */
function linkAt({ start, end, source }: FieldSpan, place: FragmentLink['place']): FragmentLink | undefined {
  const decode = place === 'text' ? decodeString : (text: string) => text
  const [page = '', fragment] = splitOnce(decode(source), '#')
  const hash = [...source.matchAll(/#/g)].find(({ index }) => decode(source.slice(0, index)) === page)
  if (!fragment || !hash || /[?:]/.test(page) || page.startsWith('//')) return undefined
  const from = start + hash.index + 1
  return {
    start,
    end,
    page: decoded(page),
    fragment: decoded(fragment),
    span: { start: from, end },
    isEncoded: decoded(fragment) !== fragment,
    place,
  }
}

function splitOnce(text: string, separator: string): [string, string?] {
  const index = text.indexOf(separator)
  return index < 0 ? [text] : [text.slice(0, index), text.slice(index + 1)]
}

/** A `%` that begins no escape stands for itself. */
function decoded(text: string): string {
  return text.replace(/(?:%[\da-f]{2})+/gi, (escapes) => {
    try {
      return decodeURIComponent(escapes)
    } catch {
      return escapes
    }
  })
}

function linksInHtml(chapter: Chapter, node: Html): FragmentLink[] {
  const html = sourceOf(chapter, node)
  const comments = [...html.matchAll(COMMENT)]
  const tags = htmlTags(html)
  return attributeValues(html, HREF).flatMap(({ value, at }) => {
    const start = startOf(node) + at
    const inComment = comments.some((found) => found.index <= at && at < found.index + found[0].length)
    if (!inComment && !tags.some((tag) => tag.start <= at && at < tag.end)) return []
    const field = { start, end: start + value.length, source: value }
    return linkAt(field, inComment ? 'comment' : 'html') ?? []
  })
}

function anchorsIn(chapter: Chapter, node: Html): { at: number; id: string }[] {
  return htmlTags(sourceOf(chapter, node)).flatMap(({ name, attributes }) =>
    (name === 'a' ? ['id', 'name'] : ['id'])
      .flatMap((key) => attributes.get(key) ?? [])
      .map((id) => ({ at: startOf(node), id })),
  )
}

const COMMENT = /<!--[\s\S]*?(?:-->|$)/g
const HREF = /(\shref\s*=\s*["']?)([^\s"'<>]*)/gi

/** The values of attributes in raw HTML, quoted or not, and where they begin. */
function attributeValues(html: string, pattern: RegExp): { value: string; at: number }[] {
  return [...html.matchAll(pattern)].map((match) => ({
    value: match[2] ?? '',
    at: match.index + (match[1] ?? '').length,
  }))
}
