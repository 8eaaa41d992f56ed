import { describe, expect, it } from 'vitest'
import { readJsonText } from './json-text.ts'

describe('the text of a JSON file', () => {
  it.each([
    ['cut short', '{ "labels": {', 'here.json:1:14'],
    ['with a comma too many', '{\n  "labels": {},\n}\n', 'here.json:3:1'],
    ['with a comment', '{\n  // rain\n}\n', 'here.json:2:3'],
    ['with single quotes', "{ 'labels': {} }", 'here.json:1:3'],
    ['empty', '', 'here.json:1:1'],
  ])('that is no JSON, %s, is a problem with its place', (_, text, place) => {
    expect(readJsonText(text, 'here.json')).toEqual([
      { message: expect.stringContaining('it is not valid JSON'), place },
    ])
  })

  it('may not name a key twice, wherever it is', () => {
    expect(readJsonText('{\n "a": { "b": 1, "b": 2 },\n "c": [], "a": 1 }', 'here.json')).toEqual([
      { message: '"a" stands here twice', place: 'here.json:3:11' },
      { message: '"b" stands here twice', place: 'here.json:2:17' },
    ])
  })

  it('tells where values and keys stand', () => {
    const source = readJsonText('{\n  "a": { "b": [1,\n 2] }\n}', 'here.json')
    if (!('value' in source)) throw new Error('it is JSON')
    expect(source.value).toEqual({ a: { b: [1, 2] } })
    expect(source.placeOf(['a', 'b', 1])).toBe('here.json:3:2')
    expect(source.placeOfKey(['a', 'b'])).toBe('here.json:2:10')
    expect(source.placeOf([])).toBe('here.json:1:1')
  })
})

describe('a key that no value can have', () => {
  it.each([
    ['{"__proto__": {"html": "rewrite"}}', '1:2'],
    ['{\n  "labels": {"__proto__": "a"}\n}', '2:14'],
    ['{"labels": {"\\u005f_proto__": "a"}}', '1:13'],
  ])('is a problem: %s', (text, place) => {
    expect(readJsonText(text, 'a.json')).toEqual([
      { message: '"__proto__" is no key that a value can have', place: `a.json:${place}` },
    ])
  })

  it('is none where it only looks like one', () => {
    expect(
      readJsonText('{"labels": {"constructor": "a", "prototype": "__proto__"}}', 'a.json'),
    ).toMatchObject({
      value: { labels: { constructor: 'a', prototype: '__proto__' } },
    })
  })
})

it('what is nested too deep is a problem', () => {
  expect(readJsonText('['.repeat(100_000), 'a.json')).toEqual([
    { message: 'it is nested too deep', place: 'a.json' },
  ])
})
