/** The tags that a piece of raw HTML opens, and their attributes, as a browser reads them. */
import { decodeString } from 'micromark-util-decode-string'
import type { Span } from '../model.ts'

export interface HtmlTag extends Span {
  /** In lower case. */
  readonly name: string
  /** By name, in lower case; of two alike, the first counts. */
  readonly attributes: ReadonlyMap<string, string>
}

/** Comments, and what scripts and the like hold, are no tags. */
const HIDDEN = /<!--[\s\S]*?(?:-->|$)|(<(script|style|textarea|title)\b[^>]*>)[\s\S]*?(?:<\/\2|$)/gi
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
  const shown = html.replace(HIDDEN, (hidden: string, tag = '') => tag.padEnd(hidden.length))
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
