import fc from 'fast-check'
import { expect, it } from 'vitest'
import { disjointSets } from './disjoint-sets.ts'

it('joins what is joined by others, and nothing else', () => {
  const sets = disjointSets<string>()
  sets.add('alone')
  sets.join('a', 'b')
  sets.join('c', 'd')
  sets.join('d', 'b')
  expect(sets.all().map(([, members]) => members)).toEqual([['alone'], ['a', 'b', 'c', 'd']])
  expect(sets.of('a')).toBe(sets.of('c'))
  expect(sets.of('alone')).toBe('alone')
})

it('is the same whatever the order in which values are joined', () => {
  const pair = fc.tuple(fc.nat(12), fc.nat(12))
  const grouped = (pairs: readonly (readonly [number, number])[]) => {
    const sets = disjointSets<number>()
    for (let value = 0; value <= 12; value += 1) sets.add(value)
    for (const [a, b] of pairs) sets.join(a, b)
    return sets.all().map(([, members]) => members)
  }
  fc.assert(
    fc.property(fc.array(pair), (pairs) => {
      expect(grouped(pairs.toReversed())).toEqual(grouped(pairs))
      for (const [a, b] of pairs)
        expect(grouped(pairs).some((members) => members.includes(a) && members.includes(b))).toBe(true)
    }),
  )
})
