import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Edit, Span } from '../model.ts'
import {
  applyEdits,
  editsOf,
  type MergedEdits,
  mergeEdits,
  originOf,
  type Rewrite,
  rewriteFurther,
  unchanged,
} from './edits.ts'

const edit = (start: number, end: number, text: string): Edit => ({ start, end, text })

function merged(edits: readonly Edit[]): MergedEdits {
  const merge = mergeEdits(edits)
  if (!merge.ok) throw new Error(JSON.stringify(merge.conflict))
  return merge.edits
}

const apply = (text: string, ...edits: readonly Edit[]) => applyEdits(text, merged(edits))

/** Edits one after another, last first, so that no offset moves: what `applyEdits` is held against. */
function applyNaively(text: string, edits: readonly Edit[]): string {
  return edits.reduceRight(
    (result, { start, end, text: by }) => result.slice(0, start) + by + result.slice(end),
    text,
  )
}

/** Sorted, disjoint edits: the text is cut at random places, and some of the pieces are replaced. */
function disjointEdits(text: string): fc.Arbitrary<Edit[]> {
  const cut = fc.record({ at: fc.nat(text.length), text: fc.string({ maxLength: 4 }), replace: fc.boolean() })
  return fc.array(cut, { maxLength: 8 }).map((cuts) => {
    const sorted = cuts.toSorted((a, b) => a.at - b.at)
    return sorted.flatMap(({ at, text: by, replace }, index) => {
      const end = sorted[index + 1]?.at ?? text.length
      return replace ? [edit(at, end, by)] : []
    })
  })
}

const textAndEdits = fc
  .string({ maxLength: 30 })
  .chain((text) => fc.record({ text: fc.constant(text), edits: disjointEdits(text) }))

describe('mergeEdits', () => {
  it('sorts edits that come in any order', () => {
    expect(merged([edit(4, 5, 'b'), edit(0, 1, 'a'), edit(2, 2, 'c')])).toEqual([
      edit(0, 1, 'a'),
      edit(2, 2, 'c'),
      edit(4, 5, 'b'),
    ])
  })

  it('joins equal replacements, also three of them', () => {
    expect(merged([edit(1, 3, 'x'), edit(1, 3, 'x'), edit(1, 3, 'x')])).toEqual([edit(1, 3, 'x')])
  })

  it('keeps equal insertions: each is meant', () => {
    expect(merged([edit(1, 1, 'x'), edit(1, 1, 'x')])).toEqual([edit(1, 1, 'x'), edit(1, 1, 'x')])
  })

  it('takes only the edit of a change, without its reason', () => {
    const change = { ...edit(0, 1, 'a'), because: 'a reason' }
    expect(merged([change])).toEqual([edit(0, 1, 'a')])
  })

  it.each<[string, Edit, Edit]>([
    ['one begins in the other', edit(0, 3, 'a'), edit(2, 4, 'b')],
    ['one lies in the other', edit(0, 9, 'a'), edit(3, 4, 'b')],
    ['same range, different texts', edit(2, 4, 'a'), edit(2, 4, 'b')],
    ['same start, different ends', edit(2, 4, 'a'), edit(2, 5, 'a')],
    ['an insertion within a replacement', edit(0, 4, 'a'), edit(2, 2, 'b')],
    ['a deletion around a replacement', edit(0, 4, ''), edit(1, 3, 'b')],
  ])('is a conflict that names both: %s', (_, first, second) => {
    for (const edits of [
      [first, second],
      [second, first],
    ]) {
      const merge = mergeEdits(edits)
      expect(merge.ok ? [] : merge.conflict).toHaveLength(2)
      expect(merge.ok ? [] : merge.conflict).toEqual(expect.arrayContaining([first, second]))
    }
  })

  it('names the two that overlap among many', () => {
    const merge = mergeEdits([edit(20, 30, 'e'), edit(0, 1, 'a'), edit(12, 14, 'd'), edit(10, 13, 'c')])
    expect(merge).toEqual({ ok: false, conflict: [edit(10, 13, 'c'), edit(12, 14, 'd')] })
  })

  it('takes edits that touch', () => {
    expect(apply('abcd', edit(0, 2, 'x'), edit(2, 4, 'y'))).toBe('xy')
  })

  it('takes every set of disjoint edits, in any order', () => {
    fc.assert(
      fc.property(textAndEdits, fc.infiniteStream(fc.nat()), ({ text, edits }, numbers) => {
        const shuffled = edits
          .filter(({ start, end }) => start < end)
          .map((one) => ({ one, by: numbers.next().value }))
          .sort((a, b) => a.by - b.by)
          .map(({ one }) => one)
        const inOrder = edits.filter(({ start, end }) => start < end)
        expect(apply(text, ...shuffled)).toBe(applyNaively(text, inOrder))
      }),
    )
  })

  it('refuses every set in which one edit reaches into another', () => {
    const span = fc
      .tuple(fc.nat(20), fc.nat(20))
      .map(([a, b]) => ({ start: Math.min(a, b), end: Math.max(a, b) + 1 }))
    fc.assert(
      fc.property(fc.array(span, { minLength: 2, maxLength: 5 }), (spans) => {
        const edits = spans.map(({ start, end }, index) => edit(start, end, `${index}`))
        const overlap = edits.some((a, i) =>
          edits.some((b, j) => i < j && a.start < b.end && b.start < a.end),
        )
        expect(mergeEdits(edits).ok).toBe(!overlap)
      }),
    )
  })
})

describe('applyEdits', () => {
  it('does what the edits say, one after another from the end', () => {
    fc.assert(
      fc.property(textAndEdits, ({ text, edits }) => {
        expect(apply(text, ...edits)).toBe(applyNaively(text, edits))
      }),
    )
  })

  it('keeps insertions at one point in their order', () => {
    expect(apply('ab', edit(1, 1, '1'), edit(1, 1, '2'), edit(1, 1, '3'))).toBe('a123b')
  })

  it('puts an insertion before the replacement that begins there, and behind the one that ends there', () => {
    expect(apply('abcd', edit(2, 4, 'y'), edit(2, 2, '-'), edit(0, 2, 'x'))).toBe('x-y')
  })

  it('inserts at both ends, and in an empty text', () => {
    expect(apply('ab', edit(0, 0, '<'), edit(2, 2, '>'))).toBe('<ab>')
    expect(apply('', edit(0, 0, '<'), edit(0, 0, '>'))).toBe('<>')
  })

  it('changes nothing where there are no edits', () => {
    expect(apply('a\r\nb')).toBe('a\r\nb')
  })
})

/** A text and rounds of edits, each round on the result of the one before. */
interface Rounds {
  readonly text: string
  readonly rounds: readonly MergedEdits[]
  readonly result: string
}

const rounds: fc.Arbitrary<Rounds> = fc
  .tuple(fc.string({ maxLength: 24 }), fc.integer({ min: 1, max: 5 }))
  .chain(([text, count]) => moreRounds({ text, rounds: [], result: text }, count))

function moreRounds(so: Rounds, left: number): fc.Arbitrary<Rounds> {
  if (left === 0) return fc.constant(so)
  return disjointEdits(so.result).chain((edits) => {
    const round = merged(edits)
    return moreRounds(
      { text: so.text, rounds: [...so.rounds, round], result: applyEdits(so.result, round) },
      left - 1,
    )
  })
}

const rewriteOf = ({ text, rounds: made }: Rounds): Rewrite => made.reduce(rewriteFurther, unchanged(text))

describe('rewriteFurther and editsOf', () => {
  it('are one step that does what all rounds did', () => {
    fc.assert(
      fc.property(rounds, (made) => {
        const edits = editsOf(rewriteOf(made), made.text)
        expect(applyEdits(made.text, edits)).toBe(made.result)
      }),
      { numRuns: 500 },
    )
  })

  it('make edits that merge, and none that changes nothing', () => {
    fc.assert(
      fc.property(rounds, (made) => {
        const edits = editsOf(rewriteOf(made), made.text)
        expect(mergeEdits(edits)).toEqual({ ok: true, edits })
        for (const { start, end, text } of edits) expect(made.text.slice(start, end)).not.toBe(text)
      }),
    )
  })

  it('forget what a later round takes back', () => {
    const there = rewriteFurther(unchanged('a-b'), merged([edit(1, 2, '~')]))
    const back = rewriteFurther(there, merged([edit(1, 2, '-')]))
    expect(editsOf(there, 'a-b')).toEqual([edit(1, 2, '~')])
    expect(editsOf(back, 'a-b')).toEqual([])
  })

  it('keep apart what rounds do beside each other', () => {
    const first = rewriteFurther(unchanged('abcd'), merged([edit(1, 2, 'X')]))
    const second = rewriteFurther(first, merged([edit(2, 3, 'Y')]))
    expect(editsOf(second, 'abcd')).toEqual([edit(1, 2, 'X'), edit(2, 3, 'Y')])
  })

  it('join what a later round does inside of what is new', () => {
    const first = rewriteFurther(unchanged('ab'), merged([edit(1, 1, 'c-d')]))
    const second = rewriteFurther(first, merged([edit(2, 3, '~')]))
    expect(editsOf(second, 'ab')).toEqual([edit(1, 1, 'c~d')])
  })

  it('let a later round reach over what is kept and what is new', () => {
    const first = rewriteFurther(unchanged('abcdef'), merged([edit(2, 4, 'XYZ')]))
    const second = rewriteFurther(first, merged([edit(1, 4, '-')]))
    expect(applyEdits('abcdef', editsOf(second, 'abcdef'))).toBe('a-Zef')
  })

  it('change nothing before the first round', () => {
    expect(editsOf(unchanged('abc'), 'abc')).toEqual([])
  })
})

describe('originOf', () => {
  const originAfter = (text: string, edits: readonly Edit[], span: Span) =>
    originOf(rewriteFurther(unchanged(text), merged(edits)), span)

  it('is the same place where nothing changed', () => {
    expect(originOf(unchanged('abcdef'), { start: 2, end: 4 })).toEqual({ start: 2, end: 4 })
  })

  it('counts back what was inserted and deleted before', () => {
    expect(originAfter('abcdef', [edit(0, 0, '123')], { start: 5, end: 6 })).toEqual({ start: 2, end: 3 })
    expect(originAfter('abcdef', [edit(0, 2, '')], { start: 1, end: 3 })).toEqual({ start: 3, end: 5 })
  })

  it('is the whole of what was replaced', () => {
    expect(originAfter('abcdef', [edit(1, 3, 'XYZ')], { start: 2, end: 3 })).toEqual({ start: 1, end: 3 })
    expect(originAfter('abcdef', [edit(1, 3, 'XYZ')], { start: 0, end: 2 })).toEqual({ start: 0, end: 3 })
  })

  it('is the whole of what was replaced at the end of a text', () => {
    expect(originAfter('abcdef', [edit(3, 6, 'XY')], { start: 3, end: 5 })).toEqual({ start: 3, end: 6 })
    expect(originAfter('abcdef', [edit(0, 6, 'XY')], { start: 1, end: 2 })).toEqual({ start: 0, end: 6 })
  })

  it('of a point is the point, or all that was deleted there', () => {
    expect(originAfter('abcdef', [edit(0, 1, '')], { start: 2, end: 2 })).toEqual({ start: 3, end: 3 })
    expect(originAfter('abcdefgh', [edit(3, 5, '')], { start: 3, end: 3 })).toEqual({ start: 3, end: 5 })
  })

  it('is the point of an insertion', () => {
    expect(originAfter('abcdef', [edit(3, 3, 'XYZ')], { start: 4, end: 5 })).toEqual({ start: 3, end: 3 })
  })

  it('lies within the original, and keeps what was kept', () => {
    const madeAndSpan = rounds.chain((made) =>
      fc.record({ made: fc.constant(made), a: fc.nat(made.result.length), b: fc.nat(made.result.length) }),
    )
    fc.assert(
      fc.property(madeAndSpan, ({ made, a, b }) => {
        const rewrite = rewriteOf(made)
        const origin = originOf(rewrite, { start: Math.min(a, b), end: Math.max(a, b) })
        expect(origin.start).toBeGreaterThanOrEqual(0)
        expect(origin.end).toBeGreaterThanOrEqual(origin.start)
        expect(origin.end).toBeLessThanOrEqual(made.text.length)
      }),
    )
  })

  it('is exact where all of a range was kept', () => {
    fc.assert(
      fc.property(rounds, fc.nat(), fc.nat(), (made, a, b) => {
        const origins = originsOf(made)
        fc.pre(origins.length > 0)
        const start = a % origins.length
        const first = origins[start]
        const kept = (index: number) => first !== undefined && origins[index] === first + index - start
        let end = start
        while (end < origins.length && kept(end) && end - start <= b) end += 1
        fc.pre(first !== undefined && end > start)
        expect(originOf(rewriteOf(made), { start, end })).toEqual({ start: first, end: first + end - start })
      }),
    )
  })
})

/** Where each character of the result was in the original; `undefined` for what is new. */
function originsOf({ text, rounds: made }: Rounds): (number | undefined)[] {
  let origins: (number | undefined)[] = Array.from(text.split(''), (_, index) => index)
  for (const edits of made) {
    origins = edits.reduceRight(
      (so, { start, end, text: by }) => [
        ...so.slice(0, start),
        ...by.split('').map(() => undefined),
        ...so.slice(end),
      ],
      origins,
    )
  }
  return origins
}
