import fs from 'node:fs'
import path from 'node:path'
import { createFixture } from 'fs-fixture'
import { expect, it } from 'vitest'
import { createFolder } from './create.ts'

it('makes a folder, and those above it', async () => {
  await using folder = await createFixture({})
  const made = path.join(folder.path, 'a/b')
  expect(await createFolder(made, new Map([['c/d.md', 'rain\n']]), 'a/b')).toBeUndefined()
  expect(fs.readFileSync(path.join(made, 'c/d.md'), 'utf8')).toBe('rain\n')
})

it('writes over nothing, be it a file or a folder', async () => {
  await using folder = await createFixture({ a: '', b: { 'c.md': 'rain\n' } })
  for (const name of ['a', 'b'])
    expect(await createFolder(path.join(folder.path, name), new Map([['c.md', '']]), name)).toMatchObject({
      code: 'MDS056',
      place: name,
    })
  expect(fs.readFileSync(path.join(folder.path, 'b/c.md'), 'utf8')).toBe('rain\n')
})

it('takes back what it wrote before it failed', async () => {
  await using folder = await createFixture({})
  const files = new Map([
    ['a.md', ''],
    ['a.md/b.md', ''],
  ])
  expect(await createFolder(path.join(folder.path, 'new'), files, 'new')).toMatchObject({ code: 'MDS007' })
  expect(fs.readdirSync(folder.path)).toEqual([])
})
