import fs from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { migrationsDocument } from '../scripts/migrations-document.ts'
import { DEFAULT_SETTINGS } from '../src/model.ts'
import { migrations } from '../transforms/index.ts'
import { packs } from '../transforms/packs.ts'
import { migrateText, migrateTexts } from './support/book.ts'
import { FIXTURES, readTexts } from './support/fixtures.ts'

/** Every migration, with the ones that it is numbered among, and what stands before their numbers. */
const all = [
  ...migrations.map((migration) => [migration.id, migration, migrations, ''] as const),
  ...[...packs].flatMap(([pack, some]) =>
    some.map((migration) => [migration.id, migration, some, `${pack}/`] as const),
  ),
]

describe.each(all)('%s', (id, migration, among, prefix) => {
  it('is numbered by its place', () => {
    const number = among.indexOf(migration) + 1
    expect(id.slice(0, prefix.length + 5)).toBe(`${prefix}${String(number).padStart(4, '0')}-`)
    expect(migration.version).toBe(number)
  })

  it.each(migration.examples.map((example) => [example.title, example] as const))(
    'example: %s',
    async (_, { before, after }) => {
      const options = { migrations: [migration] }
      expect((await migrateText(before, options)).after).toBe(after)
      expect((await migrateText(after, options)).after).toBe(after)
    },
  )

  it('never says that an example cannot match which it changes', () => {
    for (const { before, after } of migration.examples) {
      if (before !== after) expect(migration.mayMatch(before, DEFAULT_SETTINGS)).toBe(true)
    }
  })
})

it('MIGRATIONS.md is what the migrations say (npm run generate)', () => {
  const document = fs.readFileSync(new URL('../MIGRATIONS.md', import.meta.url), 'utf8')
  expect(document).toBe(migrationsDocument(migrations, packs))
})

it('those that say so leave the tree as it is', async () => {
  const leaving = all.map(([, migration]) => migration).filter(({ leavesTree }) => leavesTree)
  expect(leaving).toHaveLength(6)
  for (const migration of leaving) {
    const watched = { ...migration, leavesTree: false }
    const { files } = await migrateTexts(readTexts(path.join(FIXTURES, 'book', 'src')), {
      migrations: [watched],
      verify: false,
    })
    const changed = files.filter(({ steps = [] }) => steps.some(({ asked }) => asked !== undefined))
    expect(changed.map((file) => file.path)).toEqual([])
  }
})
