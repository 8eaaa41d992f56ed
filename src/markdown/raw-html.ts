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

const OPENING = /<[/!?a-z]/gi
const COMMENT = /<!--(?:-?>)?/y
const VERBATIM = /<(script|style|textarea|pre|code|kbd|samp|svg|math)\b[^>]*>/iy
const END_OF_VERBATIM = /<\/(script|style|textarea|pre|code|kbd|samp|svg|math)\s*>/gi
const TAG = /<[/!?a-z](?:"[^"]*"|'[^']*'|[^"'>])*>/iy

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
  for (let found = at(OPENING, html, 0); found; found = at(OPENING, html, end)) {
    const { index } = found
    const part = commentAt(html, index) ?? verbatimAt(html, index) ?? tagAt(html, index)
    add('text', index)
    add(part.kind, part.end)
  }
  add('text', html.length)
  return parts
}

type Ending = Pick<HtmlPart, 'kind' | 'end'>

function commentAt(html: string, index: number): Ending | undefined {
  const found = at(COMMENT, html, index)
  if (!found) return undefined
  const [opening] = found
  const end = opening.endsWith('>') ? index + opening.length : behind('-->', html, index + opening.length)
  return { kind: 'comment', end }
}

function verbatimAt(html: string, index: number): Ending | undefined {
  const opening = at(VERBATIM, html, index)
  if (!opening) return undefined
  const [tag, element = ''] = opening
  for (let found = at(END_OF_VERBATIM, html, index + tag.length); found; found = END_OF_VERBATIM.exec(html))
    if (found[1]?.toLowerCase() === element.toLowerCase())
      return { kind: 'verbatim', end: END_OF_VERBATIM.lastIndex }
  return { kind: 'verbatim', end: html.length }
}

/** What is not closed is all that is left. */
function tagAt(html: string, index: number): Ending {
  const found = at(TAG, html, index)
  return { kind: 'tag', end: found ? index + found[0].length : html.length }
}

function at(pattern: RegExp, html: string, from: number): RegExpExecArray | null {
  pattern.lastIndex = from
  return pattern.exec(html)
}

function behind(mark: string, html: string, from: number): number {
  const found = html.indexOf(mark, from)
  return found < 0 ? html.length : found + mark.length
}

const DIRECTIVE = /\{\{|\[\[/g
const END_OF_WIKILINK = /[\]\n]/g

/**
 * Where raw HTML holds text for readers: between tags, and in attributes that are read. Scripts, styles, code,
 * all other attributes, and mdBook's directives and wikilinks are none.
 *
 * @param html source
 * @returns spans in it, in order
 */
export function readableIn(html: string): Span[] {
  const directives = directivesIn(html)
  return textsIn(html).flatMap((span) => without(span, directives))
}

/** mdBook's preprocessors read `{{…}}`, and `[[…]]` on one line, in raw HTML too. */
function directivesIn(html: string): Span[] {
  const spans: Span[] = []
  let stop = -1
  for (let found = at(DIRECTIVE, html, 0); found; found = DIRECTIVE.exec(html)) {
    const { index: start, 0: opening } = found
    let end = start + 1
    if (opening === '{{') end = behind('}}', html, start + 2)
    else {
      if (stop < start + 2) stop = at(END_OF_WIKILINK, html, start + 2)?.index ?? html.length
      if (html.startsWith(']]', stop)) end = stop + 2
    }
    if (end > start + 1) spans.push({ start, end })
    DIRECTIVE.lastIndex = end
  }
  return spans
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
