/**
 * What one chapter has to say about headings: which are skipped in the legacy way, and where its links lead.
 */
import type { Heading } from 'mdast'
import {
  type Chapter,
  type ChapterFragments,
  endOf,
  fragmentsOf,
  headingText,
  type Span,
  startOf,
} from 'mdshift'
import { visit } from 'unist-util-visit'

/** The headings, anchors and links of one file; plain data. */
export interface ChapterHeadings extends ChapterFragments {
  readonly skips: readonly SkippedHeading[]
}

/** A heading that the contents skip, in the legacy way. */
export interface SkippedHeading {
  /** Offset of the heading. */
  readonly at: number
  /** Its text without `<#skip>`. */
  readonly text: string
  readonly mark: SkipMark
}

interface SkipMark extends Span {
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

/** A legacy anchor, wherever it stands. */
export const ANCHOR = /\{(?=[^{}\n]*\})[^{}\n]*#skip\d*(?=[\s}])[^{}\n]*\}|<#skip\d*>/g

/** An id that means no more than that the contents skip the heading. */
export const SKIP_ID = /^skip\d*$/
const TAG = /<#(skip\d*)>\s*$/

export function headingsOf(chapter: Chapter): ChapterHeadings | undefined {
  const fragments = fragmentsOf(chapter)
  if (!fragments) return undefined
  const skips: SkippedHeading[] = []
  visit(chapter.tree, 'heading', (heading) => {
    const mark = attributeMark(chapter, heading) ?? tagMark(chapter, heading)
    const text = headingText(heading).replace(TAG, '').trim()
    if (mark) skips.push({ at: startOf(heading), text, mark })
  })
  const meant = new Map(
    skips.flatMap(({ at, mark }) => (mark.form === 'tag' ? [[at, mark.id] as const] : [])),
  )
  const headings = fragments.headings.map((heading) => ({ ...heading, meant: meant.get(heading.at) }))
  return { ...fragments, headings, skips }
}

/** `{#skip}`, `{ #skip1 .wide}`: the words `#skip…` in the heading's attributes. */
function attributeMark(chapter: Chapter, heading: Heading): SkipMark | undefined {
  const { attributes } = chapter.spans.fields(heading)
  if (!attributes || !heading.attributes) return undefined
  const words = [...attributes.source.matchAll(/(?<!\s)(\s*)(?<=[{\s])#([^\s}]+)/g)].map((match) => ({
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

/** Legacy anchors in the text of headings: in the middle, or behind a closing `##`; mdBook reads them as text. */
export function strayMarks(chapter: Chapter, known: readonly SkippedHeading[]): Span[] {
  const strays: Span[] = []
  visit(chapter.tree, 'heading', (heading) => {
    const mark = known.find(({ at }) => at === startOf(heading))?.mark
    visit(heading, 'text', (text) => {
      for (const match of text.value.matchAll(ANCHOR)) {
        const span = chapter.spans.ofText(text, match.index, match.index + match[0].length)
        if (span && span.start !== mark?.start) strays.push(span)
      }
    })
  })
  return strays
}
