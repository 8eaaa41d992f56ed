import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { hasFrontMatter } from '../src/front-matter.ts'
import type { BookReport } from '../src/runner/report.ts'
import { migrations } from '../transforms/index.ts'
import { arbitraryBook } from './support/arbitrary-book.ts'
import { migrateTexts } from './support/book.ts'
import { destinations, RENDERERS } from './support/render.ts'

const RUNS = {
  numRuns: Number(process.env['RUNS'] ?? 15),
}

/** Front matter that mdBook shows with links in it, where the labels are defined. */
const value = fc.constantFrom(
  'Rain',
  'a [gauge][c-slab] ⮳',
  '[c-slab-github, c-diesel]',
  '"[c-cargo]"',
  '[c~slab~docs]',
  '"[[c-rand::Rng]] {{hi:[c-diesel-docs]}}"',
  '"`[x][c-diesel]` <b>[p-wind]</b>"',
)
const frontMatter = fc
  .array(
    fc.oneof(
      value.map((text) => `key: ${text}`),
      value.map((text) => `- ${text}`),
    ),
    { maxLength: 4 },
  )
  .map((lines) => ['---', 'title: Rain', ...lines, '---', '', ''].join('\n'))

const book = fc.tuple(arbitraryBook, frontMatter, frontMatter).map(([texts, first, second]) => ({
  ...texts,
  'chapter.md': first + texts['chapter.md'],
  'other.md': second + texts['other.md'],
}))

const textsOf = (report: BookReport) =>
  Object.fromEntries(report.files.map((file) => [file.path, file.after]))

describe.each(['leave', 'rewrite'] as const)('a book with front matter, and raw HTML to %s', (html) => {
  const options = { migrations, settings: { html } }

  it('keeps its front matter, and where every link leads', async () => {
    const satteri = RENDERERS['satteri']
    if (!satteri) throw new Error('there is no such renderer')
    await fc.assert(
      fc.asyncProperty(book, async (texts) => {
        const after = textsOf(await migrateTexts(texts, options))
        for (const file of ['chapter.md', 'other.md'] as const) {
          expect(hasFrontMatter(texts[file])).toBe(true)
          const front = texts[file].slice(0, texts[file].indexOf('\n---\n') + 5)
          expect(after[file]?.startsWith(front)).toBe(true)
        }
        expect(destinations(after, satteri)).toEqual(destinations(texts, satteri))
      }),
      RUNS,
    )
  })

  it('is settled by one run', async () => {
    await fc.assert(
      fc.asyncProperty(book, async (texts) => {
        const once = textsOf(await migrateTexts(texts, options))
        expect(textsOf(await migrateTexts(once, options))).toEqual(once)
      }),
      RUNS,
    )
  })
})
