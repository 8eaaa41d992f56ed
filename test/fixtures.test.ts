/** All fixtures, as any author's are tested. */
import path from 'node:path'
import { describe, it } from 'vitest'
import { testCase, testTransform } from '../src/testing.ts'
import { migrations } from '../transforms/index.ts'
import { FIXTURES, readTexts } from './support/fixtures.ts'

for (const migration of migrations) await testTransform(migration, path.join(FIXTURES, migration.id))

await testTransform(migrations, path.join(FIXTURES, 'in-order'))

describe('identity: no migration touches these', () => {
  const hostile = readTexts(path.join(FIXTURES, 'identity'))
  it.each(Object.entries(hostile))('%s', (_, text) => testCase(migrations, text, text, { variants: [] }))
})
