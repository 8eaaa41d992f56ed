import { describe, expect, it } from 'vitest'
import { type Admonition, readAdmonition } from './admonition.ts'

const NOTE: Admonition = {
  kind: 'note',
  title: undefined,
  id: undefined,
  classes: [],
  collapsible: false,
  unknown: [],
}

describe('the words behind `admonish`', () => {
  it.each<[string, Partial<Admonition>]>([
    ['', {}],
    ['  ', {}],
    ['note', {}],
    ['drizzle', { kind: 'drizzle' }],
    ['tip title="Rain"', { kind: 'tip', title: 'Rain' }],
    ['tip title = "Rain"', { kind: 'tip', title: 'Rain' }],
    ['tip title=\'A "b"\'', { kind: 'tip', title: 'A "b"' }],
    ['title="a=b"', { title: 'a=b' }],
    ['type="tip", title="\\u2603", collapsible=true', { kind: 'tip', title: '☃', collapsible: true }],
    ['tip class="a  b" id="c" collapsible=false', { kind: 'tip', classes: ['a', 'b'], id: 'c' }],
    ['tip class="a", id="c"', { kind: 'tip', classes: ['a'], id: 'c' }],
    ['note colour="red"', { unknown: ['colour'] }],
    ['tip.a.b-c', { kind: 'tip', classes: ['a', 'b-c'] }],
    ['tip..', { kind: 'tip' }],
    ['.a ""', { classes: ['a'], title: '' }],
    ['tip.a "A \\"b\\""', { kind: 'tip', classes: ['a'], title: 'A "b"' }],
  ])('%j', (words, told) => {
    expect(readAdmonition(words)).toEqual({ ...NOTE, ...told })
  })

  it.each([
    'title="a',
    'title=a',
    'title="a" note',
    'note "a',
    'oh!no title="a"',
    'collapsible="yes"',
    'id=3',
    'a b',
  ])('are wrong: %j', (words) => {
    expect(readAdmonition(words)).toBeUndefined()
  })
})
