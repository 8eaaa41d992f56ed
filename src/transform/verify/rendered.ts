/**
 * Whether an assembled chapter is shown as it was, but for what its edits declare: tag by tag, text by text. Where
 * links lead is for who knows all chapters.
 */
import { linksInHtml } from '../../markdown/html-tags.ts'
import type { Rendered, Token } from '../../markdown/rendered.ts'
import type { HeadingAttributes } from '../../markdown/tree.ts'
import type { Span } from '../../model.ts'
import { within } from '../../within.ts'
import type { Effect } from './effect.ts'
import { explained } from './explained.ts'
import { quoted } from './quoted.ts'
import { decoded } from './sayings.ts'

/** What of a chapter was compared. */
interface Tally {
  readonly links: number
  readonly images: number
  readonly footnotes: number
  readonly headings: number
  /** Texts, alt texts, titles, heading attributes and pieces of raw HTML that changed as declared. */
  readonly declared: number
}

/** A link before and after; what it leads to is compared once all chapters are rendered. */
export interface LinkPair {
  readonly before: string
  readonly after: string
  /** What a reader clicks. */
  readonly text: string
  /** Whether an edit is about its address. */
  readonly declared: boolean
  /** Whether it leads elsewhere on purpose. */
  readonly asked?: boolean
  /** Offset in the text that was rendered as `before`. */
  readonly at: number
}

export interface Comparison {
  readonly tally: Tally
  readonly links: readonly LinkPair[]
  /** The first difference that nothing declares, by its offset in the text that was rendered as `before`. */
  readonly breach: { readonly message: string; readonly at: number } | undefined
}

export type MutableTally = { -readonly [Key in keyof Tally]: Tally[Key] }

/**
 * Compares a chapter before and after.
 *
 * @param effects what its edits change, by offsets into the assembled text before, in order
 * @param verbatimIn edits within a range of that text as they are written, for code and raw HTML to show
 */
export function compareRendered(
  before: Rendered,
  after: Rendered,
  effects: readonly Effect[],
  verbatimIn: (span: Span) => readonly Effect[] = () => [],
): Comparison {
  const tally: MutableTally = { links: 0, images: 0, footnotes: 0, headings: 0, declared: 0 }
  const links: LinkPair[] = []
  const [ours, theirs] = [before.tokens, after.tokens]
  const anywhere = effects.filter(({ kind }) => kind === 'title' || kind === 'redirection')
  let at = 0
  let code: Span | undefined
  let [mine, other] = [0, 0]
  while (mine < ours.length || other < theirs.length) {
    const [one, two] = [ours[mine], theirs[other]]
    at = one?.span?.start ?? at
    if (one?.kind === 'open' && one.span && (one.name === 'pre' || one.name === 'code')) code = one.span
    const place = one?.span ?? (one?.inCode ? code : undefined) ?? { start: at, end: at }
    const near = within(effects, place)
    const texts = near.filter(({ kind }) => kind === 'text')
    const gone =
      one?.kind === 'text' && two?.kind !== 'text'
        ? (explained(one.text, '', texts) ?? explained(one.text.trimEnd(), '', texts))
        : undefined
    const come = two?.kind === 'text' && one?.kind !== 'text' ? explained('', two.text, texts) : undefined
    if (gone !== undefined) {
      tally.declared += gone
      mine += 1
    } else if (come !== undefined) {
      tally.declared += come
      other += 1
    } else {
      const same =
        one && two && sameToken(one, two, [...near, ...anywhere], ours[mine + 1], () => verbatimIn(place))
      if (same === undefined || same === false) {
        return { tally, links, breach: differenceAt(ours, theirs, mine, other, at) }
      }
      tally.declared += same.declared
      if (one && two) {
        tallyOf(one, tally)
        links.push(...linkPairs(one, two, effects, at, textIn(ours, mine)))
      }
      mine += 1
      other += 1
    }
  }
  return { tally, links, breach: undefined }
}

export function tallyOf(one: Token, tally: MutableTally): void {
  if (one.kind !== 'open') return
  const { attributes } = one
  if (one.name === 'a' && 'dataFootnoteRef' in attributes) tally.footnotes += 1
  else if (one.name === 'a' && 'href' in attributes && !('dataFootnoteBackref' in attributes))
    tally.links += 1
  if (one.name === 'img') tally.images += 1
  if (isHeading(one)) tally.headings += 1
}

/** The links that a tag or a piece of raw HTML is. */
function linkPairs(one: Token, two: Token, effects: readonly Effect[], at: number, text: string): LinkPair[] {
  const pair = (before: string, after: string, words: string): LinkPair => ({
    before,
    after,
    text: words,
    declared:
      before !== after &&
      effects.some(({ kind, to }) => kind === 'destination' && decoded(to) === decoded(after)),
    asked: isRedirected(before, after, effects),
    at,
  })
  if (one.kind === 'html') {
    const theirs = linksInHtml(two.text)
    const declared = effects.some(({ kind }) => kind === 'html')
    return linksInHtml(one.text).map((href, index) => {
      const found = pair(href, theirs[index] ?? '', href)
      return { ...found, declared: declared && found.before !== found.after }
    })
  }
  if (one.kind !== 'open') return []
  const { href, src, alt = '' } = one.attributes
  if (one.name === 'a' && href !== undefined) return [pair(href, two.attributes['href'] ?? '', text)]
  return one.name === 'img' && isFragment(src) ? [pair(src ?? '', two.attributes['src'] ?? '', alt)] : []
}

/** Whether a definition that leads from one address to another is one that a tree had lead there. */
function isRedirected(before: string, after: string, effects: readonly Effect[]): boolean {
  const isTheirs = ({ kind, from, to }: Effect) =>
    kind === 'redirection' && decoded(from) === decoded(before) && decoded(to) === decoded(after)
  return before !== after && effects.some(isTheirs)
}

/** A picture of a place in the book is none; where it leads is compared all the same. */
function isFragment(source: string | undefined): boolean {
  return source?.includes('#') === true
}

function isHeading({ name }: Token): boolean {
  return /^h[1-6]$/.test(name)
}

type Same = { readonly declared: number } | false

function sameToken(
  one: Token,
  two: Token,
  effects: readonly Effect[],
  next: Token | undefined,
  verbatim: () => readonly Effect[],
): Same {
  if (one.kind !== two.kind || one.name !== two.name || one.inCode !== two.inCode) return false
  if (one.kind === 'open') return sameAttributes(one, two, effects)
  if (one.text === two.text) return { declared: 0 }
  if (one.kind === 'html' && linksInHtml(one.text).length !== linksInHtml(two.text).length) return false
  const kind = one.kind === 'html' ? 'html' : 'text'
  const own = one.inCode ? [] : effects.filter((effect) => effect.kind === kind)
  const some = one.inCode || one.kind === 'html' ? [...own, ...verbatim()] : own
  const ends = next?.kind === 'close' && isHeading(next)
  const declared =
    explained(one.text, two.text, some) ??
    (ends ? explained(one.text.trimEnd(), two.text.trimEnd(), some) : undefined)
  return declared === undefined ? false : { declared }
}

/** Where a link leads is compared elsewhere; an id that a heading has by itself shows in no attribute. */
function sameAttributes(one: Token, two: Token, effects: readonly Effect[]): Same {
  let declared = 0
  for (const name of new Set([...Object.keys(one.attributes), ...Object.keys(two.attributes)])) {
    const [before, after] = [one.attributes[name], two.attributes[name]]
    if (
      before === after ||
      ((name === 'href' || (name === 'src' && isFragment(before))) &&
        before !== undefined &&
        after !== undefined) ||
      (name === 'src' && isRedirected(before ?? '', after ?? '', effects))
    )
      continue
    const count = attributeDeclared(one, name, before, after, effects)
    if (count === undefined) return false
    declared += count
  }
  return { declared }
}

function attributeDeclared(
  one: Token,
  name: string,
  before: string | undefined,
  after: string | undefined,
  effects: readonly Effect[],
): number | undefined {
  if (isHeading(one)) {
    const heading = effects.find(({ kind }) => kind === 'heading')
    const attributes = heading && (JSON.parse(heading.to) as HeadingAttributes | null)
    if (!heading) return undefined
    const others = attributes?.others.map((other) => other.split(/=(.*)/s)) ?? []
    const declared =
      name === 'id'
        ? attributes?.id
        : name === 'className'
          ? attributes?.classes.join(' ')
          : others.findLast(([key]) => key === name)?.[1]
    return (declared ?? '') === (after ?? '') ? 1 : undefined
  }
  const alike = effects.filter(({ kind }) => kind === name)
  if (name === 'alt') return explained(before ?? '', after ?? '', alike)
  return name === 'title' && alike.some(({ from, to }) => from === (before ?? '') && to === (after ?? ''))
    ? 1
    : undefined
}

/** The first difference in words. A link that begins there says more than the text before it. */
function differenceAt(
  ours: readonly Token[],
  theirs: readonly Token[],
  mine: number,
  other: number,
  at: number,
): Comparison['breach'] {
  const [lost, made] = [linkFrom(ours, mine), linkFrom(theirs, other)]
  const [one, two] = [ours[mine], theirs[other]]
  // Where both have a link, the one behind less text is what the other has as text.
  const sooner = (one?.text.length ?? 0) - (two?.text.length ?? 0)
  if (lost !== undefined && (made === undefined || sooner < 0)) {
    const { attributes, span } = ours[lost] ?? {}
    const message = `the link ${quoted(textIn(ours, lost))} to ${attributes?.['href']} would be lost`
    return { message, at: span?.start ?? at }
  }
  if (made !== undefined && (lost === undefined || sooner > 0)) {
    const message = `text would become the link ${quoted(textIn(theirs, made))} to ${theirs[made]?.attributes['href']}`
    return { message, at }
  }
  return { message: `${tokenText(one)} would become ${tokenText(two)}`, at }
}

/** The link that begins at a token, or right behind a text. */
function linkFrom(tokens: readonly Token[], index: number): number | undefined {
  const begins = (at: number) => tokens[at]?.kind === 'open' && tokens[at]?.name === 'a'
  if (begins(index)) return index
  return tokens[index]?.kind === 'text' && begins(index + 1) ? index + 1 : undefined
}

function tokenText(token: Token | undefined): string {
  if (!token) return 'nothing'
  if (token.kind === 'text' || token.kind === 'html') return quoted(token.text)
  const attributes = Object.entries(token.attributes).map(([name, value]) => ` ${name}=${quoted(value)}`)
  return `<${token.kind === 'close' ? '/' : ''}${token.name}${attributes.join('')}>`
}

export function textIn(tokens: readonly Token[], index: number): string {
  let text = ''
  for (let next = index + 1; next < tokens.length; next++) {
    const token = tokens[next]
    if (!token || (token.kind === 'close' && token.name === 'a')) break
    text += token.kind === 'text' ? token.text : (token.attributes['alt'] ?? '')
  }
  return text
}
