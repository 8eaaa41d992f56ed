import fs from 'node:fs'
import { describe, expect, it } from 'vitest'
import { migrationsDocument } from '../scripts/migrations-document.ts'
import { DEFAULT_SETTINGS } from '../src/model.ts'
import { migrations } from '../transforms/index.ts'
import { migrateText } from './support/book.ts'

describe.each(migrations.map((migration) => [migration.id, migration] as const))('%s', (id, migration) => {
  it('is numbered by its place', () => {
    expect(Number(id.slice(0, 4))).toBe(migrations.indexOf(migration) + 1)
    expect(migration.version).toBe(Number(id.slice(0, 4)))
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
  expect(document).toBe(migrationsDocument(migrations))
})
