import { createColors } from 'picocolors'
import { expect, it, vi } from 'vitest'
import { migrateTexts } from '../../test/support/book.ts'
import { migrations } from '../../transforms/index.ts'
import { summaryLines } from '../report/summary.ts'

/** A fast parser that knows no code. */
vi.mock(import('../markdown/fast/read.ts'), async (original) => {
  const real = await original()
  return {
    ...real,
    readFast: (text, isKnown, readPart) => readPart(text.replaceAll('`', '|'), isKnown, true),
  }
})

const arrows = migrations.filter(({ id }) => id === '0003-external-link-arrow')

it('what the fast parser misreads is refused by the proof, and read again', async () => {
  const report = await migrateTexts(
    { 'code.md': 'It is `⮳`.\n', 'text.md': 'Rain⮳\n' },
    { migrations: arrows },
  )
  expect(report.files.map(({ after }) => after)).toEqual(['It is `⮳`.\n', 'Rain↗\n'])
  expect(report.failures).toEqual([])
  expect(report.misread).toEqual(['code.md'])
  const options = { written: true, seconds: 0, migrations: [], nameOf: (_: unknown, path: string) => path }
  expect(summaryLines([report], options, createColors(false)).join('\n')).toContain(
    '1 file could be proven only as remark-parse reads it, which is worth a report: code.md',
  )
})

it('what stays wrong is told as it is, once', async () => {
  const wrong = arrows.map((migration) => ({
    ...migration,
    transform: ({ text }: { text: string }) => ({
      changes: [{ start: text.indexOf('⮳'), end: text.indexOf('⮳') + 1, text: '↗', because: 'it is wrong' }],
      leftovers: [],
    }),
  }))
  const report = await migrateTexts({ 'code.md': 'It is `⮳`.\n' }, { migrations: wrong })
  expect(report.failures.map(({ code }) => code)).toEqual(['MDS012'])
  expect(report.misread).toBeUndefined()
})
