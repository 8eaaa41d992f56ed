/**
 * The source of a node with some of its fields said otherwise, and everything else as it is written: the spaces,
 * the kind of quotes, the angle brackets of an address, escapes.
 */
import type { Definition, Image, Link, Nodes } from 'mdast'
import { decodeString } from 'micromark-util-decode-string'
import type { Span } from '../../model.ts'
import { originOf } from '../origin.ts'
import type { Chapter } from '../parse.ts'
import { containersOf, contentIn } from './content.ts'

/** Another text for a part of a source. */
interface Replaced extends Span {
  readonly text: string
}

/**
 * The content of a part of a node's source, with other texts in it.
 *
 * @param replaced in order, within the span
 */
export function respelled(chapter: Chapter, node: Nodes, span: Span, replaced: readonly Replaced[]): string {
  const depth = containersOf(node).length
  const parts: string[] = []
  let from = span.start
  for (const { start, end, text } of replaced) {
    parts.push(contentIn(chapter, { start: from, end: start }, depth).text, text)
    from = end
  }
  return parts.join('') + contentIn(chapter, { start: from, end: span.end }, depth).text
}

/**
 * What is to be put in the place of a changed address and a changed title.
 *
 * @returns `undefined` where the node has no place for one of them: then its tail is written anew
 */
export function targetReplaced(chapter: Chapter, node: Definition | Image | Link): Replaced[] | undefined {
  const before = originOf(node)?.fields
  const { destination, title } = chapter.spans.fields(node)
  const replaced: Replaced[] = []
  if (before?.['url'] !== node.url) {
    if (!destination) return undefined
    replaced.push(destinationReplaced(chapter.text, destination, node.url))
  }
  if ((before?.['title'] ?? '') !== (node.title ?? '')) {
    if (!title || !node.title) return undefined
    const quote = chapter.text.charAt(title.end)
    replaced.push({ ...span(title), text: escapedTitle(node.title, quote) })
  }
  return replaced
}

function destinationReplaced(text: string, { start, end }: Span, url: string): Replaced {
  const source = text.slice(start, end)
  if (text.charAt(start - 1) === '<') return { start, end, text: withOwnEnds(source, url, enclosed) }
  if (NEEDS_BRACKETS.test(url) || url === '') return { start, end, text: `<${enclosed(url)}>` }
  const spelled = withOwnEnds(source, url, (part) => withReferences(withBackslashes(part)))
  const isRaw = !spelled.startsWith('<') && hasBalancedParentheses(spelled.replace(/\\[()]/g, ''))
  return { start, end, text: isRaw ? spelled : escapedRaw(url) }
}

/** An address whose beginning and end are spelled as they were, as far as they are the same. */
function withOwnEnds(source: string, url: string, spell: (part: string) => string): string {
  const atoms = source.match(/\\[!-/:-@[-`{-~]|&#?\w+;|[\s\S]/g) ?? []
  let [front, from] = [0, 0]
  for (; front < atoms.length; front++) {
    const said = decodeString(atoms[front] ?? '')
    if (!url.startsWith(said, from)) break
    from += said.length
  }
  let [back, to] = [atoms.length, url.length]
  for (; back > front; back--) {
    const said = decodeString(atoms[back - 1] ?? '')
    if (to - said.length < from || !url.endsWith(said, to)) break
    to -= said.length
  }
  return atoms.slice(0, front).join('') + spell(url.slice(from, to)) + atoms.slice(back).join('')
}

const NEEDS_BRACKETS = /[\0- \x7f]/

function enclosed(url: string): string {
  return withReferences(withBackslashes(url).replace(/[<>]/g, '\\$&')).replace(/[\r\n]/g, (eol) =>
    eol === '\n' ? '&#xA;' : '&#xD;',
  )
}

function escapedRaw(url: string): string {
  const escaped = withReferences(withBackslashes(url)).replace(/^</, '\\<')
  return hasBalancedParentheses(url) ? escaped : escaped.replace(/[()]/g, '\\$&')
}

/** CommonMark 0.31.2, 6.3: parentheses in an address stand for themselves as long as they are balanced. */
function hasBalancedParentheses(url: string): boolean {
  let depth = 0
  for (const letter of url) {
    if (letter === '(') depth += 1
    if (letter === ')') depth -= 1
    if (depth < 0 || depth > 30) return false
  }
  return depth === 0
}

function escapedTitle(title: string, quote: string): string {
  const escaped = withReferences(withBackslashes(title))
  return quote === ')' ? escaped.replace(/[()]/g, '\\$&') : escaped.replaceAll(quote, `\\${quote}`)
}

/** A backslash before punctuation would be an escape. */
function withBackslashes(text: string): string {
  return text.replace(/\\(?=[!-/:-@[-`{-~]|$)/g, '\\\\')
}

/** An ampersand that begins a character reference would be one. */
function withReferences(text: string): string {
  return text.replace(/&(?=#?\w+;)/g, '\\&')
}

/** A label, raw, as it may stand in brackets: with the escapes that it needs and no others. */
export function escapedLabel(label: string): string {
  return withBackslashes(label).replace(/[[\]]/g, '\\$&')
}

function span({ start, end }: Span): Span {
  return { start, end }
}
