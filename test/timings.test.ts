/** `--timings`, by the built program. */
import path from 'node:path'
import { createFixture } from 'fs-fixture'
import { expect, it } from 'vitest'
import { mdshift } from './support/program.ts'

const BOOK = { 'book.toml': '', 'src/a.md': '[slab][c-slab]⮳\n\n[c-slab]: https://docs.rs/slab\n' }
const withoutSeconds = (text: string) => text.replace(/[\d.]+ seconds/, 'N seconds')
/** What stages are told, with how many texts each had, where it says so. */
const stagesIn = (stderr: string) =>
  [...stderr.matchAll(/^ {2}(\S.*?) +[\d.]+ ms +\d+ %(?: {2}(\d+) texts)?/gm)].map(([, name, texts]) =>
    texts === undefined ? name : `${name}: ${texts}`,
  )

it('tells what the time went to behind all else, and changes nothing else', async () => {
  await using book = await createFixture(BOOK)
  const [plain, told] = [mdshift(['check'], book.path), mdshift(['check', '--timings'], book.path)]
  expect(told.status).toBe(1)
  expect(told.stdout).toBe(plain.stdout)
  const [before, table] = told.stderr.split('Timings:\n')
  expect(withoutSeconds(before ?? '')).toBe(withoutSeconds(plain.stderr))
  expect(stagesIn(table ?? '')).toEqual(
    expect.arrayContaining(['start-up', 'discover', 'read', 'transform', 'the rest', 'all']),
  )
  expect(stagesIn(table ?? '').some((stage) => stage?.startsWith('parse: '))).toBe(true)
})

it('tells of a proof and of the writing too', async () => {
  await using book = await createFixture(BOOK)
  const dry = stagesIn(mdshift(['migrate', '--dry-run', '--timings'], book.path).stderr)
  expect(dry.map((stage) => stage?.replace(/:? \d+$/, ''))).toEqual(
    expect.arrayContaining(['prove: assemble', 'prove: render', 'prove: compare', 'print']),
  )
  const written = mdshift(['migrate', '--timings', '--no-verify'], book.path)
  expect(written.status).toBe(0)
  const stages = stagesIn(written.stderr)
  expect(stages).toContain('write')
  expect(stages.filter((stage) => stage?.startsWith('prove'))).toEqual([])
})

it('tells of a run that could not begin', async () => {
  await using folder = await createFixture({})
  const { status, stderr } = mdshift(['check', '--timings', path.join(folder.path, 'rain.md')], folder.path)
  expect(status).toBe(2)
  expect(stagesIn(stderr)).toContain('start-up')
})
