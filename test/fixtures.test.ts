/** All fixtures, as any author's are tested. */
import path from 'node:path'
import { describe, it } from 'vitest'
import { testCase, testTransform } from '../src/testing.ts'
import { migrations } from '../transforms/index.ts'
import { packs } from '../transforms/packs.ts'
import { FIXTURES, readTexts } from './support/fixtures.ts'

const packed = [...packs.values()].flat()

for (const migration of [...migrations, ...packed])
  await testTransform(migration, path.join(FIXTURES, migration.id))

await testTransform(migrations, path.join(FIXTURES, 'in-order'))

describe('identity: no migration touches these', () => {
  const hostile = readTexts(path.join(FIXTURES, 'identity'))
  describe.each([migrations, ...packs.values()])('%#', (...all) => {
    it.each(Object.entries(hostile))('%s', (_, text) => testCase(all, text, text, { variants: [] }))
  })
})
