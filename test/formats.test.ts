/** The format that chapters are at, as the bundled migrations tell it. */
import { expect, it } from 'vitest'
import { statusOf } from '../src/report/status.ts'
import { migrations } from '../transforms/index.ts'
import { migrateTexts } from './support/book.ts'

const SLAB = 'https://docs.rs/slab'
const REPOSITORY = 'https://github.com/tokio-rs/slab'

async function formatsOf(
  texts: Readonly<Record<string, string>>,
): Promise<Record<string, number | undefined>> {
  const { files, failures } = await migrateTexts(texts, { migrations })
  const chosen = Object.keys(texts).map((path) => ({ path, name: path }))
  const status = statusOf(
    [{ name: '.', files, failures, chosen, applied: [], drifts: [] }],
    migrations,
    migrations,
  )
  return Object.fromEntries(status.books[0]?.chapters.map(({ name, version }) => [name, version]) ?? [])
}

it.each([
  ['labels with hyphens', `[x][c-slab]\n\n[c-slab]: ${SLAB}\n`, 1],
  [
    'a repository in them, which two migrations change',
    `[x][c-slab-github]\n\n[c-slab-github]: ${REPOSITORY}\n`,
    1,
  ],
  ['labels that wait for a decision', '[c-x]: https://docs.rs/x\n[c-x-docs]: https://x.example\n', 1],
  ['the older arrow', '[x](https://example.org)⮳\n', 2],
  ['the older arrow, damaged', '[x](https://example.org)â®³\n', 2],
  ['a resource of the older name', `[x][c~slab~github]\n\n[c~slab~github]: ${REPOSITORY}\n`, 3],
  ['the older heading ids', '## Notes {#skip}\n', 4],
  ['a link to one of them', '## Notes {#skip}\n\n[x](#skip)\n', 4],
  ['a mixture of ages', `## Notes {#skip}\n\n[x][c~slab~github]⮳\n\n[c~slab~github]: ${REPOSITORY}\n`, 2],
  ['current syntax alone', `## Notes {#notes .skip}\n\n[x][c~slab~docs]↗\n\n[c~slab~docs]: ${SLAB}\n`, 5],
  ['damage alone', 'It doesnâ€™t rain.\n', 5],
  ['legacy syntax in code alone', '`⮳` and `## Notes {#skip}`\n', 5],
  ['nothing that a migration is about', 'Rain.\n', 5],
  ['nothing at all', '', 5],
])('a chapter with %s', async (_, text, format) => {
  expect(await formatsOf({ 'a.md': text })).toEqual({ 'a.md': format })
})

it('is that of a file itself, and not of what it includes', async () => {
  const texts = { 'a.md': 'Rain ↗\n\n{{#include refs.md}}\n', 'refs.md': `[c-slab]: ${SLAB}\n` }
  expect(await formatsOf(texts)).toEqual({ 'a.md': 5, 'refs.md': 1 })
})
