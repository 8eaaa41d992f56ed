import { expect, it } from 'vitest'
import { addClass } from './heading-attributes.ts'
import { setUrl } from './set-url.ts'

const root = { type: 'root', children: [] }

it.each([
  [setUrl, 'a root has no address: find links, images or definitions first'],
  [addClass, 'a root has no id and no classes: find headings first'],
])('a helper that is given a node of another kind says what to find: %#', (helper, message) => {
  expect(() => Reflect.apply(helper, undefined, [root, 'c'])).toThrow(message)
})
