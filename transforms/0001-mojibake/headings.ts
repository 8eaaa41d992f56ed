/** Headings that get another id by their repair, since mdBook makes it of their text. */
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
import { findRepairs } from './repair.ts'

/** The headings, anchors and links of one file; plain data. */
export interface RepairedHeadings extends ChapterFragments {
  /** What headings say once they are repaired, by offset. */
  readonly repaired: ReadonlyMap<number, string>
}

/**
 * The headings of a chapter, before and after.
 *
 * @param chapter to look through
 * @param safe where the repairs stand that are made
 */
export function repairedHeadings(chapter: Chapter, safe: readonly Span[]): RepairedHeadings | undefined {
  const fragments = fragmentsOf(chapter)
  if (!fragments) return undefined
  const starts = new Set(safe.map(({ start }) => start))
  const repaired = new Map<number, string>()
  visit(chapter.tree, 'heading', (heading) => {
    const isConcerned = safe.some(({ start }) => startOf(heading) <= start && start < endOf(heading))
    if (isConcerned) repaired.set(startOf(heading), repairedText(chapter, heading, starts))
  })
  return { ...fragments, repaired }
}

function repairedText(chapter: Chapter, heading: Heading, starts: ReadonlySet<number>): string {
  const values: string[] = []
  visit(heading, 'text', (node) => {
    const repairs = findRepairs(node.value).filter(({ start, end }) => {
      const span = chapter.spans.ofText(node, start, end)
      return span !== undefined && starts.has(span.start)
    })
    values.push(
      repairs.reduceRight(
        (value, { start, end, text }) => value.slice(0, start) + text + value.slice(end),
        node.value,
      ),
    )
  })
  const copy = structuredClone(heading)
  let index = 0
  visit(copy, 'text', (node) => {
    node.value = values[index] ?? node.value
    index += 1
  })
  return headingText(copy)
}
