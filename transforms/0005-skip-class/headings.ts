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
  /** Whether the braces name another id, which counts. */
  readonly otherId: boolean
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

export const SKIP_ID = /^skip\d*$/
const TAG = /<#(skip\d*)>\s*$/

export function headingsOf(chapter: Chapter): ChapterHeadings {
  const headings: HeadingFact[] = []
  const links: LinkFact[] = []
  visit(chapter.tree, (node) => {
    if (node.type === 'heading') headings.push(headingFact(chapter, node))
    const { destination } = chapter.spans.fields(node)
    const link = destination && linkFact(chapter, destination, false)
    if (link) links.push(link)
    if (node.type === 'html') links.push(...linksInHtml(chapter, node))
  })
  return { headings, links }
}

function headingFact(chapter: Chapter, heading: Heading): HeadingFact {
  return {
    at: startOf(heading),
    id: heading.attributes?.id,
    text: headingText(heading).replace(TAG, ''),
    skip: attributeMark(chapter, heading) ?? tagMark(chapter, heading),
  }
}

/** `{#skip}`, `{ #skip1 .wide}`: the word `#skip…` in the heading's attributes. */
function attributeMark(chapter: Chapter, heading: Heading): SkipMark | undefined {
  const { attributes } = chapter.spans.fields(heading)
  if (!attributes || !heading.attributes) return undefined
  const words = chapter.text.slice(attributes.start, attributes.end)
  const word = /(?<=[{\s])#(skip\d*)(?=[}\s])/.exec(words)
  if (!word) return undefined
  const ids = [...words.matchAll(/(?<=[{\s])#([^\s}]+)/g)].map((match) => match[1] ?? '')
  return {
    start: attributes.start + word.index,
    end: attributes.start + word.index + word[0].length,
    form: 'attribute',
    id: word[1] ?? '',
    otherId: ids.some((id) => !SKIP_ID.test(id)),
    hasClass: heading.attributes.classes.includes('skip'),
  }
}

/** `## Title <#skip>`, the older spelling, which CommonMark reads as text. */
function tagMark(chapter: Chapter, heading: Heading): SkipMark | undefined {
  const last = heading.children.at(-1)
  const tag = last?.type === 'text' && !heading.attributes ? TAG.exec(last.value) : null
  if (last?.type !== 'text' || !tag) return undefined
  const span = chapter.spans.ofText(last, tag.index, tag.index + tag[0].trimEnd().length)
  return span && { ...span, form: 'tag', id: tag[1] ?? '', otherId: false, hasClass: false }
}

function linksInHtml(chapter: Chapter, node: Html): LinkFact[] {
  return [...sourceOf(chapter, node).matchAll(/\bhref\s*=\s*["']([^"']*)["']/gi)].flatMap((match) => {
    const end = startOf(node) + match.index + match[0].length - 1
    return linkFact(chapter, { start: end - (match[1] ?? '').length, end }, true) ?? []
  })
}

function linkFact(chapter: Chapter, span: Span, inHtml: boolean): LinkFact | undefined {
  const destination = chapter.text.slice(span.start, span.end)
  const found = /^([^#?:]*)#(skip\d*)$/.exec(destination)
  return found
    ? { start: span.start, end: span.end, file: found[1] ?? '', fragment: found[2] ?? '', inHtml }
    : undefined
}

/** Legacy anchors that are no attributes of a heading: in the middle of one, or in a paragraph. */
export function strayMarks(chapter: Chapter, known: readonly HeadingFact[]): Span[] {
  const strays: Span[] = []
  visit(chapter.tree, 'heading', (heading) => {
    const start = startOf(heading)
    const skip = known.find(({ at }) => at === start)?.skip
    for (const match of sourceOf(chapter, heading).matchAll(/\{[^{}\n]*#skip\d*[^{}\n]*\}|<#skip\d*>/g)) {
      const at = start + match.index
      if (!skip || skip.end <= at || skip.start >= at + match[0].length)
        strays.push({ start: at, end: Math.min(at + match[0].length, endOf(heading)) })
    }
  })
  return strays
}
