import { describe, expect, it } from 'vitest'
import { answerOf } from './answer.ts'

const change = { start: 0, end: 1, text: 'a', because: 'b' }

describe('an answer is', () => {
  it.each<[string, unknown]>([
    ['nothing', undefined],
    ['an object with nothing in it', {}],
    ['changes alone', { changes: [change] }],
    ['leftovers alone', { leftovers: [] }],
    ['a reason alone', { because: 'rain' }],
    ['an object without a prototype', Object.assign(Object.create(null), { changes: [] })],
  ])('%s', (_, returned) => {
    expect(answerOf(returned)).toEqual(returned ?? {})
  })
})

describe('an answer is not', () => {
  it.each<[unknown, string]>([
    [null, 'null'],
    ['# Rain\n', 'a string'],
    [4, 'a number'],
    [true, 'a boolean'],
    [() => undefined, 'a function'],
    [[change], 'an array'],
    [new Map(), 'a Map'],
    [{ type: 'root', children: [] }, 'an object with "type"'],
    [{ changes: change }, 'another object as `changes`'],
    [{ changes: [change, 'a'] }, 'a string in `changes`'],
    [{ leftovers: [null] }, 'null in `leftovers`'],
    [{ because: 4 }, 'a number as `because`'],
  ])('%o', (returned, wrong) => {
    expect(answerOf(returned)).toEqual({ wrong })
  })
})
