import { type Change, defineTransform, type Found, type Leftover, proseOf } from 'mdshift'
import { LEGACY, mayMatch } from './may-match.ts'
import { nearMisses } from './near-misses.ts'

const CURRENT = '↗'
const RULE = '⮳ (U+2BB3) is the legacy arrow of external links, wherever it stands as text'

export default defineTransform({
  id: '0003-external-link-arrow',
  version: 3,
  summary: '⮳ → ↗: the arrow behind links that lead out of the book',
  reason:
    'Few fonts have U+2BB3 (`⮳`), and readers saw a box. U+2197 (`↗`) takes its place wherever it stands as ' +
    'text; code, raw HTML and index marks keep what they have.',
  examples: [
    {
      title: 'Behind a link',
      before: '[mdBook](https://example.org)⮳ builds it.\n',
      after: '[mdBook](https://example.org)↗ builds it.\n',
    },
    { title: 'Code stays', before: '`⮳` is an arrow ⮳.\n', after: '`⮳` is an arrow ↗.\n' },
  ],
  mayMatch,
  leavesTree: true,
  transform(chapter) {
    const changes: Change[] = []
    const leftovers: Leftover[] = []
    for (const prose of proseOf(chapter)) {
      for (const offset of offsetsOf(LEGACY, prose.value)) {
        const span = prose.span(offset, offset + LEGACY.length)
        if (!span) continue
        if (prose.bound === 'label') {
          leftovers.push({
            ...span,
            kind: 'refused',
            because: 'the text is the label of its definition',
            candidates: [CURRENT],
          })
        } else if (prose.bound === 'url') {
          leftovers.push({ ...span, kind: 'opaque', because: 'the text is the URL that it leads to' })
        } else {
          changes.push({ ...span, text: CURRENT, because: RULE })
        }
      }
    }
    return { changes, leftovers }
  },
  residue: arrowsIn,
  explain: nearMisses,
})

function arrowsIn(text: string): Found[] {
  return offsetsOf(LEGACY, text).map((start) => ({
    start,
    end: start + LEGACY.length,
    candidates: [CURRENT],
    because: RULE,
  }))
}

function offsetsOf(needle: string, text: string): number[] {
  return [...text.matchAll(new RegExp(needle, 'g'))].map((match) => match.index)
}
