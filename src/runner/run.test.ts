import { describe, expect, it } from 'vitest'
import { migrateTexts } from '../../test/support/book.ts'
import labelSeparators from '../../transforms/0002-label-separators/index.ts'
import { migrations } from '../../transforms/index.ts'
import { indexTexts } from '../book/load.ts'
import type { Chapter } from '../markdown/parse.ts'
import { type Change, DEFAULT_SETTINGS } from '../model.ts'
import { defineTransform } from '../transform/define.ts'
import { inProcess } from './workers.ts'

const nothing = { changes: [], leftovers: [] }

/** A migration for tests; what it does to chapters is given. */
const migration = (transform: (path: string) => readonly Change[]) =>
  defineTransform({
    id: '0009-example',
    version: 9,
    summary: '',
    reason: '',
    examples: [],
    mayMatch: () => true,
    transform: (chapter) => ({ ...nothing, changes: transform(chapter.path) }),
  })

const change = (start: number, end: number, text: string): Change => ({ start, end, text, because: 'a test' })

describe('a tree that one migration changes', () => {
  it('is not what the next one sees, nor after a failure', async () => {
    const seen: number[] = []
    const changing = (id: string, then: () => undefined) => ({
      ...migration(() => []),
      id,
      transform({ tree }: Chapter) {
        seen.push(tree.children.length)
        tree.children.length = 0
        return then()
      },
    })
    const failing = () => {
      throw new Error('no such gauge')
    }
    const workers = inProcess([changing('0009-a', () => undefined), changing('0009-b', failing)])
    const book = indexTexts(new Map([['a.md', 'a\n']]), '/book', new Map())
    const stage = { index: book, paths: ['a.md'], settings: DEFAULT_SETTINGS, parser: 'fast' } as const
    for (const id of ['0009-a', '0009-b', '0009-a'])
      await workers.transform({ ...stage, migration: id }, undefined, [{ path: 'a.md', text: 'a\n' }])
    expect(seen).toEqual([1, 1, 1])
  })
})

describe('a file that a migration fails on', () => {
  it('is reported by the name of the migration, and the others are changed', async () => {
    const failing = migration((path) => {
      if (path === 'bad.md') throw new Error('no such gauge')
      return [change(0, 1, 'B')]
    })
    const report = await migrateTexts({ 'a.md': 'a\n', 'bad.md': 'a\n' }, { migrations: [failing] })
    expect(report.failures).toMatchObject([{ code: 'MDS006', place: 'bad.md' }])
    expect(report.failures[0]?.message).toContain('0009-example: no such gauge')
    expect(report.files.map(({ path, after }) => [path, after])).toEqual([['a.md', 'B\n']])
  })

  it('is one whose edits overlap, and both are named', async () => {
    const report = await migrateTexts(
      { 'a.md': 'rain\n' },
      { migrations: [migration(() => [change(0, 3, 'x'), change(2, 4, 'y')])] },
    )
    expect(report.failures).toMatchObject([{ code: 'MDS005', place: 'a.md' }])
    expect(report.failures[0]?.message).toContain('"rai" → "x" at 1:1 and "in" → "y" at 1:3')
  })

  it('stays whole, and keeps the labels that it mentions, although an earlier migration had changed it', async () => {
    const failing = migration((path) => {
      if (path === 'bad.md') throw new Error('no such gauge')
      return []
    })
    const texts = {
      'a.md':
        '[x][c-rain] [y][c-wind]\n\n[c-rain]: https://docs.rs/rain\n[c-wind]: https://docs.rs/wind\n\n{{#include bad.md}}\n',
      'bad.md': '[z][c-rain]\n',
    }
    const report = await migrateTexts(texts, { migrations: [labelSeparators, failing] })
    expect(report.files.map(({ path }) => path)).toEqual(['a.md'])
    expect(report.files[0]?.after).toContain('[x][c-rain] [y][c~wind~docs]')
  })

  it('is asked nothing more where its scan fails, so that the run ends', async () => {
    const scanning = {
      ...migration(() => []),
      scan: {
        chapter({ path }: { path: string }) {
          if (path === 'bad.md') throw new Error('no such gauge')
        },
        reduce: () => undefined,
      },
    }
    const report = await migrateTexts({ 'a.md': 'a\n', 'bad.md': 'a\n' }, { migrations: [scanning] })
    expect(report.failures).toMatchObject([{ code: 'MDS006', place: 'bad.md' }])
    expect(report.files.map(({ path }) => path)).toEqual(['a.md'])
  })
})

it('places the findings of a later migration in the file as it was read', async () => {
  const longer = migration(() => [change(0, 1, 'longer')])
  const later = { ...migration(() => [change(7, 8, 'Z')]), id: '0010-later' }
  const report = await migrateTexts({ 'a.md': 'a z\n' }, { migrations: [longer, later], verify: false })
  expect(report.files[0]?.after).toBe('longer Z\n')
  expect(report.files[0]?.findings.map(({ line, column, legacy }) => [line, column, legacy])).toEqual([
    [1, 1, 'a'],
    [1, 3, 'z'],
  ])
})

describe('a finding of a label that is put behind its shortcut', () => {
  const definitions = '\n[c-slab]: https://docs.rs/slab\n[c-slab-github]: https://github.com/tokio-rs/slab\n'

  it.each([
    ['a shortcut', 'See [c-slab-github].\n', '1:6 1:6', 19],
    ['a shortcut before an edit', 'See [c-slab-github]⮳\n', '1:6 1:6', 19],
    ['a collapsed reference', 'See [c-slab-github][].\n', '1:6 1:6', 20],
    ['a full reference', 'See [it][c-slab-github].\n', '1:10 1:10', 9],
    ['two shortcuts', '[c-slab-github][x] [c-slab]\n', '1:21', 27],
  ])('stands on the label: %s', async (_, text, places, edit) => {
    const report = await migrateTexts({ 'a.md': `${text}${definitions}` }, { migrations })
    const [file] = report.files
    const found = file?.findings.filter(({ line, migration }) => line === 1 && !migration.startsWith('0003'))
    expect(found?.map(({ line, column }) => `${line}:${column}`).join(' ')).toBe(places)
    expect(file?.edits[0]).toMatchObject({ start: edit })
  })
})
