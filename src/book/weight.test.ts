import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isHeavy } from './heavy-texts.ts'
import { isLight, weigh } from './weight.ts'

const CHAPTER =
  '# Rain\n\n- A [gauge](gauge.md) and `code`, *twice*.\n  > Quoted.\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n'

describe('weigh', () => {
  it.each([
    ['a chapter', CHAPTER],
    ['a long chapter', CHAPTER.repeat(300)],
    ['nothing', ''],
  ])('%s is not heavy', (_, text) => {
    expect(weigh(text)).toBeUndefined()
  })

  it.each([
    ['quotes in quotes', '>'.repeat(1000), 0],
    ['lists in lists', Array.from({ length: 500 }, (_, depth) => `${' '.repeat(depth * 2)}- a\n`).join('')],
    ['brackets in one paragraph', `a\n\n${'[a][b]'.repeat(2000)}`, 3],
    ['lines in one paragraph', 'a\n'.repeat(10_000), 0],
    ['very many quotes', '>>>> a\n\n'.repeat(3000), 0],
    ['a very long line', 'a'.repeat(300_000), 0],
  ])('%s are heavy', (_, text, start = undefined) => {
    const found = weigh(text)
    expect(found).toBeDefined()
    if (start !== undefined) expect(found?.start).toBe(start)
  })
})

it('definitions on lines of their own are not heavy, however many', () => {
  const definitions = Array.from({ length: 10_000 }, (_, index) => `[a${index}]: https://rain.org/${index}\n`)
  expect(weigh(definitions.join(''))).toBeDefined()
  expect(isHeavy(definitions.join(''))).toBe(false)
})

it('nor is what is plain, of which no paragraph is long', () => {
  const links = Array.from({ length: 3000 }, (_, index) => `- [a](${index}.md)\n`)
  expect(weigh(links.join(''))).toBeDefined()
  expect(isHeavy(links.join(''))).toBe(false)
  expect(isHeavy('[a][b]'.repeat(5000))).toBe(true)
  expect(isHeavy(`${links.join('')}\n[^a]: It has a note.\n`)).toBe(true)
})

it('nor are those whose addresses a parser has to look at', () => {
  const lines = Array.from({ length: 3500 }, (_, at) => `[c-${at}]: https://example.org/(a_${at})?b=*&c=~d#e`)
  expect(weigh(lines.join('\n'))).toBeUndefined()
})

it('nor is the table of contents of a book', () => {
  const items = Array.from(
    { length: 900 },
    (_, at) => `${'  '.repeat(at % 3)}- [Rain ${at}](rain/day_${at}.md)`,
  )
  expect(weigh(items.join('\n'))).toBeUndefined()
  expect(weigh(items.map((item) => `${item} and *snow*`).join('\n'))).toBeDefined()
})

it('is told at a glance where that is possible, and never otherwise', () => {
  const line = fc.tuple(
    fc.constantFrom('', '> ', '\t', '    ', '- ', '-\t- ', '>'.repeat(60), '\t'.repeat(40), '1. '.repeat(30)),
    fc.constantFrom('', 'rain', '[a][b]', '[a](b)', '*'.repeat(300), '[a]: /b', '- [a](b)', '`'.repeat(90)),
    fc.constantFrom('\n', '\n', '\n\n', '\r\n', '\r', ' \n'),
    fc.constantFrom(1, 1, 2, 40, 900),
  )
  let heavy = 0
  fc.assert(
    fc.property(fc.array(line, { maxLength: 4 }), (lines) => {
      const text = lines
        .map(([marks, words, ending, times]) => (marks + words + ending).repeat(times))
        .join('')
      const isHeavyNow = weigh(text) !== undefined
      if (isHeavyNow) heavy += 1
      expect(isLight(text)).toBe(!isHeavyNow)
    }),
    { numRuns: 400 },
  )
  expect(heavy).toBeGreaterThan(10)
})
