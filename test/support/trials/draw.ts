/** Trials, drawn by fast-check. */
import fc from 'fast-check'
import { commonMark, extensions, hostile, type Source, sampleBook } from './corpus.ts'
import type { Trial } from './judge.ts'
import { LAYOUTS } from './layouts.ts'

const source: fc.Arbitrary<Source> = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...commonMark) },
  { weight: 2, arbitrary: fc.constantFrom(...extensions) },
  { weight: 3, arbitrary: fc.constantFrom(...sampleBook) },
  { weight: 1, arbitrary: fc.constantFrom(...hostile) },
)

/** What may be put into any tree; three brackets are no wikilink to others than mdshift. */
const OTHERS = [...commonMark, ...extensions].map(({ text }) => text).filter((text) => !text.includes('[[['))

export const arbitraryTrial: fc.Arbitrary<Trial> = fc.record({
  source,
  layout: fc.constantFrom(...Object.keys(LAYOUTS)),
  numbers: fc.array(fc.array(fc.nat(999_999), { minLength: 12, maxLength: 60, size: 'max' }), {
    minLength: 1,
    maxLength: 3,
  }),
  others: fc.constant(OTHERS),
})
