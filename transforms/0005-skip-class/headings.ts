/**
 * What one chapter has to say about headings: which are skipped in the legacy way, which ids are taken, and
 * which links lead to a heading that is skipped.
 */
import type { Heading, Html } from 'mdast'
import { type Chapter, endOf, headingText, type Span, sourceOf, startOf } from 'mdshift'
import { visit } from 'unist-util-visit'

/** The headings and the links of one file; plain data. */
export interface ChapterHeadings {
  readonly headings: readonly HeadingFact[]
  readonly links: readonly LinkFact[]
  /** Ids and names that raw HTML gives, and where. */
  readonly anchors: readonly { readonly at: number; readonly id: string }[]
}

export interface HeadingFact {
  /** Offset of the heading. */
  readonly at: number
  /** Its explicit id, if it has one; `<#skip>` is none. */
  readonly id: string | undefined
  readonly text: string
  /** Where the legacy attribute stands. */
  readonly skip: SkipMark | undefined
}

export interface SkipMark extends Span {
  /** `attribute`: the word `#skip` in braces; `tag`: `<#skip>` as a whole. */
  readonly form: 'attribute' | 'tag'
  /** The legacy id: `skip`, `skip1` … */
  readonly id: string
  /** Another id in the braces, which stays. */
  readonly otherId: string | undefined
  /** What goes without a trace: further legacy ids of the same heading. */
  readonly further: readonly Span[]
  /** Where a heading is closed by `##` behind the tag: there the attributes belong. */
  readonly behind: number | undefined
  /** Whether the braces name the class already. */
  readonly hasClass: boolean
}

export interface LinkFact extends Span {
  /** The file that the link names, or '' for its own. */
  readonly file: string
  readonly fragment: string
  /** Whether it stands in raw HTML, where no migration goes. */
  readonly inHtml: boolean
}

/** A legacy anchor, wherever it stands. */
export const ANCHOR = /\{[^{}\n]*#skip\d*(?=[\s}])[^{}\n]*\}|<#skip\d*>/g

const SKIP_ID = /^skip\d*$/
const TAG = /<#(skip\d*)>\s*$/

export function headingsOf(chapter: Chapter): ChapterHeadings {
  const headings: HeadingFact[] = []
  const links: LinkFact[] = []
  const anchors: { at: number; id: string }[] = []
  visit(chapter.tree, (node) => {
    if (node.type === 'heading') headings.push(headingFact(chapter, node))
    const { destination } = chapter.spans.fields(node)
    const link = destination && linkFact(chapter, destination, false)
    if (link) links.push(link)
    if (node.type === 'html') {
      links.push(...linksInHtml(chapter, node))
      anchors.push(
        ...attributeValues(node.value, 'id|name').map(({ value }) => ({ at: startOf(node), id: value })),
      )
    }
  })
  return { headings, links, anchors }
}

function headingFact(chapter: Chapter, heading: Heading): HeadingFact {
  return {
    at: startOf(heading),
    id: heading.attributes?.id,
    text: headingText(heading).replace(TAG, ''),
    skip: attributeMark(chapter, heading) ?? tagMark(chapter, heading),
  }
}

/** `{#skip}`, `{ #skip1 .wide}`: the words `#skip…` in the heading's attributes. */
function attributeMark(chapter: Chapter, heading: Heading): SkipMark | undefined {
  const { attributes } = chapter.spans.fields(heading)
  if (!attributes || !heading.attributes) return undefined
  const words = [...attributes.source.matchAll(/(\s*)(?<=[{\s])#([^\s}]+)/g)].map((match) => ({
    id: match[2] ?? '',
    start: attributes.start + match.index + (match[1] ?? '').length,
    end: attributes.start + match.index + match[0].length,
    space: (match[1] ?? '').length,
  }))
  const [first, ...others] = words.filter(({ id }) => SKIP_ID.test(id))
  if (!first) return undefined
  return {
    start: first.start,
    end: first.end,
    form: 'attribute',
    id: first.id,
    otherId: words.findLast(({ id }) => !SKIP_ID.test(id))?.id,
    hasClass: heading.attributes.classes.includes('skip'),
    further: others.map(({ start, end, space }) => ({ start: start - space, end })),
    behind: undefined,
  }
}

/** `## Title <#skip>`, the older spelling, which CommonMark reads as text. */
function tagMark(chapter: Chapter, heading: Heading): SkipMark | undefined {
  const last = heading.children.at(-1)
  const tag = last?.type === 'text' && !heading.attributes ? TAG.exec(last.value) : null
  if (last?.type !== 'text' || !tag) return undefined
  const span = chapter.spans.ofText(last, tag.index, tag.index + tag[0].trimEnd().length)
  if (!span) return undefined
  const closing = /^[ \t]+#+(?=[ \t]*$)/.exec(chapter.text.slice(span.end, endOf(heading)))
  return {
    ...span,
    form: 'tag',
    id: tag[1] ?? '',
    otherId: undefined,
    hasClass: false,
    further: [],
    behind: closing ? span.end + closing[0].length : undefined,
  }
}

function linksInHtml(chapter: Chapter, node: Html): LinkFact[] {
  return attributeValues(sourceOf(chapter, node), 'href').flatMap(({ value, at }) => {
    const start = startOf(node) + at
    return linkFact(chapter, { start, end: start + value.length }, true) ?? []
  })
}

/** The values of attributes in raw HTML, quoted or not, and where they begin. */
function attributeValues(html: string, names: string): { value: string; at: number }[] {
  const pattern = new RegExp(`(\\s(?:${names})\\s*=\\s*["']?)([^\\s"'<>]*)`, 'gi')
  return [...html.matchAll(pattern)].map((match) => ({
    value: match[2] ?? '',
    at: match.index + (match[1] ?? '').length,
  }))
}

function linkFact(chapter: Chapter, span: Span, inHtml: boolean): LinkFact | undefined {
  const destination = chapter.text.slice(span.start, span.end)
  const found = /^([^#?:]*)#(skip\d*)$/.exec(destination)
  return found
    ? { start: span.start, end: span.end, file: found[1] ?? '', fragment: found[2] ?? '', inHtml }
    : undefined
}

/** Legacy anchors in the text of headings: in the middle, or behind a closing `##`; mdBook reads them as text. */
export function strayMarks(chapter: Chapter, known: readonly HeadingFact[]): Span[] {
  const strays: Span[] = []
  visit(chapter.tree, 'heading', (heading) => {
    const skip = known.find(({ at }) => at === startOf(heading))?.skip
    visit(heading, 'text', (text) => {
      for (const match of text.value.matchAll(ANCHOR)) {
        const span = chapter.spans.ofText(text, match.index, match.index + match[0].length)
        if (span && span.start !== skip?.start) strays.push(span)
      }
    })
  })
  return strays
}
