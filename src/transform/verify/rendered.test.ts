import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { render } from '../../markdown/rendered.ts'
import type { Effect } from './effect.ts'
import { explained } from './explained.ts'
import { compareRendered } from './rendered.ts'

const effect = (kind: Effect['kind'], from: string, to: string, start = 0, end = 99): Effect => ({
  kind,
  from,
  to,
  start,
  end,
})

describe('a difference of texts', () => {
  /** All that effects, in their order, can make of a text; each may show or not. */
  function outcomes(text: string, [first, ...rest]: readonly Effect[]): string[] {
    if (!first) return [text]
    const places = Array.from({ length: text.length + 1 }, (_, at) => at).filter((at) =>
      text.startsWith(first.from, at),
    )
    const made = places.flatMap((at) =>
      outcomes(text.slice(at + first.from.length), rest).map((tail) => text.slice(0, at) + first.to + tail),
    )
    return [...outcomes(text, rest), ...made]
  }

  it('is explained where some of the effects, in their order, make one of the other', () => {
    const words = (maxLength: number) =>
      fc.array(fc.constantFrom('a', 'b'), { maxLength }).map((letters) => letters.join(''))
    const effects = fc.array(
      fc.tuple(words(2), words(2)).map(([from, to]) => effect('text', from, to)),
      { maxLength: 3 },
    )
    fc.assert(
      fc.property(words(5), words(6), effects, fc.nat(), fc.boolean(), (before, any, some, pick, isMade) => {
        const possible = outcomes(before, some)
        const after = isMade ? (possible[pick % possible.length] ?? '') : any
        expect(explained(before, after, some) !== undefined).toBe(possible.includes(after))
      }),
      { seed: 1, numRuns: 2000 },
    )
  })

  it('counts the effects that show', () => {
    const arrows = [effect('text', '⮳', '↗'), effect('text', '⮳', '↗')]
    expect(explained('a ⮳ b ⮳', 'a ↗ b ↗', arrows)).toBe(2)
    expect(explained('a ⮳ b ⮳', 'a ⮳ b ↗', arrows)).toBe(1)
    expect(explained('a ⮳', 'a ⮳', arrows)).toBe(0)
    expect(explained('a ⮳ b ⮳', 'a ↗ c ↗', arrows)).toBeUndefined()
  })

  it('is told soon, however much is alike', () => {
    const many = Array.from({ length: 40 }, () => effect('text', 'a', 'aa'))
    expect(explained('a'.repeat(60), `${'a'.repeat(90)}b`, many)).toBeUndefined()
    const labels = Array.from({ length: 12_000 }, (_, index) =>
      effect('text', `c-${index}`, `c~${index}~docs`),
    )
    const lines = (side: 'from' | 'to') => labels.map((label) => `[${label[side]}]: /x\n`).join('')
    expect(explained(lines('from'), lines('to'), labels)).toBe(12_000)
    expect(explained(lines('from'), `${lines('to')}!`, labels)).toBeUndefined()
  })
})

describe('a chapter before and after', () => {
  const compared = (before: string, after: string, ...effects: Effect[]) =>
    compareRendered(render(before), render(after), effects)

  it.each<[string, string, string, Effect[]]>([
    ['a text', 'a ⮳ b', 'a ↗ b', [effect('text', '⮳', '↗', 2, 3)]],
    ['a text that goes', 'a *b*', '*b*', [effect('text', 'a ', '', 0, 2)]],
    ['a text that comes', '*b*', '*b* a', [effect('text', '', ' a', 3, 3)]],
    ['an alt text', '![a-b](c)', '![a~b](c)', [effect('alt', 'a-b', 'a~b', 2, 5)]],
    ['a title', '[a](b "c")', '[a](b "d")', [effect('title', 'c', 'd', 7, 8)]],
    [
      'a title of a definition',
      '[a]\n\n[a]: b "c"',
      '[a]\n\n[a]: b "d"',
      [effect('title', 'c', 'd', 13, 14)],
    ],
    [
      'the attributes of a heading',
      '# A {#a}',
      '# A {#b .c lang=de}',
      [effect('heading', '', '{"id":"b","classes":["c"],"others":["lang=de"]}', 0, 8)],
    ],
    ['raw HTML', '<p title="a">', '<p title="b">', [effect('html', 'a', 'b', 10, 11)]],
  ])('differs as declared by %s', (_, before, after, effects) => {
    const { breach, tally } = compared(before, after, ...effects)
    expect(breach).toBeUndefined()
    expect(tally.declared).toBeGreaterThan(0)
    expect(compared(before, after).breach).toBeDefined()
  })

  it.each<[string, string, string, Effect]>([
    ['a text, and not here', 'a ⮳\n\nb ⮳', 'a ⮳\n\nb ↗', effect('text', '⮳', '↗', 2, 3)],
    ['a text, and not in code', 'a `⮳`', 'a `↗`', effect('text', '⮳', '↗', 3, 4)],
    ['an alt text, and not a text', 'a ⮳', 'a ↗', effect('alt', '⮳', '↗', 2, 3)],
    ['an alt text, and not a text that goes', 'a *b*', '*b*', effect('alt', 'a ', '', 0, 2)],
    [
      'an id, and not this one',
      '# A {#a}',
      '# A {#b}',
      effect('heading', '', '{"id":"c","classes":[],"others":[]}', 0, 8),
    ],
    [
      'an id, and a class shows',
      '# A {#a}',
      '# A {#a .b}',
      effect('heading', '', '{"id":"a","classes":[],"others":[]}', 0, 8),
    ],
    ['raw HTML, and a link is new', '<p>', '<a href="b">', effect('html', '<p>', '<a href="b">', 0, 3)],
  ])('has a breach where what is declared is %s', (_, before, after, declared) => {
    expect(compared(before, after, declared).breach).toBeDefined()
  })

  it('shows edits of what is included as they are written, in code and raw HTML alone', () => {
    const verbatim = () => [effect('verbatim', '⮳', '↗')]
    const isWell = (before: string) =>
      compareRendered(render(before), render(before.replace('⮳', '↗')), [], verbatim).breach === undefined
    expect(['`⮳`', '    ⮳', '<!-- ⮳ -->', '<p>\n⮳\n</p>', 'a ⮳', '![⮳](a)'].map(isWell)).toEqual([
      true,
      true,
      true,
      true,
      false,
      false,
    ])
  })

  it('is counted, and its links are handed on with their texts and places', () => {
    const text = '# A\n\n[*b* c](d) ![e](f) <a href="g">h</a>[^1]\n\n[^1]: i\n'
    const { tally, links } = compared(text, text)
    expect(tally).toEqual({ links: 1, images: 1, footnotes: 1, headings: 2, declared: 0 })
    expect(links.slice(0, 2).map(({ before, text: words, at }) => [before, words, at])).toEqual([
      ['d', 'b c', 5],
      ['g', 'g', 24],
    ])
  })

  it.each([
    ['a lost link', 'a [b](c)', 'a b', 'the link "b" to c would be lost'],
    ['a new link', 'a b', 'a [b](c)', 'text would become the link "b" to c'],
    ['another text', 'a b', 'a c', '"a b" would become "a c"'],
    ['another tag', '*a*', '**a**', '<em> would become <strong>'],
    ['an end', 'a', '', '<p> would become nothing'],
  ])('is told apart in words: %s', (_, before, after, message) => {
    expect(compared(before, after).breach?.message).toBe(message)
  })
})
