import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { BookReport } from '../src/runner/report.ts'
import { migrations } from '../transforms/index.ts'
import { arbitraryBook } from './support/arbitrary-book.ts'
import { migrateTexts } from './support/book.ts'
import { destinations, RENDERERS } from './support/render.ts'

const RUNS = {
  numRuns: Number(process.env['RUNS'] ?? 30),
}

/** markdown-it knows no footnotes, and takes an indented line behind a definition for code. */
const READ_OTHERWISE = /^\[\^| {4}/m

const textsOf = (book: Readonly<Record<string, string>>, report: BookReport) => ({
  ...book,
  ...Object.fromEntries(report.files.map((file) => [file.path, file.after])),
})

describe('any small book', () => {
  it.each([
    ...migrations.map((migration) => [migration.id, [migration]] as const),
    ['all in order', migrations] as const,
  ])('is settled by one run of %s', async (_, chosen) => {
    const refused = new Set<BookReport>()
    await fc.assert(
      fc.asyncProperty(arbitraryBook, async (book) => {
        const once = await migrateTexts(book, { migrations: chosen })
        expect(once.failures.filter(({ code }) => code !== 'MDS013')).toEqual([])
        if (once.failures.length > 0) refused.add(once)
        const again = await migrateTexts(textsOf(book, once), { migrations: chosen })
        expect(textsOf(textsOf(book, once), again)).toEqual(textsOf(book, once))
      }),
      RUNS,
    )
    // A proof may refuse what the parser reads otherwise than mdBook; that is safe, and must stay rare.
    expect(refused.size).toBeLessThanOrEqual(RUNS.numRuns / 100)
  })

  it.each(Object.entries(RENDERERS))('keeps where every link leads, says %s', async (name, renderer) => {
    await fc.assert(
      fc.asyncProperty(arbitraryBook, async (book) => {
        fc.pre(name === 'satteri' || !READ_OTHERWISE.test(Object.values(book).join('\n')))
        const report = await migrateTexts(book, { migrations })
        expect(destinations(textsOf(book, report), renderer)).toEqual(destinations(book, renderer))
      }),
      RUNS,
    )
  })

  it('does not depend on the order of its files', async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryBook, async (book) => {
        const reversed = Object.fromEntries(Object.entries(book).reverse())
        expect(textsOf(book, await migrateTexts(reversed, { migrations }))).toEqual(
          textsOf(book, await migrateTexts(book, { migrations })),
        )
      }),
      RUNS,
    )
  })
})
