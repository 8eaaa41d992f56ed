import { type Change, type Chapter, defineTransform, type Found, type Leftover, type Place } from 'mdshift'
import {
  ANCHOR,
  type ChapterHeadings,
  type HeadingFact,
  headingsOf,
  type SkipMark,
  strayMarks,
} from './headings.ts'
import { nearMisses } from './near-misses.ts'
import { planSkips, type SkipPlan } from './plan.ts'

export default defineTransform<SkipPlan, ChapterHeadings>({
  id: '0005-skip-class',
  version: 5,
  summary: '{#skip} → {#title .skip}: headings that the contents skip get ids of their own',
  reason:
    'The id `skip` told the contents to leave a heading out, and made several headings of one page share an id. ' +
    'It is a class now, and the heading has an id made of its text, unique in its chapter. Links to the old id ' +
    'follow the heading that they led to.',
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
  mayMatch: (text) => text.includes('#skip'),
  scan: {
    mayMatch: (text) =>
      /^[ \t>]*(?:[-*+\d.)]+[ \t]+)*(?:#|=+\s*$|-+\s*$)|#skip|\b(?:id|name)\s*=/m.test(text),
    chapter: headingsOf,
    reduce: planSkips,
  },
  transform(chapter, plan) {
    const { headings, links } = headingsOf(chapter)
    const changes: Change[] = []
    const leftovers: Leftover[] = []
    for (const heading of headings) {
      if (!heading.skip) continue
      const { start, end } = heading.skip
      const because = plan.refused.get(chapter.path)?.get(heading.at)
      const id = plan.ids.get(chapter.path)?.get(heading.at) ?? ''
      if (because === undefined) changes.push(...headingChanges(chapter, heading, heading.skip, id))
      else
        leftovers.push({
          start,
          end,
          kind: 'refused',
          because,
          subject: { kind: 'heading', text: heading.text.trim() },
        })
    }
    for (const { file, start, end } of links) {
      const verdict = plan.links.get(chapter.path)?.get(start)
      if (verdict?.kind === 'follow')
        changes.push({ start, end, text: `${file}#${verdict.fragment}`, because: verdict.because })
      else if (verdict) leftovers.push({ start, end, ...verdict })
    }
    return { changes, leftovers: [...leftovers, ...strays(chapter, headings)] }
  },
  residue,
  explain: nearMisses,
})

function headingChanges(chapter: Chapter, heading: HeadingFact, skip: SkipMark, id: string): Change[] {
  const because =
    skip.otherId === undefined
      ? `the id is made of ${JSON.stringify(heading.text.trim())}`
      : 'its other id stays'
  const shown = { legacy: chapter.text.slice(skip.start, skip.end), current: `#${id} .skip` }
  const words = [...(skip.otherId === undefined ? [`#${id}`] : []), ...(skip.hasClass ? [] : ['.skip'])].join(
    ' ',
  )
  const further = skip.further.map((span) => ({ ...span, text: '', because: 'a heading has one id' }))
  if (skip.form === 'attribute')
    return [{ start: skip.start, end: skip.end, text: words, because, shown }, ...further]
  if (skip.behind === undefined)
    return [{ start: skip.start, end: skip.end, text: `{${words}}`, because, shown }]
  const space = /[ \t]*$/.exec(chapter.text.slice(0, skip.start))?.[0].length ?? 0
  return [
    { start: skip.start - space, end: skip.end, text: '', because: 'attributes stand behind a closing `#`' },
    { start: skip.behind, end: skip.behind, text: ` {${words}}`, because, shown },
  ]
}

function strays(chapter: Chapter, headings: readonly HeadingFact[]): Leftover[] {
  return strayMarks(chapter, headings).map((span) => ({
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
