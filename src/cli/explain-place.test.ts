import { describe, expect, it } from 'vitest'
import { type At, candidatesFor, isAt, placeIn } from './explain-place.ts'

describe('an argument', () => {
  it.each<[string, readonly (readonly [string, At])[]]>([
    ['src/a.md', [['src/a.md', {}]]],
    [
      'a.md:12',
      [
        ['a.md:12', {}],
        ['a.md', { line: 12 }],
      ],
    ],
    [
      'a.md:12:3',
      [
        ['a.md:12:3', {}],
        ['a.md:12', { line: 3 }],
        ['a.md', { line: 12, column: 3 }],
      ],
    ],
    [':12', [[':12', {}]]],
    ['a.md:x', [['a.md:x', {}]]],
  ])('%s can mean %j', (given, candidates) => {
    expect(candidatesFor(given).map(({ path, at }) => [path, at])).toEqual(candidates)
  })
})

describe('a place', () => {
  const text = 'one\r\ntwo\n\nfour'
  const at = (place: At) => {
    const found = placeIn(text, place, 'a.md')
    return found.ok ? text.slice(found.value.start, found.value.end) : found.failure
  }

  it.each<[At, string]>([
    [{}, text],
    [{ line: 1 }, 'one\r\n'],
    [{ line: 3 }, '\n'],
    [{ line: 4 }, 'four'],
    [{ line: 2, column: 1 }, 't'],
    [{ line: 1, column: 4 }, '\r'],
    [{ line: 4, column: 5 }, ''],
  ])('%j is %j', (place, found) => {
    expect(at(place)).toBe(found)
  })

  it.each<[At, string, string]>([
    [{ line: 5 }, 'a.md:5', 'it has 4 lines'],
    [{ line: 0 }, 'a.md:0', 'it has 4 lines'],
    [{ line: 2, column: 5 }, 'a.md:2:5', 'line 2 has 3 columns'],
    [{ line: 2, column: 0 }, 'a.md:2:0', 'line 2 has 3 columns'],
  ])('%j is none', (place, where, message) => {
    expect(at(place)).toMatchObject({
      code: 'MDS041',
      place: where,
      message: expect.stringContaining(message),
    })
  })

  it('is no line behind a last line ending', () => {
    expect(placeIn('one\n', { line: 2 }, 'a.md').ok).toBe(false)
    expect(placeIn('', { line: 1 }, 'a.md').ok).toBe(true)
  })

  it('has what overlaps it, and what is put there', () => {
    const line = { start: 4, end: 8 }
    expect([isAt({ start: 0, end: 4 }, line), isAt({ start: 0, end: 5 }, line)]).toEqual([false, true])
    expect([isAt({ start: 4, end: 4 }, line), isAt({ start: 8, end: 8 }, line)]).toEqual([true, false])
  })
})
