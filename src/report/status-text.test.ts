import { createColors } from 'picocolors'
import { describe, expect, it } from 'vitest'
import { ALL, of, RAIN, SUN, statusBook, statusOfChapters, WIND } from '../../test/support/status.ts'
import { type Status, statusOf } from './status.ts'
import { statusLines } from './status-text.ts'

const linesOf = (status: Status, chapters = false) => statusLines(status, chapters, createColors(false))
const CHAPTERS = { 'src/a.md': [of(WIND, 'change'), of(RAIN, 'opaque')], 'src/b.md': [of(SUN, 'refused')] }

describe('a status for a terminal', () => {
  it('shows folders, migrations, and the burndown line', () => {
    expect(linesOf(statusOfChapters(CHAPTERS))).toEqual([
      'folder  chapters  format 1  format 2  format 3   at 3',
      'src            2         1         1         0  0.0 %',
      'all            2         1         1         0  0.0 %',
      '',
      'migration  files  to change  to decide  left by policy',
      '0001-rain      1          0          0               1',
      '0002-wind      1          1          0               0',
      '0003-sun       1          0          1               0',
      '',
      'mdshift: 0 of 2 chapters are at format 3 (0.0 %), 2 to go; 1 edit pending, 1 needs a decision',
    ])
  })

  it('shows chapters where they are asked for, those that could not be read too', () => {
    const lines = linesOf(statusOfChapters(CHAPTERS, { unread: ['c.md'] }), true)
    expect(lines.slice(0, 8)).toEqual([
      'chapter   format  to change  to decide  left by policy',
      'src/a.md       1          1          0               1',
      'src/b.md       2          0          1               0',
      'c.md           ?          0          0               0',
      '',
      'folder  chapters  format 1  format 2  format 3  unread   at 3',
      '.              1         0         0         0       1  0.0 %',
      'src            2         1         1         0       0  0.0 %',
    ])
  })

  it('shows what the ledger of each book says', () => {
    const applied = [
      { migration: '0001-rain', applied: '2026-11-22' },
      { migration: '0002-wind', applied: '2025-06-26' },
      { migration: '0003-sun', applied: '2026-11-22' },
    ]
    const drifts = [{ migration: '0002-wind', applied: '2025-06-26' }]
    const books = [
      statusBook({ 'a.md': [] }, { applied, drifts }),
      statusBook({ 'b/a.md': [] }, { name: 'b', applied: applied.slice(0, 1) }),
      statusBook({ 'c/a.md': [] }, { name: 'c' }),
    ]
    const lines = linesOf(statusOf(books, ALL, ALL))
    expect(lines.slice(-9, -1)).toEqual([
      'mdshift.lock.json:',
      '  applied on 2025-06-26: 0002-wind',
      '  applied on 2026-11-22: 0001-rain, 0003-sun',
      '  0002-wind  warning: it was applied on 2025-06-26, and its meaning has changed since: run `mdshift migrate`, review, and commit',
      '',
      'b/mdshift.lock.json:',
      '  applied on 2026-11-22: 0001-rain',
      '',
    ])
    expect(lines.join('\n')).not.toContain('c/mdshift.lock.json')
  })

  it('lets nothing steer the terminal', () => {
    const hostile = 'a\u001b[2J\n\u202e/b.md'
    const status = statusOf(
      [
        statusBook(
          { [hostile]: [] },
          { name: hostile, applied: [{ migration: hostile, applied: '2026-11-22' }] },
        ),
      ],
      ALL,
      ALL,
    )
    expect(linesOf(status, true).join('')).not.toMatch(/[\p{Cc}\p{Bidi_Control}]/u)
  })
})
