import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { arbitraryBook } from '../../test/support/arbitrary-book.ts'
import { assemble, sourceAt } from './assemble.ts'

const assembled = (texts: Record<string, string>, path = 'a.md') =>
  assemble(new Map(Object.entries(texts)), '/book', path)

describe('an assembled chapter', () => {
  it.each<[string, Record<string, string>, string]>([
    [
      'has files where they are included, without their last line end',
      { 'a.md': 'a {{#include b.md}} c', 'b.md': 'b\r\n' },
      'a b c',
    ],
    [
      'has what they include',
      { 'a.md': '{{#include d/b.md}}!', 'd/b.md': 'b {{#include c.md}}', 'd/c.md': 'c' },
      'b c!',
    ],
    [
      'has some of their lines',
      { 'a.md': '{{#include b.md:2:3}}', 'b.md': 'one\ntwo\nthree\nfour\n' },
      'two\nthree',
    ],
    [
      'has a part of them by its name, without other marks',
      {
        'a.md': '{{#include b.md:x}}',
        'b.md': 'one\nANCHOR: x\ntwo\nANCHOR: y\nthree\nANCHOR_END: x\nfour\n',
      },
      'two\nthree',
    ],
    ['has nothing for a name that is not there', { 'a.md': '[{{#include b.md:x}}]', 'b.md': 'b' }, '[]'],
    ['leaves what leads nowhere', { 'a.md': '{{#include b.md}}' }, '{{#include b.md}}'],
    ['leaves what is escaped', { 'a.md': '\\{{#include b.md}}', 'b.md': 'b' }, '\\{{#include b.md}}'],
    [
      'leaves what leads back',
      { 'a.md': 'a {{#include b.md}}', 'b.md': 'b {{#include a.md}}' },
      'a b {{#include a.md}}',
    ],
    [
      'includes in code and comments too',
      { 'a.md': '`{{#include b.md}}` <!--{{#include b.md}}-->', 'b.md': 'b' },
      '`b` <!--b-->',
    ],
    ['is empty without a file', {}, ''],
  ])('%s', (_, texts, text) => {
    expect(assembled(texts)?.text).toBe(text)
  })

  it('is none where includes multiply beyond measure', () => {
    const texts = { 'b.md': 'x'.repeat(1_000_000), 'a.md': '{{#include b.md}}'.repeat(70) }
    expect(assembled(texts)).toBeUndefined()
    expect(assembled(texts, 'b.md')).toBeDefined()
  })

  it('is covered by its pieces, each of which stands in its file just so', () => {
    fc.assert(
      fc.property(arbitraryBook, (texts) => {
        for (const path of Object.keys(texts)) {
          const { text, pieces } = assembled(texts, path) ?? { text: undefined, pieces: [] }
          expect(
            pieces.map((piece) => texts[piece.path]?.slice(piece.from, piece.from + piece.length)).join(''),
          ).toBe(text)
          let at = 0
          for (const piece of pieces) {
            expect([piece.at, piece.length > 0]).toEqual([at, true])
            at += piece.length
          }
        }
      }),
      { seed: 1, numRuns: 60 },
    )
  })
})

describe('an offset of an assembled chapter', () => {
  const whole = assembled({ 'a.md': 'ab {{#include b.md}} cd', 'b.md': 'xyz\n' })

  it.each([
    ['in the chapter', 1, { path: 'a.md', offset: 1 }],
    ['in what it includes', 4, { path: 'b.md', offset: 1 }],
    ['behind that', 7, { path: 'a.md', offset: 21 }],
    ['at its end', 9, { path: 'a.md', offset: 23 }],
    ['beyond it', 99, { path: 'a.md', offset: 23 }],
    ['before it', -1, { path: 'a.md', offset: 0 }],
  ])('%s comes from a file', (_, offset, source) => {
    expect(whole && sourceAt(whole, offset)).toEqual(source)
  })

  it('comes from nowhere where there is nothing', () => {
    expect(sourceAt({ pieces: [] }, 0)).toBeUndefined()
  })
})
