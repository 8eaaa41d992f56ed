import fs from 'node:fs'
import path from 'node:path'
import { createFixture } from 'fs-fixture'
import { describe, expect, it } from 'vitest'
import { type Book, indexTexts, loadBook, missingIncludes } from './load.ts'

/** Loads a book of real files; what is not named as outside is a chapter of it. */
async function load(
  files: Readonly<Record<string, string | Uint8Array>>,
  { chosen, outside = [] }: { chosen?: readonly string[]; outside?: readonly string[] } = {},
): Promise<Book> {
  await using folder = await createFixture()
  for (const [file, content] of Object.entries(files)) {
    fs.mkdirSync(path.dirname(folder.getPath('book', file)), { recursive: true })
    fs.writeFileSync(folder.getPath('book', file), content)
  }
  const all = Object.keys(files)
    .filter((file) => !outside.includes(file))
    .sort()
  return await loadBook({ root: folder.getPath('book'), all, chosen: chosen ?? all })
}

const failuresOf = (book: Book) => book.failures.map(({ code, place }) => `${code} ${place}`)
const definedIn = (book: Book, file: string) => book.facts.get(file)?.definitions.map(({ label }) => label)

describe('a book', () => {
  it('is the texts of its chapters, without byte order marks', async () => {
    const book = await load({ 'a.md': '\uFEFFrain\r\n', 'wind/b.md': 'wind' })
    expect(book.files).toEqual([
      { path: 'a.md', text: 'rain\r\n', bom: true, chosen: true },
      { path: 'wind/b.md', text: 'wind', bom: false, chosen: true },
    ])
    expect([...book.outside]).toEqual([])
    expect(book.failures).toEqual([])
  })

  it('knows its files by what they define, counted without the byte order mark', async () => {
    const book = await load({ 'a.md': '\uFEFF[rain]: /rain\n' })
    expect(book.facts.get('a.md')?.definitions).toMatchObject([{ label: 'rain', start: 0, end: 13 }])
  })

  it('keeps what was not chosen as it is', async () => {
    const book = await load({ 'a.md': 'A', 'b.md': '[x]: /x\n' }, { chosen: ['a.md'] })
    expect(book.files.map(({ path: file, chosen }) => [file, chosen])).toEqual([
      ['a.md', true],
      ['b.md', false],
    ])
    expect([...book.outside]).toEqual([['b.md', '[x]: /x\n']])
    expect(definedIn(book, 'b.md')).toEqual(['x'])
  })
})

describe('a file that cannot be read', () => {
  const latin1 = Uint8Array.from(Buffer.from('caf\xe9 [rain][c-rain]\n', 'latin1'))

  it('is a failure, and the others are there', async () => {
    const book = await load({ 'a.md': 'A', 'latin.md': latin1, 'nul.md': 'one\ntwo\0\n' })
    expect(failuresOf(book)).toEqual(['MDS002 latin.md', 'MDS010 nul.md:2'])
    expect(book.files.map(({ path: file }) => file)).toEqual(['a.md'])
    expect([...book.facts.keys()]).toEqual(['a.md'])
  })

  it('that is gone is a failure', async () => {
    await using folder = await createFixture({ 'a.md': 'A' })
    const book = await loadBook({ root: folder.path, all: ['a.md', 'gone.md'], chosen: ['a.md', 'gone.md'] })
    expect(failuresOf(book)).toEqual(['MDS001 gone.md'])
    expect(book.files).toHaveLength(1)
  })

  it('is remembered by the labels that it mentions', async () => {
    const book = await load({ 'latin.md': latin1, 'nul.md': '[x]\0[c-gauge]: /x', 'a.md': '[c-wind]' })
    expect(Object.fromEntries(book.unreadable)).toEqual({
      RAIN: 'latin.md',
      'C-RAIN': 'latin.md',
      X: 'nul.md',
      'C-GAUGE': 'nul.md',
    })
  })
})

describe('a file that is included and no chapter', () => {
  it('is read, with what it includes, and stays as it is', async () => {
    const book = await load(
      {
        'a.md': '{{#include refs.txt}}\n',
        'refs.txt': '{{#include more/refs.txt}}\n[x]: /x\n',
        'more/refs.txt': '[y]: /y\n',
        'other.txt': '[z]: /z\n',
      },
      { outside: ['refs.txt', 'more/refs.txt', 'other.txt'] },
    )
    expect(book.files.map(({ path: file }) => file)).toEqual(['a.md'])
    expect([...book.outside.keys()]).toEqual(['refs.txt', 'more/refs.txt'])
    expect(definedIn(book, 'refs.txt')).toEqual(['x'])
    expect(definedIn(book, 'more/refs.txt')).toEqual(['y'])
    expect(book.failures).toEqual([])
  })

  it('may lie above the book', async () => {
    const book = await load(
      { 'a.md': '{{#include ../shared.md}}\n', '../shared.md': '[x]: /x\n' },
      { outside: ['../shared.md'] },
    )
    expect(definedIn(book, '../shared.md')).toEqual(['x'])
  })

  it('is not read where code includes it', async () => {
    const book = await load({ 'a.md': '```\n{{#include a.rs}}\n```\n', 'a.rs': 'fn' }, { outside: ['a.rs'] })
    expect([...book.outside]).toEqual([])
  })

  it('that cannot be read fails nothing: it is no chapter', async () => {
    const book = await load(
      { 'a.md': '{{#include b.txt}} {{#include none.txt}} {{#include .}}\n', 'b.txt': 'a\0' },
      { outside: ['b.txt'] },
    )
    expect(book.failures).toEqual([])
    expect([...book.outside]).toEqual([])
  })

  it('files that include each other are read once', async () => {
    const book = await load(
      {
        'a.md': '{{#include b.txt}}',
        'b.txt': '{{#include c.txt}}',
        'c.txt': '{{#include b.txt}}{{#include a.md}}',
      },
      { outside: ['b.txt', 'c.txt'] },
    )
    expect([...book.outside.keys()]).toEqual(['b.txt', 'c.txt'])
  })
})

describe('missingIncludes', () => {
  const missingIn = (texts: Readonly<Record<string, string>>) =>
    missingIncludes(indexTexts(new Map(Object.entries(texts)), '/book', new Map()))

  it('names the file and the include, each pair once', () => {
    expect(
      missingIn({
        'a.md': '{{#include none.md}} {{#include none.md}} {{#include b.md}}\n',
        'wind/b.md': '{{#include none.md:2}}\n',
        'b.md': '',
      }),
    ).toEqual(['a.md: none.md', 'wind/b.md: none.md'])
  })

  it('leaves out what code includes, and what is escaped', () => {
    expect(missingIn({ 'a.md': '```\n{{#include none.rs}}\n```\n\n\\{{#include none.md}}\n' })).toEqual([])
  })
})

describe('indexTexts', () => {
  it('takes facts that are known as they are', () => {
    const known = new Map([['a.md', { path: 'a.md', definitions: [], includes: [] }]])
    const index = indexTexts(new Map([['a.md', '[x]: /x\n']]), '/book', known)
    expect(index.files.get('a.md')?.definitions).toEqual([])
  })
})
