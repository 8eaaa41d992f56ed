import { describe, expect, it } from 'vitest'
import type { Ledger } from '../book/ledger.ts'
import { driftsIn, withApplied } from './record.ts'

const rain = { id: '0001-rain', checksum: 'a' }
const wind = { id: '0002-wind-gauge', checksum: 'b' }
const LEDGER: Ledger = new Map([
  ['0001-rain', { applied: '2025-06-26', checksum: 'a' }],
  ['0009-newer', { applied: '2025-06-26', checksum: 'z' }],
])

describe('a ledger with migrations that were made', () => {
  it('has the new ones of today, keeps the date of the same, and what it knows of others', () => {
    expect(Object.fromEntries(withApplied(LEDGER, [rain, wind], '2026-11-22'))).toEqual({
      '0001-rain': { applied: '2025-06-26', checksum: 'a' },
      '0002-wind-gauge': { applied: '2026-11-22', checksum: 'b' },
      '0009-newer': { applied: '2025-06-26', checksum: 'z' },
    })
  })

  it.each([
    ['another checksum', { ...rain, checksum: 'c' }],
    ['no checksum any more', { id: rain.id, checksum: undefined }],
  ])('has one with %s of today', (_, migration) => {
    expect(withApplied(LEDGER, [migration], '2026-11-22').get('0001-rain')).toEqual({
      applied: '2026-11-22',
      checksum: migration.checksum,
    })
  })

  it('keeps the date of one that never had a checksum', () => {
    const ledger = withApplied(new Map(), [{ id: '0003-own' }], '2025-06-26')
    expect(withApplied(ledger, [{ id: '0003-own' }], '2026-11-22')).toEqual(ledger)
  })
})

describe('a migration whose meaning changed', () => {
  it('is one with another checksum than that on record', () => {
    expect(driftsIn(LEDGER, [{ ...rain, checksum: 'c' }, wind])).toEqual([
      { migration: '0001-rain', applied: '2025-06-26' },
    ])
  })

  it('is none with the same, none that is not on record, and none that has no checksum', () => {
    expect(driftsIn(LEDGER, [rain, wind, { id: '0009-newer' }])).toEqual([])
    expect(driftsIn(new Map([['0001-rain', { applied: '2025-06-26' }]]), [rain])).toEqual([])
  })
})
