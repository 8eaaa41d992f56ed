import fs from 'node:fs'
import path from 'node:path'
import { createFixture } from 'fs-fixture'
import { expect, it } from 'vitest'
import { labelId } from '../label-id.ts'
import { labelsInFile } from './labels-in-file.ts'
import { loadBook } from './load.ts'

it('finds the labels that are asked for, over the borders of what is read at once', async () => {
  const border = 'a'.repeat((1 << 20) - 4)
  await using folder = await createFixture({ 'a.md': `${border}[c-rain] [c-wind]` })
  const found = await labelsInFile(folder.getPath('a.md'), (id) => id === labelId('c-rain'))
  expect(found).toEqual(new Set([labelId('c-rain')]))
})

it('does not look at a file of more than 100 megabytes', async () => {
  await using folder = await createFixture({ 'a.md': '' })
  fs.truncateSync(folder.getPath('a.md'), 100_000_001)
  expect(await labelsInFile(folder.getPath('a.md'), () => true)).toBe('all')
})

it('ends in the midst of a file where it is interrupted', async () => {
  await using folder = await createFixture({ 'a.md': 'a '.repeat(3 << 20) })
  const reason = new Error('interrupted')
  const after = (count: number) => {
    let breaths = 0
    const breathe = async () => {
      breaths += 1
      if (breaths > count) throw reason
    }
    return { breathe, breaths: () => breaths }
  }
  const { breathe } = after(2)
  await expect(labelsInFile(folder.getPath('a.md'), () => true, breathe)).rejects.toBe(reason)
  const load = (breathing: () => Promise<void>) =>
    loadBook({ root: path.resolve(folder.path), all: ['a.md'], chosen: ['a.md'] }, undefined, breathing, {
      limits: { fileSize: 1000, seconds: 1 },
    })
  const unhurried = after(Number.POSITIVE_INFINITY)
  await load(unhurried.breathe)
  for (let count = 0; count < unhurried.breaths(); count += 1)
    await expect(load(after(count).breathe)).rejects.toBe(reason)
})
