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
