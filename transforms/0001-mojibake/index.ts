import {
  type Change,
  type Chapter,
  defineTransform,
  endOf,
  type Found,
  fragmentsOf,
  type HeadingIdPlan,
  type Leftover,
  leadTo,
  type Prose,
  planHeadingIds,
  proseOf,
  type Span,
  scanForHeadingIds,
  startOf,
} from 'mdshift'
import { visit } from 'unist-util-visit'
import { changesFlanking } from './guards.ts'
import { type RepairedHeadings, repairedHeadings } from './headings.ts'
import { mayMatch, mayStart } from './may-match.ts'
import { nearMisses } from './near-misses.ts'
import { findRepairs, type Repair } from './repair.ts'

export default defineTransform<HeadingIdPlan, RepairedHeadings>({
  id: '0001-mojibake',
  version: 1,
  summary: 'â®³ → ⮳, â€™ → ’: characters whose UTF-8 bytes were read as Latin-1',
  reason:
    'Editors that take UTF-8 for Windows-1252 turn one character into two to four others, such as `â®³` for ' +
    '`⮳`. Where the bytes of a run of such characters are valid UTF-8 and nobody can have meant them, the ' +
    'character that it was comes back. Pairs that may be meant are reported. A heading gets another id with its ' +
    'text, and links to it follow.',
  examples: [
    {
      title: 'An arrow and an apostrophe',
      before: 'It doesnâ€™t matter â®³.\n',
      after: 'It doesn’t matter ⮳.\n',
    },
    {
      title: 'A heading, and a link to it',
      before: '## CafÃ© Hours\n\nSee [above](#cafã-hours).\n',
      after: '## Café Hours\n\nSee [above](#café-hours).\n',
    },
    {
      title: 'What is meant stays',
      before: 'Ãngstrom, naïve, château\n',
      after: 'Ãngstrom, naïve, château\n',
    },
  ],
  mayMatch,
  mayStart,
  scan: {
    mayMatch: scanForHeadingIds.mayMatch,
    chapter: (chapter) => {
      const safe = repairsOf(chapter).filter(({ obstacle }) => !obstacle)
      const found = repairedHeadings(chapter, safe)
      const fixed = mayMatch(chapter.text) ? undefined : 'its file has no damage, and is not looked at'
      return found && { ...found, fixed }
    },
    reduce: (book, items) =>
      planHeadingIds(book, items, (path, at) => {
        const found = items.get(path)
        const text = found?.repaired.get(at)
        return text === undefined
          ? undefined
          : { id: found?.headings.find((heading) => heading.at === at)?.id, text }
      }),
  },
  leavesTree: true,
  transform(chapter, plan) {
    const followed = linkChanges(chapter, plan)
    const staying = headingsThatStay(chapter, plan)
    const changes: Change[] = [...followed]
    const leftovers: Leftover[] = []
    for (const { obstacle, ...change } of repairsOf(chapter)) {
      const span = { start: change.start, end: change.end }
      const heading = staying.find((one) => isWithin(span, [one]))
      if (obstacle) leftovers.push({ ...span, ...obstacle })
      else if (heading)
        leftovers.push({ ...span, kind: 'refused', because: heading.because, candidates: [change.text] })
      else if (!isWithin(span, followed)) changes.push(change)
    }
    return { changes, leftovers }
  },
  residue: certainRepairs,
  explain: nearMisses,
})

/** A repair, where it stands, and what stands against it. */
interface PlacedRepair extends Span {
  readonly text: string
  readonly because: string
  readonly obstacle: Obstacle | undefined
}

type Obstacle = Pick<Leftover, 'kind' | 'because' | 'candidates'>

function repairsOf(chapter: Chapter): PlacedRepair[] {
  return proseOf(chapter).flatMap((prose) =>
    findRepairs(prose.value).flatMap((repair) => {
      const span = prose.span(repair.start, repair.end)
      if (!span) return []
      const because = reasonFor(prose.value.slice(repair.start, repair.end), repair)
      return [{ ...span, text: repair.text, because, obstacle: obstacleTo(chapter, prose, span, repair) }]
    }),
  )
}

function isWithin(span: Span, spans: readonly Span[]): boolean {
  return spans.some(({ start, end }) => start <= span.start && span.end <= end)
}

function linkChanges(chapter: Chapter, plan: HeadingIdPlan): Change[] {
  return (fragmentsOf(chapter)?.links ?? []).flatMap((link) => {
    const verdict = plan.links.get(chapter.path)?.get(link.start)
    return verdict?.kind === 'follow' ? [leadTo(chapter, link, verdict.fragment, verdict.because)] : []
  })
}

/** Headings that keep their id, and so their text. */
function headingsThatStay(chapter: Chapter, plan: HeadingIdPlan): (Span & { because: string })[] {
  const stay: (Span & { because: string })[] = []
  visit(chapter.tree, 'heading', (heading) => {
    const because = plan.refused.get(chapter.path)?.get(startOf(heading))
    if (because !== undefined) stay.push({ start: startOf(heading), end: endOf(heading), because })
  })
  return stay
}

function certainRepairs(text: string): Found[] {
  return findRepairs(text)
    .filter(({ confidence }) => confidence === 'certain')
    .map((repair) => ({
      start: repair.start,
      end: repair.end,
      candidates: [repair.text],
      because: reasonFor(text.slice(repair.start, repair.end), repair),
    }))
}

function reasonFor(found: string, repair: Repair): string {
  return `the bytes of ${JSON.stringify(found)} in Windows-1252 are ${JSON.stringify(repair.text)} in UTF-8`
}

function obstacleTo(chapter: Chapter, prose: Prose, span: Span, repair: Repair): Obstacle | undefined {
  if (prose.bound === 'url') return { kind: 'opaque', because: 'the text is the URL that it leads to' }
  const candidates = [repair.text]
  if (prose.bound === 'label')
    return { kind: 'refused', because: 'the text is the label of its definition', candidates }
  if (repair.confidence === 'likely') return { kind: 'doubtful', because: 'it may be meant', candidates }
  if (changesFlanking(chapter, span, repair.text))
    return { kind: 'refused', because: 'the emphasis beside it would change', candidates }
  return undefined
}
