import { type Change, defineTransform, type Leftover, OPAQUE_NAMES, opaqueOf, proseOf } from 'mdshift'
import { findRepairs } from './repair.ts'

export default defineTransform({
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
  transform(chapter) {
    const changes: Change[] = []
    const leftovers: Leftover[] = []
    for (const prose of proseOf(chapter)) {
      for (const repair of findRepairs(prose.value)) {
        const span = prose.span(repair.start, repair.end)
        if (!span) continue
        const found = JSON.stringify(prose.value.slice(repair.start, repair.end))
        if (prose.bound === 'url') {
          leftovers.push({ ...span, kind: 'opaque', because: 'the text is the URL that it leads to' })
        } else if (prose.bound === 'label') {
          leftovers.push({
            ...span,
            kind: 'refused',
            because: 'the text is the label of its definition',
            candidates: [repair.text],
          })
        } else if (repair.confidence === 'likely') {
          leftovers.push({
            ...span,
            kind: 'doubtful',
            because: `${found} may be meant`,
            candidates: [repair.text],
          })
        } else {
          changes.push({ ...span, text: repair.text, because: `the bytes of ${found} are UTF-8` })
        }
      }
    }
    for (const { kind, start, end } of opaqueOf(chapter)) {
      for (const repair of findRepairs(chapter.text.slice(start, end))) {
        if (repair.confidence === 'likely') continue
        leftovers.push({
          start: start + repair.start,
          end: start + repair.end,
          kind: 'opaque',
          because: `it stands in ${OPAQUE_NAMES[kind]}`,
          candidates: [repair.text],
        })
      }
    }
    return { changes, leftovers }
  },
})
