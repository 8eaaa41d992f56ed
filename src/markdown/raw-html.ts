/**
 * The parts of a piece of raw HTML: comments apart, and what of the rest is text that may change without
 * changing what the HTML does.
 */
import type { Span } from '../model.ts'

/** A stretch of raw HTML; offsets into it. */
export interface HtmlPart extends Span {
  /** `verbatim` is an element whose text is code, with its tags. */
  readonly kind: 'comment' | 'tag' | 'text' | 'verbatim'
}

const COMMENT = /<!--(?:-?>|[\s\S]*?(?:-->|$))/
const VERBATIM =
  /<(?<element>script|style|textarea|pre|code|kbd|samp|svg|math)\b[^>]*>[\s\S]*?(?:<\/\k<element>\s*>|$)/
const TAG = /<[/!?a-z](?:(?:"[^"]*"|'[^']*'|[^"'>])*>|[\s\S]*$)/
const PART = new RegExp(`(?<comment>${COMMENT.source})|${VERBATIM.source}|${TAG.source}`, 'gi')

/** Attributes whose value a reader sees or hears. */
const SEEN = /\s(?:alt|title|aria-label)\s*=\s*(?:"([^"]*)"|'([^']*)')/dgi

/**
 * The parts of raw HTML, in order, without gaps.
 *
 * @param html source
 * @example
 * htmlParts('<b>a</b><!-- c -->').map(({ kind }) => kind) // → ['tag', 'text', 'tag', 'comment']
 */
export function htmlParts(html: string): HtmlPart[] {
  const parts: HtmlPart[] = []
  let end = 0
  const add = (kind: HtmlPart['kind'], to: number) => {
    if (to > end) parts.push({ kind, start: end, end: to })
    end = to
  }
  for (const { index, 0: source, groups = {} } of html.matchAll(PART)) {
    add('text', index)
    add(kindOf(groups), index + source.length)
  }
  add('text', html.length)
  return parts
}

function kindOf(groups: Readonly<Record<string, string>>): HtmlPart['kind'] {
  if (groups['comment'] !== undefined) return 'comment'
  return groups['element'] === undefined ? 'tag' : 'verbatim'
}

/** mdBook's preprocessors read these in raw HTML too. */
const DIRECTIVE = /\{\{[\s\S]*?(?:\}\}|$)|\[\[[^\]\n]*\]\]/g

/**
 * Where raw HTML holds text for readers: between tags, and in attributes that are read. Scripts, styles, code,
 * all other attributes, and mdBook's directives and wikilinks are none.
 *
 * @param html source
 * @returns spans in it, in order
 */
export function readableIn(html: string): Span[] {
  const directives = [...html.matchAll(DIRECTIVE)].map(({ index, 0: source }) => ({
    start: index,
    end: index + source.length,
  }))
  return textsIn(html).flatMap((span) => without(span, directives))
}

/** What is left of a span. */
function without({ start, end }: Span, holes: readonly Span[]): Span[] {
  const left: Span[] = []
  let from = start
  for (const hole of holes) {
    if (hole.end <= from || hole.start >= end) continue
    if (hole.start > from) left.push({ start: from, end: hole.start })
    from = hole.end
  }
  return from < end ? [...left, { start: from, end }] : left
}

function textsIn(html: string): Span[] {
  return htmlParts(html).flatMap(({ kind, start, end }): Span[] => {
    if (kind === 'text') return [{ start, end }]
    if (kind !== 'tag') return []
    return [...html.slice(start, end).matchAll(SEEN)].flatMap(({ indices }) => {
      const [from, to] = indices?.[1] ?? indices?.[2] ?? [0, 0]
      return [{ start: start + from, end: start + to }]
    })
  })
}
