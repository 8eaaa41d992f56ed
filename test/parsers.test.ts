/**
 * The fast parser gives the trees and spans that remark-parse gives: of the specifications' examples, the sample book,
 * hostile layouts, and of all those with pieces of syntax put in, taken out, and put into containers.
 * `TRIALS=100000 SEED=7 npx vitest run test/parsers.test.ts` tries more.
 */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseFileFacts, readFileFacts } from '../src/book/file-facts.ts'
import { countable } from '../src/dialect.ts'
import { readFast } from '../src/markdown/fast/read.ts'
import { readReference } from '../src/markdown/parse.ts'
import { readingDifference } from './support/same-reading.ts'
import { commonMark, extensions, hostile, type Source, sampleBook } from './support/trials/corpus.ts'
import { LAYOUTS, type Layout } from './support/trials/layouts.ts'

const CORPUS: readonly Source[] = [...commonMark, ...extensions, ...sampleBook, ...hostile]

const PIECES = [
  ...[
    '\n',
    '\n\n',
    ' ',
    '  ',
    '    ',
    '\t',
    '\r\n',
    '  \n',
    '\\\n',
    '\u00A0',
    '😀',
    'a',
    'b c',
    'é',
    '.',
    '$',
  ],
  ...[
    '*',
    '**',
    '***',
    '_',
    '__',
    '~',
    '~~',
    '`',
    '``',
    '```',
    '~~~',
    '[',
    ']',
    '![',
    '](',
    '](a)',
    '][',
    '][a]',
  ],
  ...[
    '[a]',
    '[a][b]',
    '[b]: c',
    '[b]: c "d"',
    "\n[b]: <c d> 'e'\n",
    '[[a]]',
    '[^a]',
    '[ ] ',
    '[x] ',
    '- [ ] ',
  ],
  ...[
    '{{#include a}}',
    '\n{{#include a}}\n',
    '{{',
    '}}',
    '{#x .y}',
    ' {#x}',
    '# ',
    '## ',
    '#',
    '> ',
    '\n> ',
    '- ',
  ],
  ...[
    '* ',
    '+ ',
    '1. ',
    '2) ',
    '10. ',
    '-',
    '|',
    '|---|',
    '\n|---|\n',
    '---',
    '===',
    '\\',
    '\\|',
    '&amp;',
    '&',
  ],
  ...[
    '<',
    '>',
    '<b>',
    '</b>',
    '<b c="d">',
    '<!--',
    '-->',
    '<?',
    '?>',
    '<a@b.c>',
    '<http://x>',
    '<div>',
    '<pre>',
  ],
  ...['</pre>', '"', "'", '(', ')', ':', '!'],
]

const SHORT = CORPUS.filter(({ text }) => text.length < 4000)
const fragment = fc.constantFrom(...SHORT).map(({ text }) => text.slice(0, 80))

const numRuns = Number(process.env['TRIALS'] ?? 1500)

const asItIs: Layout = (text) => text
const AS_IT_IS = [asItIs, asItIs, asItIs, asItIs]

/** A text of the corpus with some changes. */
const mutated: fc.Arbitrary<Source> = fc
  .record({
    source: fc.constantFrom(...SHORT),
    changes: fc.array(
      fc.record({
        at: fc.nat(),
        gone: fc.constantFrom(0, 0, 0, 1, 2, 4),
        put: fc.oneof({ weight: 6, arbitrary: fc.constantFrom(...PIECES) }, fc.constant(''), fragment),
      }),
      { minLength: 1, maxLength: 4 },
    ),
    layout: fc.constantFrom(...AS_IT_IS, ...Object.values(LAYOUTS)),
  })
  .map(({ source, changes, layout }) => {
    const text = changes.reduce((so, { at, gone, put }) => {
      const place = at % (so.length + 1)
      return so.slice(0, place) + put + so.slice(place + gone)
    }, source.text)
    return { ...source, text: layout(text) }
  })

/** What is wrong with how a text is read; nothing, where nothing is, or where it is left to the reference. */
function differenceIn({ text, known }: Source): string | undefined {
  const ids = new Set([...known, 'A'])
  const isKnown = (id: string) => ids.has(id)
  const source = countable(text)
  const read = readFast(source, isKnown, readReference)
  if (!read) return undefined
  const difference = readingDifference(read, readReference(source, isKnown, true))
  return difference && `${JSON.stringify(text)}: ${difference}`
}

describe('both parsers agree', () => {
  it('on what is given', () => {
    expect(CORPUS.map(differenceIn).filter((difference) => difference !== undefined)).toEqual([])
  })

  it('on anything near that', { timeout: 3_600_000 }, () => {
    fc.assert(
      fc.property(mutated, (source) => {
        expect(differenceIn(source)).toBeUndefined()
      }),
      { numRuns },
    )
  })

  it('on what a file defines and includes', { timeout: 3_600_000 }, () => {
    fc.assert(
      fc.property(mutated, ({ text }) => {
        expect(readFileFacts('a.md', text)).toEqual(parseFileFacts('a.md', text))
      }),
      { numRuns },
    )
  })
})

describe('the fast parser', () => {
  it('reads plain forms itself', () => {
    const left: string[] = []
    const isKnown = () => true
    for (const { text } of sampleBook)
      readFast(countable(text), isKnown, (part, known, isFront) => {
        left.push(part)
        return readReference(part, known, isFront)
      })
    const all = sampleBook.reduce((sum, { text }) => sum + text.length, 0)
    expect(left.join('').length / all).toBeLessThan(0.25)
  })
})
