/** The tags that a piece of raw HTML opens, and their attributes, as a browser reads them. */
import { decodeString } from 'micromark-util-decode-string'
import type { Span } from '../model.ts'

export interface HtmlTag extends Span {
  /** In lower case. */
  readonly name: string
  /** By name, in lower case; of two alike, the first counts. */
  readonly attributes: ReadonlyMap<string, string>
}

const TAG = /<([a-z][^\s/>]*)((?:"[^"]*"|'[^']*'|[^"'>])*)/gi
const ATTRIBUTE = /([^\s"'<>/=]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'<>]+)))?/g

/**
 * Reads raw HTML.
 *
 * @param html as it stands in a chapter: a block of it, or one tag
 * @returns the tags, in order; offsets are into the HTML
 * @example
 * htmlTags('<!-- <b> --><a id=x>')[0]?.attributes.get('id') // → 'x'
 */
export function htmlTags(html: string): HtmlTag[] {
  const shown = withoutHidden(html)
  return [...shown.matchAll(TAG)].map((match) => {
    const [all, name = '', source = ''] = match
    const attributes = new Map<string, string>()
    for (const [, key = '', double, single, bare] of source.matchAll(ATTRIBUTE)) {
      const value = decoded(double ?? single ?? bare ?? '')
      if (!attributes.has(key.toLowerCase())) attributes.set(key.toLowerCase(), value)
    }
    return { name: name.toLowerCase(), attributes, start: match.index, end: match.index + all.length }
  })
}

const HIDING = /<!--|<(script|style|textarea|title)\b/gi
const END_OF_HIDDEN = /<\/(script|style|textarea|title)/gi

/** Comments, and what scripts and the like hold, are no tags: spaces in their place. All is gone over once. */
function withoutHidden(html: string): string {
  const parts: string[] = []
  const last = html.lastIndexOf('>')
  let from = 0
  for (let found = next(HIDING, html, 0); found; found = next(HIDING, html, HIDING.lastIndex)) {
    const { index, 0: opening, 1: name } = found
    if (name !== undefined && index > last) continue
    const shown = name === undefined ? index : html.indexOf('>', index) + 1
    const end = name === undefined ? behind('-->', html, index + opening.length) : endOf(name, html, shown)
    parts.push(html.slice(from, shown), ' '.repeat(end - shown))
    from = end
    HIDING.lastIndex = end
  }
  return parts.join('') + html.slice(from)
}

/** Behind the name of the tag that closes an element; the end where none does. */
function endOf(name: string, html: string, from: number): number {
  for (let found = next(END_OF_HIDDEN, html, from); found; found = END_OF_HIDDEN.exec(html))
    if (found[1]?.toLowerCase() === name.toLowerCase()) return END_OF_HIDDEN.lastIndex
  return html.length
}

function behind(mark: string, html: string, from: number): number {
  const at = html.indexOf(mark, from)
  return at < 0 ? html.length : at + mark.length
}

function next(pattern: RegExp, html: string, from: number): RegExpExecArray | null {
  pattern.lastIndex = from
  return pattern.exec(html)
}

/** Character references; HTML has no escapes. */
function decoded(value: string): string {
  return value.includes('&') ? decodeString(value.replaceAll('\\', '\\\\')) : value
}

/** Where the links and pictures of raw HTML lead, in order. */
export function linksInHtml(html: string): string[] {
  return htmlTags(html).flatMap(({ attributes }) =>
    ['href', 'src'].flatMap((name) => attributes.get(name) ?? []),
  )
}
