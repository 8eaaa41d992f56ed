import { describe, expect, it } from 'vitest'
import { ALL, of, RAIN, SUN, statusBook, statusOfChapters, WIND } from '../../test/support/status.ts'
import type { Finding } from '../runner/report.ts'
import { burndownLine, percent, statusOf } from './status.ts'

const versionOf = (findings: readonly Finding[]) =>
  statusOfChapters({ 'a.md': findings }).books[0]?.chapters[0]?.version

describe('the format of a chapter', () => {
  it.each<[string, readonly Finding[], number]>([
    ['without findings is the newest', [], 3],
    ['is that before the migration that would change it', [of(SUN, 'change')], 2],
    ['is the oldest of several', [of(SUN, 'change'), of(WIND, 'change'), of(SUN, 'change')], 1],
    ['counts what is refused', [of(WIND, 'refused')], 1],
    ['counts what is undecided', [of(SUN, 'undecided')], 2],
    ['does not count what is no Markdown, or may be meant', [of(WIND, 'opaque'), of(WIND, 'doubtful')], 3],
    ['does not count what no format has: a repair', [of(RAIN, 'change'), of(RAIN, 'refused')], 3],
    ['counts what a repair brings to light', [of(RAIN, 'change'), of(SUN, 'change')], 2],
  ])('%s', (_, findings, version) => {
    expect(versionOf(findings)).toBe(version)
  })

  it('is not known where the chapter could not be read', () => {
    const status = statusOfChapters({ 'a.md': [] }, { unread: ['b.md'] })
    expect(status.books[0]?.chapters.map(({ name, version }) => [name, version])).toEqual([
      ['a.md', 3],
      ['b.md', undefined],
    ])
    expect(status.totals).toMatchObject({ chapters: 2, at: [0, 0, 1], unknown: 1 })
  })

  it('is 0 before the first migration, where that repairs nothing', () => {
    const status = statusOf([statusBook({ 'a.md': [], 'b.md': [of(RAIN, 'change')] })], ALL, ALL, 0)
    expect([status.versions, status.totals.at]).toEqual([
      [0, 1, 2, 3],
      [1, 0, 0, 1],
    ])
  })

  it('is at most that of the last migration that was asked', () => {
    const status = statusOf([statusBook({ 'a.md': [], 'b.md': [of(WIND, 'change')] })], [RAIN, WIND], ALL)
    expect(status).toMatchObject({ newest: 2, versions: [1, 2], only: ['0001-rain', '0002-wind'] })
    expect(status.totals.at).toEqual([1, 1])
  })
})

describe('the status of books', () => {
  it('counts chapters by folder, in all books', () => {
    const books = [
      statusBook({ 'index.md': [], 'src/a.md': [], 'src/b.md': [of(WIND, 'change')] }),
      statusBook({ 'src/c.md': [of(SUN, 'change')], 'deep/er/d.md': [] }),
    ]
    const { folders, totals } = statusOf(books, ALL, ALL)
    expect(folders.map(({ name, chapters, at }) => [name, chapters, ...at])).toEqual([
      ['.', 1, 0, 0, 1],
      ['deep/er', 1, 0, 0, 1],
      ['src', 3, 1, 1, 1],
    ])
    expect([totals.chapters, ...totals.at]).toEqual([5, 1, 1, 3])
  })

  it('counts files and findings per migration', () => {
    const books = [
      statusBook({
        'a.md': [of(RAIN, 'change'), of(RAIN, 'change'), of(RAIN, 'opaque')],
        'b.md': [of(RAIN, 'undecided'), of(WIND, 'refused')],
        'c.md': [],
      }),
      statusBook({ 'a.md': [of(RAIN, 'doubtful')] }),
    ]
    const { migrations, totals } = statusOf(books, ALL, ALL)
    expect(migrations).toEqual([
      { ...RAIN, files: 3, changes: 2, open: 1, left: 2 },
      { ...WIND, files: 1, changes: 0, open: 1, left: 0 },
      { ...SUN, files: 0, changes: 0, open: 0, left: 0 },
    ])
    expect(totals).toMatchObject({ changes: 2, open: 2, left: 2 })
  })

  it('of nothing is nothing', () => {
    expect(statusOf([], ALL, ALL).totals).toMatchObject({ chapters: 0, at: [0, 0, 0], changes: 0 })
  })
})

describe('the burndown line', () => {
  it.each([
    [
      'of a book on its way',
      statusOfChapters({
        'a.md': [of(WIND, 'change')],
        'b.md': [of(SUN, 'refused')],
        'c.md': [],
        'd.md': [],
      }),
      'mdshift: 2 of 4 chapters are at format 3 (50.0 %), 2 to go; 1 edit pending, 1 needs a decision',
    ],
    [
      'of one that is there',
      statusOfChapters({ 'a.md': [] }),
      'mdshift: 1 of 1 chapter is at format 3 (100.0 %), 0 to go; 0 edits pending, 0 need a decision',
    ],
    [
      'of a large one',
      statusOfChapters({ 'a.md': Array.from({ length: 1234 }, () => of(SUN, 'change')) }),
      'mdshift: 0 of 1 chapter are at format 3 (0.0 %), 1 to go; 1,234 edits pending, 0 need a decision',
    ],
    [
      'of one that could not all be read',
      statusOfChapters({ 'a.md': [] }, { unread: ['b.md', 'c.md'] }),
      'mdshift: 1 of 3 chapters is at format 3 (33.3 %), 2 to go (2 could not be read); 0 edits pending, 0 need a decision',
    ],
    [
      'of some migrations',
      statusOf([statusBook({ 'a.md': [] })], [WIND], ALL),
      'mdshift (only 0002-wind): 1 of 1 chapter is at format 2 (100.0 %), 0 to go; 0 edits pending, 0 need a decision',
    ],
    [
      'of nothing',
      statusOf([], ALL, ALL),
      'mdshift: 0 of 0 chapters are at format 3, 0 to go; 0 edits pending, 0 need a decision',
    ],
  ])('%s', (_, status, line) => {
    expect(burndownLine(status)).toBe(line)
  })

  it.each([
    [1999, 2000, '99.9 %'],
    [19_999, 20_000, '99.9 %'],
    [57, 100, '57.0 %'],
    [0, 0, '0.0 %'],
  ])('%i of %i is %s: nothing is done before all of it is', (part, whole, text) => {
    expect(percent(part, whole)).toBe(text)
  })
})
