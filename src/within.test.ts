import fc from 'fast-check'
import { expect, it } from 'vitest'
import { within } from './within.ts'

it('values within a range are those that begin and end in it, its ends included', () => {
  const offset = fc.nat(12)
  const span = fc.tuple(offset, offset).map(([a, b]) => ({ start: Math.min(a, b), end: Math.max(a, b) }))
  fc.assert(
    fc.property(fc.array(span), span, (spans, range) => {
      const values = spans.toSorted((a, b) => a.start - b.start)
      const inside = values.filter(({ start, end }) => range.start <= start && end <= range.end)
      expect(within(values, range)).toEqual(inside)
    }),
    { seed: 1 },
  )
})
