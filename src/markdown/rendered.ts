/**
 * A chapter as mdBook shows it, told by satteri, whose parser is a fork of pulldown-cmark, mdBook's own: no
 * code is shared with the parser that edits are made with. The only file that knows satteri.
 */
import type { Nodes } from 'hast'
import { markdownToHast } from 'satteri'
import type { Span } from '../model.ts'
import { headingIds } from './heading-id.ts'

/** One step through the rendered form: a tag that opens or closes, text, or raw HTML. */
export interface Token {
  readonly kind: 'close' | 'html' | 'open' | 'text'
  /** Of a tag; empty for text and raw HTML. */
  readonly name: string
  readonly attributes: Readonly<Record<string, string>>
  /** Of text and raw HTML. */
  readonly text: string
  /** Whether it stands in code. */
  readonly inCode: boolean
  /** Where it comes from; absent for what the renderer adds itself. */
  readonly span: Span | undefined
}

/** A chapter rendered. */
export interface Rendered {
  readonly tokens: readonly Token[]
  /**
   * Which element an id leads to, by its number among the tags that open and the raw HTML: headings by mdBook's
   * rule for ids, and whatever has an id of its own.
   */
  readonly anchors: ReadonlyMap<string, number>
}

const FEATURES = { gfm: true, headingAttributes: true, frontmatter: false, smartPunctuation: false }

/**
 * Renders a chapter with mdBook's options: tables, footnotes, strikethrough, task lists and heading
 * attributes, no smart punctuation.
 *
 * @param text assembled, includes expanded
 * @example
 * render('[a](b)').tokens.map(({ kind, name, text }) => name || text || kind)
 * // → ['p', 'a', 'a', 'a', 'p']
 */
export function render(text: string): Rendered {
  const tokens: Token[] = []
  flatten(markdownToHast(veiled(text), { features: FEATURES }) as Nodes, false, tokens)
  return { tokens, anchors: anchorsOf(tokens) }
}

/** mdBook makes no links of bare addresses, and satteri does, but for schemes that it does not know. */
function veiled(text: string): string {
  return text.replace(/http(?=s?:\/\/)|www(?=\.)|mailto(?=:)|xmpp(?=:)/gi, (found) =>
    /^w/i.test(found) ? 'wwv' : `${found.slice(0, -1)}q`,
  )
}

function unveiled(text: string): string {
  return text
    .replace(/htt[q](?=s?:\/\/)/gi, (found) => `${found.slice(0, -1)}p`)
    .replace(/wwv(?=\.)/g, 'www')
    .replace(/mailtq(?=:)/gi, 'mailto')
    .replace(/xmpq(?=:)/gi, 'xmpp')
}

function flatten(node: Nodes, inCode: boolean, tokens: Token[]): void {
  if (node.type === 'root') for (const child of node.children) flatten(child, inCode, tokens)
  if (node.type === 'element') {
    const name = node.tagName
    const span = spanOf(node)
    tokens.push({ kind: 'open', name, attributes: attributesOf(node.properties), text: '', inCode, span })
    const within = inCode || name === 'code' || name === 'pre'
    for (const child of node.children) flatten(child, within, tokens)
    tokens.push({ kind: 'close', name, attributes: {}, text: '', inCode, span })
  }
  if (node.type === 'text') addText(unveiled(node.value), spanOf(node), inCode, tokens)
  if (node.type === 'comment' || (node.type as string) === 'raw') {
    const text = unveiled((node as { value: string }).value)
    tokens.push({ kind: 'html', name: '', attributes: {}, text, inCode, span: spanOf(node) })
  }
}

/** Texts beside each other are one. */
function addText(text: string, span: Span | undefined, inCode: boolean, tokens: Token[]): void {
  const last = tokens.at(-1)
  if (last?.kind !== 'text') {
    tokens.push({ kind: 'text', name: '', attributes: {}, text, inCode, span })
    return
  }
  const both = last.span && span ? { start: last.span.start, end: span.end } : (last.span ?? span)
  tokens[tokens.length - 1] = { ...last, text: last.text + text, span: both }
}

function spanOf({ position }: Nodes): Span | undefined {
  const [start, end] = [position?.start.offset, position?.end.offset]
  return start === undefined || end === undefined ? undefined : { start, end }
}

function attributesOf(properties: Readonly<Record<string, unknown>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(properties).map(([name, value]) => [
      name,
      unveiled(Array.isArray(value) ? value.join(' ') : String(value)),
    ]),
  )
}

const HEADING = /^h[1-6]$/

/** A heading that names no id gets one by mdBook's rule; what has the same id later is not found by it. */
function anchorsOf(tokens: readonly Token[]): Map<string, number> {
  const anchors = new Map<string, number>()
  const isHeading = ({ kind, name }: Token) => kind === 'open' && HEADING.test(name)
  const names = tokens.flatMap((token, index) =>
    isHeading(token) ? [{ id: token.attributes['id'], text: headingText(tokens, index) }] : [],
  )
  const ids = headingIds(names)
  let [element, heading] = [0, 0]
  for (const token of tokens) {
    if (token.kind === 'close' || token.kind === 'text') continue
    element += 1
    const own = token.kind === 'html' ? attributesIn(token.text, 'id|name') : [token.attributes['id']]
    const here = isHeading(token) ? [ids[heading++]] : own
    for (const id of here) if (id !== undefined && !anchors.has(id)) anchors.set(id, element)
  }
  return anchors
}

/** The values that raw HTML gives to attributes; what stands in comments is none. */
export function attributesIn(html: string, names: string): string[] {
  const pattern = new RegExp(`\\b(?:${names})\\s*=\\s*(?:"([^"]*)"|'([^']*)'|([^\\s"'>]+))`, 'gi')
  const shown = html.replace(/<!--[\s\S]*?(?:-->|$)/g, '')
  return [...shown.matchAll(pattern)].map(([, double, single, bare]) => double ?? single ?? bare ?? '')
}

/** What a heading says, without mdBook's directives, which its preprocessors take out. */
function headingText(tokens: readonly Token[], index: number): string {
  const name = tokens[index]?.name
  let text = ''
  for (let next = index + 1; next < tokens.length; next++) {
    const token = tokens[next]
    if (token?.kind === 'close' && token.name === name) break
    if (token?.kind === 'text') text += token.text
  }
  return text.replace(/\{\{[^}]*\}\}/g, '')
}
