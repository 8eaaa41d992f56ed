import {
  type Change,
  type Chapter,
  defineTransform,
  type Found,
  type Leftover,
  type Prose,
  proseOf,
  type Span,
} from 'mdshift'
import { boundHeadings, changesFlanking, fragmentsOf } from './guards.ts'
import { nearMisses } from './near-misses.ts'
import { findRepairs, type Repair } from './repair.ts'

export default defineTransform<ReadonlySet<string>, readonly string[]>({
  id: '0001-mojibake',
  version: 1,
  summary: 'â®³ → ⮳, â€™ → ’: characters whose UTF-8 bytes were read as Latin-1',
  reason:
    'Editors that take UTF-8 for Windows-1252 turn one character into two to four others, such as `â®³` for ' +
    '`⮳`. Where the bytes of a run of such characters are valid UTF-8 and nobody can have meant them, the ' +
    'character that it was comes back. Pairs that may be meant are reported.',
  examples: [
    {
      title: 'An arrow and an apostrophe',
      before: 'It doesnâ€™t matter â®³.\n',
      after: 'It doesn’t matter ⮳.\n',
    },
    {
      title: 'What is meant stays',
      before: 'Ãngstrom, naïve, château\n',
      after: 'Ãngstrom, naïve, château\n',
    },
  ],
  mayMatch: (text) => /[^\0-\x7f]{2}/.test(text) || /&[#\w]+;/.test(text),
  scan: {
    mayMatch: (text) => /#[^\s)>]*(?:[^\0-\x7f]|%[c-f][\da-f])/i.test(text),
    chapter: fragmentsOf,
    reduce: (_, fragments) => new Set([...fragments.values()].flat()),
  },
  transform(chapter, fragments) {
    const changes: Change[] = []
    const leftovers: Leftover[] = []
    const bound = boundHeadings(chapter, fragments)
    for (const prose of proseOf(chapter)) {
      for (const repair of findRepairs(prose.value)) {
        const span = prose.span(repair.start, repair.end)
        if (!span) continue
        const found = prose.value.slice(repair.start, repair.end)
        const obstacle = obstacleTo(chapter, prose, span, repair, bound)
        if (obstacle) leftovers.push({ ...span, ...obstacle })
        else changes.push({ ...span, text: repair.text, because: reasonFor(found, repair) })
      }
    }
    return { changes, leftovers }
  },
  residue: certainRepairs,
  explain: nearMisses,
})

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

function obstacleTo(
  chapter: Chapter,
  prose: Prose,
  span: Span,
  repair: Repair,
  bound: readonly Span[],
): Pick<Leftover, 'kind' | 'because' | 'candidates'> | undefined {
  if (prose.bound === 'url') return { kind: 'opaque', because: 'the text is the URL that it leads to' }
  const candidates = [repair.text]
  if (prose.bound === 'label')
    return { kind: 'refused', because: 'the text is the label of its definition', candidates }
  if (repair.confidence === 'likely') return { kind: 'doubtful', because: 'it may be meant', candidates }
  if (bound.some(({ start, end }) => start <= span.start && span.end <= end)) {
    return {
      kind: 'refused',
      because: 'a link leads to the id that mdBook makes of this heading',
      candidates,
    }
  }
  if (changesFlanking(chapter, span, repair.text)) {
    return { kind: 'refused', because: 'the emphasis beside it would change', candidates }
  }
  return undefined
}
