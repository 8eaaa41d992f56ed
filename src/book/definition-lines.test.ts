import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { definitionLines } from './definition-lines.ts'
import { parseFileFacts, readFileFacts } from './file-facts.ts'

describe('a file of definitions', () => {
  it('is read without a parser', () => {
    const text = '[c-slab]: https://docs.rs/slab\r\n\n[ex-a-b]: # "a.md#b"\n{{#include more.md}}\n[x y]: /z'
    expect(definitionLines(text)?.map(({ label }) => label)).toEqual(['c-slab', 'ex-a-b', 'x y'])
    expect(readFileFacts('a.md', text)).toEqual(parseFileFacts('a.md', text))
  })

  it.each([
    ['prose', 'Text.\n\n[a]: /b\n'],
    ['an indent', ' [a]: /b\n'],
    ['a footnote', '[^a]: /b\n'],
    ['an escape', '[a\\]b]: /b\n'],
    ['an entity', '[a]: /b&amp;c\n'],
    ['angle brackets', '[a]: <b c>\n'],
    ['a title on the next line', "[a]: /b\n'c'\n"],
    ['a destination on the next line', '[a]:\n/b\n'],
    ['two spaces', '[a]:  /b\n'],
    ['trailing spaces', '[a]: /b \n'],
    ['a lone carriage return', '[a]: /b\r[c]: /d\n'],
  ])('is left to the parser for %s', (_, text) => {
    expect(definitionLines(text)).toBeUndefined()
  })

  it('is read as the parser reads it', () => {
    const part = fc.constantFrom(
      '[',
      ']',
      '[a]: ',
      '[a b]: ',
      '/x',
      '#',
      ' "t"',
      '"',
      ' ',
      '\n',
      '\r\n',
      '\\',
      '&amp;',
      '<',
      '(',
      ')',
      '[^1]: ',
      ':',
      '{{#include b.md}}',
      '>',
      '-',
      '\t',
      "'",
      'é',
      '~',
      '`',
      '\u00a0',
    )
    const line = fc.constantFrom(
      '[a]: /x\n',
      '[b-c]: # "t"\n',
      '[É é]: https://x.y/z?q=1#r\r\n',
      '{{#include b.md}}\n',
      '\n',
    )
    const text = fc.array(fc.oneof({ weight: 3, arbitrary: line }, { weight: 1, arbitrary: part }), {
      maxLength: 12,
    })
    fc.assert(
      fc.property(text, (parts) => {
        const joined = parts.join('')
        expect(readFileFacts('a.md', joined)).toEqual(parseFileFacts('a.md', joined))
      }),
      { numRuns: 3000 },
    )
  })
})
