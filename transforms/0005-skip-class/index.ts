import {
  type Change,
  type Chapter,
  defineTransform,
  type Found,
  type FragmentLink,
  type Leftover,
  leadTo,
  type Place,
  type Span,
  scanForHeadingIds,
} from 'mdshift'
import {
  ANCHOR,
  type ChapterHeadings,
  headingsOf,
  SKIP_ID,
  type SkippedHeading,
  strayMarks,
} from './headings.ts'
import { malformedAttributes } from './malformed.ts'
import { mayMatch, mayStart } from './may-match.ts'
import { nearMisses } from './near-misses.ts'
import { planSkips, type SkipPlan } from './plan.ts'

export default defineTransform<SkipPlan, ChapterHeadings>({
  id: '0005-skip-class',
  version: 5,
  summary: '{#skip} → {#title .skip}: headings that the contents skip get ids of their own',
  reason:
    'The id `skip` told the contents to leave a heading out, and made several headings of one page share an id. ' +
    'It is a class now, and the heading has an id made of its text, unique in its chapter. Links to the old id ' +
    'follow the heading that they led to. Attributes that mdBook reads otherwise than they were meant, as ' +
    '`{rain .skip}` without `#`, are reported.',
  examples: [
    {
      title: 'Two headings, and a link to one',
      before: '## CD / CI {#skip}\n\nSee [below](#skip1).\n\n## `clap` Alternatives { #skip1 .wide }\n',
      after:
        '## CD / CI {#cd-ci .skip}\n\nSee [below](#clap-alternatives).\n\n## `clap` Alternatives { #clap-alternatives .skip .wide }\n',
    },
    {
      title: 'The older spelling, and what is current',
      before: '## References <#skip>\n\n## Related {#related .skip}\n',
      after: '## References {#references .skip}\n\n## Related {#related .skip}\n',
    },
  ],
  mayMatch,
  mayStart,
  scan: {
    mayMatch: scanForHeadingIds.mayMatch,
    chapter: (chapter) => {
      const found = headingsOf(chapter)
      const fixed = mayMatch(chapter.text) ? undefined : 'its file has no legacy syntax, and is not looked at'
      return found && { ...found, fixed }
    },
    reduce: planSkips,
  },
  leavesTree: true,
  transform(chapter, plan) {
    const { skips, links } = headingsOf(chapter) ?? { skips: [], links: [] }
    const changes: Change[] = []
    const leftovers: Leftover[] = []
    for (const skip of skips) {
      if (isKept(plan, chapter.path, skip.at)) continue
      const { start, end } = skip.mark
      const because = plan.refused.get(chapter.path)?.get(skip.at)
      const subject = { kind: 'heading', text: skip.text.trim() } as const
      if (because === undefined) changes.push(...headingChanges(chapter, skip, plan))
      else leftovers.push({ start, end, kind: 'refused', because, subject })
    }
    for (const link of links) {
      const verdict = plan.links.get(chapter.path)?.get(link.start)
      if (verdict?.kind === 'follow') changes.push(leadTo(chapter, link, verdict.fragment, verdict.because))
      else leftovers.push(...linkLeftovers(chapter, link, plan))
    }
    leftovers.push(...strays(chapter, skips))
    const told: readonly Span[] = [...changes, ...leftovers]
    const malformed = malformedAttributes(chapter).filter((one) => !told.some((span) => isWithin(span, one)))
    return { changes, leftovers: [...leftovers, ...malformed] }
  },
  residue,
  explain: nearMisses,
})

function isWithin(inner: Span, outer: Span): boolean {
  return outer.start <= inner.start && inner.end <= outer.end
}

/** Whether a person decided to leave a heading as it is. */
function isKept(plan: SkipPlan, path: string, at: number): boolean {
  return plan.kept.get(path)?.has(at) ?? false
}

function headingChanges(chapter: Chapter, { at, mark }: SkippedHeading, plan: SkipPlan): Change[] {
  const { id = '', because = '' } = plan.ids.get(chapter.path)?.get(at) ?? {}
  const words = [...(mark.otherId === undefined ? [`#${id}`] : []), ...(mark.hasClass ? [] : ['.skip'])].join(
    ' ',
  )
  const further = mark.further.map((span) => ({ ...span, text: '', because: 'a heading has one id' }))
  if (mark.form === 'attribute')
    return [{ start: mark.start, end: mark.end, text: words, because }, ...further]
  if (mark.behind === undefined) return [{ start: mark.start, end: mark.end, text: `{${words}}`, because }]
  const shown = { legacy: chapter.text.slice(mark.start, mark.end), current: `{${words}}` }
  const space = /(?<![ \t])[ \t]*$/.exec(chapter.text.slice(0, mark.start))?.[0].length ?? 0
  return [
    { start: mark.start - space, end: mark.end, text: '', because: 'attributes stand behind a closing `#`' },
    { start: mark.behind, end: mark.behind, text: ` {${words}}`, because, shown },
  ]
}

/** What a link that stays is reported as: it leads to a heading that has to stay, or by a legacy id to none. */
function linkLeftovers(chapter: Chapter, link: FragmentLink, plan: SkipPlan): Leftover[] {
  const verdict = plan.links.get(chapter.path)?.get(link.start)
  const { start, end } = link
  const kind = link.place === 'text' ? 'undecided' : 'opaque'
  if (verdict?.kind === 'stay') {
    const page = chapter.text.slice(start, link.span.start)
    const candidates = verdict.candidates.map((fragment) => `${page}${fragment}`)
    return [{ start, end, kind, because: verdict.because, candidates }]
  }
  if (!SKIP_ID.test(link.fragment) || !/(?:^|\/|\.md|\.html)$/.test(link.page)) return []
  if (verdict?.kind === 'nowhere') return [{ start, end, kind, because: verdict.because }]
  if (verdict?.kind === 'same' && verdict.leads.every(({ path, at }) => isKept(plan, path, at))) return []
  const isCurrent = [...plan.ids.values()].some((row) =>
    [...row.values()].some(({ id }) => id === link.fragment),
  )
  return isCurrent ? [] : [{ start, end, kind: 'doubtful', because: 'what it leads to keeps its id' }]
}

function strays(chapter: Chapter, skips: readonly SkippedHeading[]): Leftover[] {
  return strayMarks(chapter, skips).map((span) => ({
    ...span,
    kind: 'undecided',
    because: 'it does not end the text of its heading, and is read as part of it',
  }))
}

/** `{{#skip}}` is a block of a Handlebars template. */
function residue(text: string, _plan: SkipPlan, { kind }: Place): Found[] {
  if (kind === 'url') return []
  return [...text.matchAll(ANCHOR)]
    .map((match) => ({ start: match.index, end: match.index + match[0].length }))
    .filter(({ start }) => text.charAt(start - 1) !== '{')
}
