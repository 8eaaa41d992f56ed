import { describe, expect, it } from 'vitest'
import { bookOf, fileOf, findingOf } from '../../test/support/report.ts'
import type { BookReport, Finding } from '../runner/report.ts'
import { statusLines } from './status.ts'

const IDS = ['0001-rain', '0002-wind-gauge']
const cells = (books: readonly BookReport[], ids = IDS) =>
  statusLines(books, ids).map((line) => line.trim().split(/ {2,}/))
const of = (migration: string, kind: Finding['kind']) => findingOf({ migration, kind })

describe('the status of books', () => {
  it('counts files and findings per migration', () => {
    const books = [
      bookOf([
        fileOf('a.md', [of('0001-rain', 'change'), of('0001-rain', 'change'), of('0001-rain', 'opaque')]),
        fileOf('b.md', [of('0001-rain', 'undecided'), of('0002-wind-gauge', 'refused')]),
        fileOf('c.md', []),
      ]),
      bookOf([fileOf('a.md', [of('0001-rain', 'doubtful')])]),
    ]
    expect(cells(books)).toEqual([
      ['migration', 'files', 'to change', 'to decide', 'left by policy'],
      ['0001-rain', '3', '2', '1', '2'],
      ['0002-wind-gauge', '1', '0', '1', '0'],
    ])
  })

  it('has a row for each migration, in order, where nothing was found', () => {
    expect(cells([]).slice(1)).toEqual([
      ['0001-rain', '0', '0', '0', '0'],
      ['0002-wind-gauge', '0', '0', '0', '0'],
    ])
  })

  it('is only its header where there are no migrations', () => {
    expect(cells([], [])).toEqual([['migration', 'files', 'to change', 'to decide', 'left by policy']])
  })

  it('lines its columns up', () => {
    const findings = Array.from({ length: 1234 }, () => of('0001-rain', 'change'))
    const lines = statusLines([bookOf([fileOf('a.md', findings)])], IDS)
    expect(new Set(lines.map((line) => line.length)).size).toBe(1)
    expect(lines[1]).toContain('1234')
  })
})
