import { expect, it } from 'vitest'
import { trailing } from './trailing.ts'

it.each([
  ['a \t', ' \t', ' \t'],
  ['a \n ', ' ', ' '],
  ['  ', ' ', '  '],
  ['a', ' ', ''],
  ['', ' ', ''],
])('the end of %j made of %j', (text, characters, end) => {
  expect(trailing(text, characters)).toBe(end)
})
