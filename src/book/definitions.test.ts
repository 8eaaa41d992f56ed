import { describe, expect, it } from 'vitest'
import { labelId } from '../label-id.ts'
import { type BookIndex, labelsMentioned, lookupIn, partKey, scopeOf, scopesOf } from './definitions.ts'
import { MAX_INCLUDE_DEPTH } from './includes.ts'
import { indexTexts } from './load.ts'

type Texts = Readonly<Record<string, string>>

const indexOf = (texts: Texts): BookIndex => indexTexts(new Map(Object.entries(texts)), '/book', new Map())

/** Where a label leads in one chapter of a book; `undefined` where nothing defines it there. */
function destination(texts: Texts, chapter: string, label: string): string | undefined {
  const index = indexOf(texts)
  const scopes = scopesOf(index, Object.keys(texts))
  return lookupIn(index, scopes).find(scopeOf(index, chapter), labelId(label))?.destination
}

/** Whether a file may take a label for known. */
function knows(texts: Texts, path: string, label: string): boolean {
  const index = indexOf(texts)
  return lookupIn(index, scopesOf(index, Object.keys(texts))).isKnown(path, labelId(label))
}

/** What an assembled chapter is made of: each section's text, in order. */
function sectionsOf(texts: Texts, chapter: string): string[] {
  return scopeOf(indexOf(texts), chapter).sections.map(({ key, from, to }) =>
    (texts[key] ?? key).slice(from, to),
  )
}

describe('the scope of a chapter', () => {
  it('is the chapter with its includes in place', () => {
    const texts = { 'a.md': 'one {{#include b.md}} two', 'b.md': 'B' }
    expect(sectionsOf(texts, 'a.md')).toEqual(['one ', 'B', ' two'])
  })

  it('follows includes of includes, relative to the file that they stand in', () => {
    const texts = {
      'wind.md': '1{{#include refs/all.md}}5',
      'refs/all.md': '2{{#include crates.md}}4',
      'refs/crates.md': '3',
    }
    expect(sectionsOf(texts, 'wind.md')).toEqual(['1', '2', '3', '4', '5'])
  })

  it('leaves out what is included in code', () => {
    const texts = { 'a.md': '```\n{{#include b.md}}\n```\n', 'b.md': '[x]: /x' }
    expect(sectionsOf(texts, 'a.md').join('')).toBe(texts['a.md'])
    expect(destination(texts, 'a.md', 'x')).toBeUndefined()
  })

  it('ends where files include each other in a circle', () => {
    const texts = { 'a.md': 'a{{#include b.md}}A', 'b.md': 'b{{#include a.md}}B' }
    expect(sectionsOf(texts, 'a.md')).toEqual(['a', 'b', 'B', 'A'])
    expect(sectionsOf({ 'self.md': '1{{#include self.md}}2' }, 'self.md')).toEqual(['1', '2'])
  })

  it('nests as deep as mdBook does, and no deeper', () => {
    const texts = Object.fromEntries(
      Array.from({ length: MAX_INCLUDE_DEPTH + 3 }, (_, depth) => [
        `${depth}.md`,
        `{{#include ${depth + 1}.md}}\n\n[at-${depth}]: /${depth}\n`,
      ]),
    )
    expect(destination(texts, '0.md', `at-${MAX_INCLUDE_DEPTH}`)).toBe(`/${MAX_INCLUDE_DEPTH}`)
    expect(destination(texts, '0.md', `at-${MAX_INCLUDE_DEPTH + 1}`)).toBeUndefined()
  })

  it('is incomplete where an include leads nowhere, and is not where one in code does', () => {
    const texts = {
      'whole.md': '{{#include refs.md}}\n\n```\n{{#include nowhere.md}}\n```\n',
      'broken.md': '{{#include nowhere.md}}\n',
      'around.md': '{{#include broken.md}}\n',
      'refs.md': '',
    }
    const index = indexOf(texts)
    expect(Object.keys(texts).filter((path) => scopeOf(index, path).incomplete)).toEqual([
      'broken.md',
      'around.md',
    ])
  })

  it('of a file that nobody knows is empty', () => {
    expect(scopeOf(indexOf({}), 'none.md').sections).toEqual([])
  })
})

describe('where a label leads', () => {
  it('is the first definition, as CommonMark has it', () => {
    expect(destination({ 'a.md': '[x]: /1\n[X]: /2\n' }, 'a.md', 'x')).toBe('/1')
  })

  it.each<[string, string, string]>([
    ['of the chapter, where it stands before the include', '[x]: /own\n\n{{#include b.md}}\n', '/own'],
    ['of the include, where that stands first', '{{#include b.md}}\n\n[x]: /own\n', '/included'],
    ['of the include, right before the own one', '{{#include b.md}}\n[x]: /own\n', '/included'],
    ['of the include alone', 'rain\n\n{{#include b.md}}\n', '/included'],
    ['of the chapter, where the include takes another part', '{{#include b.md:9}}\n\n[x]: /own\n', '/own'],
  ])('is that %s', (_, chapter, leads) => {
    expect(destination({ 'a.md': chapter, 'b.md': 'rain\n\n[x]: /included\n' }, 'a.md', 'x')).toBe(leads)
  })

  it('between two includes the order decides', () => {
    const files = { 'b.md': '[x]: /b\n', 'c.md': '[x]: /c\n' }
    expect(destination({ ...files, 'a.md': '{{#include b.md}}\n{{#include c.md}}\n' }, 'a.md', 'x')).toBe(
      '/b',
    )
    expect(destination({ ...files, 'a.md': '{{#include c.md}}\n{{#include b.md}}\n' }, 'a.md', 'x')).toBe(
      '/c',
    )
  })

  it('a definition of an include is not known in the include of another chapter', () => {
    const texts = { 'a.md': '{{#include b.md}}\n[x]: /x\n', 'b.md': 'b', 'c.md': '{{#include b.md}}' }
    expect(destination(texts, 'c.md', 'x')).toBeUndefined()
  })

  it('differs where a chapter takes only lines, or an anchor, of a file', () => {
    const refs = '[x]: /1\n\n<!-- ANCHOR: more -->\n[y]: /2\n<!-- ANCHOR_END: more -->\n'
    const texts = {
      'lines.md': '{{#include refs.md:1}}',
      'anchor.md': '{{#include refs.md:more}}',
      'refs.md': refs,
    }
    expect(['x', 'y'].map((label) => destination(texts, 'lines.md', label))).toEqual(['/1', undefined])
    expect(['x', 'y'].map((label) => destination(texts, 'anchor.md', label))).toEqual([undefined, '/2'])
  })

  it('labels compare without case and with white space folded', () => {
    expect(destination({ 'a.md': '[Rain\n  Gauge]: /x\n' }, 'a.md', ' rain gauge ')).toBe('/x')
  })
})

describe('the labels that a file may take for known', () => {
  const texts = {
    'chapter.md': '{{#include part.md}}\n\n{{#include refs.md}}\n',
    'part.md': '[rain][x]',
    'refs.md': '[x]: /x\n',
    'other.md': '[y]: /y\n',
  }

  it('are those of every chapter that it stands in', () => {
    expect(knows(texts, 'chapter.md', 'x')).toBe(true)
    expect(knows(texts, 'part.md', 'x')).toBe(true)
    expect(knows(texts, 'part.md', 'y')).toBe(false)
    expect(knows(texts, 'other.md', 'x')).toBe(false)
  })

  it('are none for a file that nobody knows', () => {
    expect(knows(texts, 'none.md', 'x')).toBe(false)
  })
})

describe('the scopes of a book', () => {
  it('are every file’s own, and for each file those that it stands in', () => {
    const index = indexOf({
      'a.md': '{{#include part.md}}',
      'b.md': '{{#include part.md}} {{#include part.md}}',
      'part.md': '{{#include deep.md:1}}',
      'deep.md': 'rain\n',
    })
    const scopes = scopesOf(index, ['a.md', 'b.md', 'part.md', 'deep.md'])
    const around = (path: string) => scopes.of.get(path)?.map(({ root }) => root)
    expect(scopes.all.map(({ root }) => root)).toEqual(['a.md', 'b.md', 'part.md', 'deep.md'])
    expect(around('a.md')).toEqual(['a.md'])
    expect(around('part.md')).toEqual(['a.md', 'b.md', 'part.md'])
    expect(around('deep.md')).toEqual(['a.md', 'b.md', 'part.md', 'deep.md'])
  })
})

describe('partKey', () => {
  it('tells the parts of one file apart, and the whole file is its path', () => {
    expect(partKey('a.md', { kind: 'all' })).toBe('a.md')
    const parts = [
      partKey('a.md', { kind: 'lines', from: 1, to: 2 }),
      partKey('a.md', { kind: 'lines', from: 1, to: 3 }),
      partKey('a.md', { kind: 'anchor', name: 'rain' }),
      partKey('a.md', { kind: 'anchor', name: '1-2' }),
      partKey('a.md#rain', { kind: 'all' }),
      partKey('b.md', { kind: 'anchor', name: 'rain' }),
    ]
    expect(new Set(parts).size).toBe(parts.length)
  })
})

describe('labelsMentioned', () => {
  it.each<[string, string, string[]]>([
    ['of a full reference', '[rain][c-rain]', ['RAIN', 'C-RAIN']],
    ['of a badge', '[![rain][badge]][page]', ['RAIN', 'BADGE', 'PAGE']],
    ['over two lines', '[rain\n  gauge]', ['RAIN GAUGE']],
    ['in code and raw HTML', '`a[i][c-rain]` <b>[x]</b>', ['I', 'C-RAIN', 'X']],
    ['with an escaped bracket', '[a\\]b]', ['A\\]B']],
    ['over two lines of a quote', '> [x][rain\n> gauge]', ['X', 'RAIN > GAUGE', 'RAIN GAUGE']],
    ['nothing in empty brackets', '[] [rain][]', ['RAIN']],
  ])('%s', (_, text, ids) => {
    expect([...labelsMentioned(text).keys()]).toEqual(expect.arrayContaining(ids))
    expect(labelsMentioned(text).size).toBe(ids.length)
  })
})
