import { describe, expect, it } from 'vitest'
import { isHeavy } from './heavy-texts.ts'
import { weigh } from './weight.ts'

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
