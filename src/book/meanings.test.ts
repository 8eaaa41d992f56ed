import { describe, expect, it } from 'vitest'
import { bookViewOf } from '../../test/support/book-view.ts'
import { labelId } from '../label-id.ts'

type Texts = Readonly<Record<string, string>>

/** The meanings of `x`: the files of each, and where it leads; the same whatever the order of files. */
function meanings(texts: Texts): string[] {
  const [one, other] = [texts, Object.fromEntries(Object.entries(texts).reverse())].map((ordered) =>
    bookViewOf(ordered)
      .meanings.of(labelId('x'))
      .map(({ paths, definitions }) =>
        [...[...paths].sort(), ...definitions.map(({ destination }) => destination).sort()].join(' '),
      )
      .sort(),
  )
  expect(other).toEqual(one)
  return one ?? []
}

describe('a label means one thing', () => {
  it.each<[string, Texts, string[]]>([
    [
      'in a chapter and what it includes',
      { 'a.md': '[x]\n{{#include b.md}}\n', 'b.md': '{{#include c.md}}\n', 'c.md': '[x]: /1\n' },
      ['a.md c.md /1'],
    ],
    [
      'in all chapters that share its definition',
      { 'a.md': '[x]\n{{#include r.md}}\n', 'b.md': '[x]\n{{#include r.md}}\n', 'r.md': '[x]: /1\n' },
      ['a.md b.md r.md /1'],
    ],
    [
      'where a definition shadows another',
      { 'a.md': '[x]: /own\n\n{{#include r.md}}\n', 'r.md': '[x]: /1\n', 'b.md': '{{#include r.md}}' },
      ['a.md r.md /1 /own'],
    ],
    [
      'where two includes define it, and nothing else mentions it',
      { 'a.md': '{{#include r.md}}\n{{#include s.md}}\n', 'r.md': '[x]: /1\n', 's.md': '[x]: /2\n' },
      ['r.md s.md /1 /2'],
    ],
    [
      'in a part that two chapters define each for itself',
      {
        'part.md': '[x]',
        'a.md': '{{#include part.md}}\n[x]: /1\n',
        'b.md': '{{#include part.md}}\n[x]: /2\n',
      },
      ['a.md b.md part.md /1 /2'],
    ],
    ['in one file', { 'a.md': '[x]: /1\n\n[X]: /2\n' }, ['a.md /1 /2']],
  ])('%s', (_, texts, expected) => {
    expect(meanings(texts)).toEqual(expected)
  })
})

describe('a label means several things', () => {
  it.each<[string, Texts, string[]]>([
    [
      'in folders that share nothing',
      { 'a/a.md': '[x]\n{{#include r.md}}\n', 'a/r.md': '[x]: /1\n', 'b/b.md': '[x]: /2\n' },
      ['a/a.md a/r.md /1', 'b/b.md /2'],
    ],
    [
      'in folders that share what does not concern it',
      {
        'a.md': '{{#include all.md}}\n[x]: /1\n',
        'b.md': '{{#include all.md}}\n[x]: /2\n',
        'all.md': '[y]: /y\n',
      },
      ['a.md /1', 'b.md /2'],
    ],
    [
      'where nothing defines it, each file by itself',
      { 'a.md': '[x]', 'b.md': '{{#include a.md}}\n[x]\n', 'c.md': '[x]: /1\n' },
      ['a.md', 'b.md', 'c.md /1'],
    ],
    [
      'where one chapter takes only another part of the file that defines it',
      {
        'a.md': '[x]\n{{#include r.md:1}}\n',
        'r.md': 'rain\n\n[x]: /1\n',
      },
      ['a.md', 'r.md /1'],
    ],
    [
      'where a file is included in code alone',
      { 'a.md': '[x]\n\n```\n{{#include r.md}}\n```\n', 'r.md': '[x]: /1\n' },
      ['a.md', 'r.md /1'],
    ],
  ])('%s', (_, texts, expected) => {
    expect(meanings(texts)).toEqual(expected)
  })

  it('defined ones come first', () => {
    const { meanings: all } = bookViewOf({ 'a.md': '[x]', 'b.md': '[x]: /1\n' })
    expect(all.of('X').map(({ definitions }) => definitions.length)).toEqual([1, 0])
    expect(all.of('NONE')).toEqual([])
  })
})

describe('the meaning of a label in a file', () => {
  const { meanings: all } = bookViewOf({
    'a/a.md': '[x] [y]\n{{#include r.md}}\n',
    'a/r.md': '[x]: /1\n[y]: /y\n',
    'b/b.md': '[x]: /2\n',
    'b/alone.md': '[x]',
  })

  it('is that of the chapters around it', () => {
    expect(all.at('a/a.md', 'X')?.definitions[0]?.destination).toBe('/1')
    expect(all.at('b/b.md', 'X')?.definitions[0]?.destination).toBe('/2')
    expect(all.at('b/alone.md', 'X')?.definitions).toEqual([])
    expect(all.at('b/b.md', 'Y')).toBeUndefined()
  })

  it('has those of other labels near it', () => {
    const [y] = all.of('Y')
    const near = y ? all.near(y, 'X') : []
    expect(near.flatMap(({ definitions }) => definitions.map(({ destination }) => destination))).toEqual([
      '/1',
    ])
    const [, b] = all.of('X')
    expect(b && all.near(b, 'Y')).toEqual([])
  })
})
