import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { positionAt, positionsIn } from './position.ts'

describe('a position', () => {
  it.each<[string, string, number, { line: number; column: number }]>([
    ['at the start', 'abc', 0, { line: 1, column: 1 }],
    ['in the first line', 'abc', 2, { line: 1, column: 3 }],
    ['behind the last character', 'abc', 3, { line: 1, column: 4 }],
    ['at a line ending, which ends its line', 'ab\ncd', 2, { line: 1, column: 3 }],
    ['behind LF', 'ab\ncd', 3, { line: 2, column: 1 }],
    ['behind CRLF, one line ending', 'ab\r\ncd', 4, { line: 2, column: 1 }],
    ['between CR and LF', 'ab\r\ncd', 3, { line: 1, column: 4 }],
    ['behind a lone CR', 'ab\rcd', 3, { line: 2, column: 1 }],
    ['behind CR CR LF, two line endings', 'a\r\r\nb', 4, { line: 3, column: 1 }],
    ['behind an empty line', 'a\n\nb', 3, { line: 3, column: 1 }],
    ['behind the final newline', 'a\n', 2, { line: 2, column: 1 }],
    ['in an empty text', '', 0, { line: 1, column: 1 }],
    ['behind a character of two code units', '😀b', 2, { line: 1, column: 3 }],
    ['behind U+2028, which ends no line', 'a\u2028b', 2, { line: 1, column: 3 }],
  ])('%s', (_, text, offset, position) => {
    expect(positionAt(text, offset)).toEqual(position)
  })

  it('counts what stands before it', () => {
    const text = fc
      .array(fc.constantFrom('a', 'bc', '\n', '\r', '\r\n'), { maxLength: 40 })
      .map((all) => all.join(''))
    fc.assert(
      fc.property(text, (all) => {
        const position = positionsIn(all)
        for (let offset = 0; offset <= all.length; offset++) {
          const split = all.charAt(offset - 1) === '\r' && all.charAt(offset) === '\n'
          const lines = (split ? all.slice(0, offset - 1) : all.slice(0, offset)).split(/\r\n|\r|\n/)
          const column = (lines.at(-1)?.length ?? 0) + 1 + (split ? 1 : 0)
          expect(position(offset)).toEqual({ line: lines.length, column })
        }
      }),
    )
  })
})
