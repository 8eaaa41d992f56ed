/** What a benchmark says of its figures: the ratios, and whether a bar is reached. */
import { describe, expect, it } from 'vitest'
import { rowsFor } from '../bench/jobs.ts'
import { median } from '../bench/measure.ts'
import { rowsTable } from '../bench/table.ts'

const tableOf = (times: Readonly<Record<string, readonly number[]>>, peak?: number) =>
  rowsTable(rowsFor(20), {
    times: new Map(Object.entries(times)),
    peaks: new Map(peak === undefined ? [] : [['migrateMany', peak]]),
    startUp: 'version',
  })
    .split('\n')
    .map((line) => line.split('|').map((cell) => cell.trim()))

const rowOf = (lines: readonly (readonly string[])[], work: string) =>
  lines.find(([, name]) => name?.startsWith(work))?.slice(2, -1)

describe('the table of a benchmark', () => {
  it('takes the median of the ratios of the rounds, so that what slows a round slows both', () => {
    const lines = tableOf({ start: [50, 100, 50], checkCurrent: [100, 200, 90] })
    expect(rowOf(lines, '`check`, current book, 1×')).toEqual([
      '2.00 ×',
      '≤ 2.50 ×',
      '≤ 1.80 ×',
      'bar reached',
    ])
  })

  it('tells apart a bar, an aim, and what is missed', () => {
    const verdict = (took: number) => rowOf(tableOf({ perl: [100], migrate: [took] }), '`migrate`')?.[3]
    expect([149, 151, 299, 301].map(verdict)).toEqual(['aim reached', 'bar reached', 'bar reached', 'missed'])
  })

  it('takes the start-up from what grows', () => {
    const lines = tableOf({ version: [100], migrate: [200], migrateMany: [2200] })
    expect(rowOf(lines, 'growth')?.[0]).toBe('21.00 ×')
  })

  it('says of what was not there that it was not measured', () => {
    const lines = tableOf({ checkCurrent: [100] })
    for (const { work } of rowsFor(20)) expect(rowOf(lines, work)?.[3]).toBe('not measured')
    expect(rowOf(tableOf({}, 299), 'peak memory')?.[0]).toBe('299 MB')
  })

  it('has the middle of an even number of rounds', () => {
    expect(median([4, 1, 3, 2])).toBe(2.5)
    expect(median([3, 1, 2])).toBe(2)
  })
})
