/**
 * A chapter as mdBook shows it, told by satteri, whose parser is a fork of pulldown-cmark, mdBook's own: no
 * code is shared with the parser that edits are made with. The only file that knows satteri.
 */
import type { Nodes } from 'hast'
import { markdownToHast } from 'satteri'
import { countable } from '../dialect.ts'
import type { Span } from '../model.ts'
import { timed } from '../stopwatch.ts'
import { headingIds, type MdbookEdition } from './heading-id.ts'
import { type HtmlTag, htmlTags } from './html-tags.ts'

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
   * Which element an id leads to, by its number among the tags that open, those of raw HTML too: headings by mdBook's
   * rule for ids, and whatever has an id of its own.
   */
  readonly anchors: ReadonlyMap<string, number>
  /** The same by the rule of mdBook 0.4: a book does not say which one it is built with. */
  readonly olderAnchors: ReadonlyMap<string, number>
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
  const { ahead: _, ...found } = rendered(text, [], 0)
  return found
}

/** A definition that is looked for. */
export interface Mark {
  readonly label: string
  readonly destination: string
}

/**
 * Renders a text in which definitions stand for others, if that is what they are.
 *
 * @param marks definitions of their own labels, if they stand where one can
 * @param room how long the text should count as: the parser shows only as many references as would make it that long
 * @returns `undefined` where one of the marks is no definition
 */
export function renderMarked(text: string, marks: readonly Mark[], room: number): Rendered | undefined {
  const { ahead, ...found } = rendered(text, marks, room)
  return marks.every(({ destination }) => ahead.has(destination)) ? found : undefined
}

function rendered(
  text: string,
  marks: readonly Mark[],
  room: number,
): Rendered & { readonly ahead: ReadonlySet<string> } {
  return timed('render', () => renderedBySatteri(text, marks, room), text)
}

function renderedBySatteri(
  text: string,
  marks: readonly Mark[],
  room: number,
): Rendered & { readonly ahead: ReadonlySet<string> } {
  const source = veiled(countable(text))
  const references = [...marks.map(({ label }) => `[${label}]`), ...notesIn(source)]
  const filling = room > source.length ? `${' '.repeat(room - source.length)}\n` : ''
  const front = references.length === 0 ? '' : `${filling}${references.join(' ')}\n\n`
  const reading: Reading = { source, front: front.length, tokens: [], ahead: new Set() }
  flatten(markdownToHast(front + source, { features: FEATURES }) as Nodes, false, reading)
  const { tokens, ahead } = reading
  return { tokens, anchors: anchorsOf(tokens, '0.5'), olderAnchors: anchorsOf(tokens, '0.4'), ahead }
}

interface Reading {
  readonly source: string
  /** The length of what stands before it. */
  readonly front: number
  readonly tokens: Token[]
  /** Where links lead that stand before it. */
  readonly ahead: Set<string>
}

/**
 * mdBook makes no links of bare addresses, and satteri does, but for schemes that it does not know. One letter of
 * each scheme changes places with another, so that what is done twice is undone.
 */
function veiled(text: string): string {
  if (!text.includes(':') && !/[wv]\./i.test(text)) return text
  return text.replace(SCHEME, (word) => word.slice(0, -1) + (OTHER_LETTER[word.slice(-1)] ?? ''))
}

/** The letters before the one that changes may be written as character references. */
const SCHEME = new RegExp(
  [
    `${lettersSource('htt')}[pq](?=s?://)`,
    `${lettersSource('ww')}[wv](?=\\.)`,
    `${lettersSource('mailt')}[ox](?=:)`,
    `${lettersSource('xmp')}[pq](?=:)`,
  ].join('|'),
  'gi',
)

function lettersSource(word: string): string {
  return [...word].map(letterSource).join('')
}

function letterSource(letter: string): string {
  const codes = [letter, letter.toUpperCase()].map((one) => one.charCodeAt(0))
  const [hex, decimal] = [16, 10].map((base) => codes.map((code) => code.toString(base)).join('|'))
  return `(?:${letter}|&#x0*(?:${hex});|&#0*(?:${decimal});)`
}

const OTHER_LETTER: Readonly<Record<string, string>> = Object.fromEntries(
  ['pq', 'qp', 'wv', 'vw', 'ox', 'xo', 'PQ', 'QP', 'WV', 'VW', 'OX', 'XO'].map((pair) => [...pair]),
)

/**
 * References to all footnotes: satteri leaves out those that nothing refers to, and mdBook 0.4 shows them. They stand
 * before the text, since what stands behind it may be in a fence that nobody closes. None of them is a token.
 */
function notesIn(text: string): ReadonlySet<string> {
  return new Set(
    [...text.matchAll(/\[\^([^\]\s]+)(\]:)?/g)].flatMap(([, name = '', end]) => (end ? `[^${name}]` : [])),
  )
}

function flatten(node: Nodes, inCode: boolean, reading: Reading): void {
  const { source, tokens } = reading
  if (node.type === 'root') for (const child of node.children) flatten(child, inCode, reading)
  const span = placeOf(node, reading)
  if (span && span.end <= 0 && node.type !== 'root') {
    lookAhead(node, reading)
    return
  }
  if (node.type === 'element') {
    const name = node.tagName
    const within = inCode || name === 'code' || name === 'pre'
    const isBare = name === 'a' && span !== undefined && !/[<[]/.test(source.charAt(span.start))
    const attributes = attributesOf(node.properties)
    if (!isBare) tokens.push({ kind: 'open', name, attributes, text: '', inCode, span })
    for (const child of node.children) flatten(child, within, reading)
    if (!isBare) tokens.push({ kind: 'close', name, attributes: {}, text: '', inCode, span })
  }
  // The line end behind what stands in front of the text is no part of it.
  const isBetween = !span && tokens.length === 0 && reading.front > 0
  if (node.type === 'text' && !isBetween) addText(veiled(node.value), span, inCode, tokens)
  if (node.type === 'comment' || (node.type as string) === 'raw') {
    const text = veiled((node as { value: string }).value)
    tokens.push({ kind: 'html', name: '', attributes: {}, text, inCode, span })
  }
}

function lookAhead(node: Nodes, reading: Reading): void {
  if (node.type !== 'element') return
  if (node.tagName === 'a') reading.ahead.add(String(node.properties['href']))
  for (const child of node.children) lookAhead(child, reading)
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

/** To satteri a paragraph begins with the definitions right before it; to a reader, with its first word. */
function placeOf(node: Nodes, { source, front }: Reading): Span | undefined {
  const span = spanOf(node, front)
  if (node.type !== 'element' || !span || !/^(?:p|h[12])$/.test(node.tagName)) return span
  if (!/^\[(?:[^[\]\\]|\\.)+\]:/.test(source.slice(span.start, span.start + 1000))) return span
  const [first] = node.children.flatMap((child) => spanOf(child, front) ?? [])
  return first ? { start: first.start, end: span.end } : span
}

function spanOf({ position }: Nodes, front: number): Span | undefined {
  const [start, end] = [position?.start.offset, position?.end.offset]
  return start === undefined || end === undefined ? undefined : { start: start - front, end: end - front }
}

function attributesOf(properties: Readonly<Record<string, unknown>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(properties).map(([name, value]) => {
      const text = Array.isArray(value) ? value.join(' ') : String(value)
      // That of an address in angle brackets is satteri's own: those of the text are veiled.
      return [name, text.startsWith('mailto:') ? text : veiled(text)]
    }),
  )
}

const HEADING = /^h[1-6]$/

/** A heading that names no id gets one by mdBook's rule; what has the same id later is not found by it. */
function anchorsOf(tokens: readonly Token[], edition: MdbookEdition): Map<string, number> {
  const anchors = new Map<string, number>()
  const add = (id: string | undefined, element: number) => {
    if (id !== undefined && !anchors.has(id)) anchors.set(id, element)
  }
  const isHeading = ({ kind, name }: Token) => kind === 'open' && HEADING.test(name)
  const names = tokens.flatMap((token, index) =>
    isHeading(token) ? [{ id: token.attributes['id'], text: headingText(tokens, index) }] : [],
  )
  const ids = headingIds(names, edition)
  let [element, heading] = [0, 0]
  for (const token of tokens) {
    if (token.kind === 'open') add(isHeading(token) ? ids[heading++] : token.attributes['id'], ++element)
    if (token.kind !== 'html') continue
    for (const tag of htmlTags(token.text)) {
      element += 1
      for (const name of namesOf(tag)) add(name, element)
    }
  }
  return anchors
}

/** What a browser finds a tag of raw HTML by. */
function namesOf({ name, attributes }: HtmlTag): string[] {
  const names = name === 'a' ? ['id', 'name'] : ['id']
  return names.flatMap((key) => attributes.get(key) ?? [])
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
  return text.replace(/\{\{[^}]*(\}\})?/g, (found, end) => (end === undefined ? found : ''))
}
