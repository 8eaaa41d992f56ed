/** A project's own versioned migrations: `migrations` of its configuration names their folder. */
import fs from 'node:fs'
import path from 'node:path'
import { createFixture, type FileTree } from 'fs-fixture'
import { describe, expect, it } from 'vitest'
import { mdshift } from './support/program.ts'

const SNOW = `import { defineTransform } from 'mdshift'
import { WORDS } from './words.ts'

export default defineTransform({
  id: '0001-snow',
  version: 1,
  summary: 'rain → snow',
  reason: 'It is winter.',
  examples: [],
  mayMatch: (text: string) => text.includes('rain'),
  transform: (chapter) => ({
    text: Object.entries(WORDS).reduce((text, [old, now]) => text.replaceAll(old, now), chapter.text),
    because: 'it is winter',
  }),
})
`
const WORDS = "export const WORDS: Record<string, string> = { rain: 'snow' }\n"
const LOUD = `export const summary = 'wind is loud'
export default (file) => file.source.replaceAll('wind', 'WIND')
`
const PROJECT = {
  'book.toml': '',
  'mdshift.config.json': '{ "migrations": "./migrations" }',
  'migrations/0001-snow/index.ts': SNOW,
  'migrations/0001-snow/words.ts': WORDS,
  'migrations/0002-loud.mjs': LOUD,
  'migrations/README.md': 'Ours.\n',
  'src/a.md': 'An arrow ⮳, rain and wind.\n',
}

const read = (folder: string, file: string) => fs.readFileSync(path.join(folder, file), 'utf8')

describe('migrations from a folder', () => {
  it('are made instead of the bundled ones, and put on record with their checksums', async () => {
    await using folder = await createFixture(PROJECT)
    expect(mdshift(['list'], folder.path).stdout).toBe(
      '0001-snow                   v1  rain → snow\n0002-loud                   v2  wind is loud\n',
    )
    const check = mdshift(['check'], folder.path)
    expect([check.status, check.stdout]).toEqual([
      1,
      'src/a.md:1:13  rain → snow  0001-snow\nsrc/a.md:1:22  wind → WIND  0002-loud\n',
    ])
    const { status, stderr } = mdshift(['migrate'], folder.path)
    expect(stderr).toContain('0001-snow, 0002-loud')
    expect([status, read(folder.path, 'src/a.md')]).toEqual([0, 'An arrow ⮳, snow and WIND.\n'])
    const { migrations } = JSON.parse(read(folder.path, 'mdshift.lock.json'))
    expect(Object.keys(migrations)).toEqual(['0001-snow', '0002-loud'])
    for (const { checksum } of Object.values<{ checksum: string }>(migrations))
      expect(checksum).toMatch(/^sha256-[0-9a-f]{64}$/)
    expect(mdshift(['check', '--strict'], folder.path).status).toBe(0)
    expect(mdshift(['status'], folder.path).stdout).toMatch(/1 of 1 chapter.* at format 2 \(100/)
  })

  it('may change their layout, and not their meaning, without a warning', async () => {
    await using folder = await createFixture(PROJECT)
    mdshift(['migrate'], folder.path)
    const words = folder.getPath('migrations/0001-snow/words.ts')
    fs.writeFileSync(words, `// Winter.\n${WORDS.replaceAll("'", '"').replace('\n', ';\n')}`)
    expect(mdshift(['check'], folder.path).stdout).toBe('')
    fs.writeFileSync(words, WORDS.replace("'snow'", "'sleet'"))
    expect(mdshift(['check'], folder.path).stdout).toContain('0001-snow')
    expect(mdshift(['check', '--strict'], folder.path).status).toBe(1)
  })

  it.each([
    ['the number', { '2': false }],
    ['the name', { loud: false }],
    ['the id', { '0002-loud': false }],
  ])('are switched off by %s', async (_, switches) => {
    await using folder = await createFixture({
      ...PROJECT,
      'mdshift.config.json': JSON.stringify({ migrations: { from: './migrations', ...switches } }),
    })
    expect(mdshift(['migrate'], folder.path).status).toBe(0)
    expect(read(folder.path, 'src/a.md')).toBe('An arrow ⮳, snow and wind.\n')
  })

  it('come behind the bundled ones where both are made', async () => {
    const { 'mdshift.config.json': _, ...project } = PROJECT
    const config = "export default { migrations: { from: './migrations', bundled: true } }"
    await using folder = await createFixture({ ...project, 'mdshift.config.mjs': config })
    const { stdout } = mdshift(['list'], folder.path)
    expect(stdout).toMatch(/^0005-skip-class +v5 .*\n0001-snow +v6 .*\n0002-loud +v7 /m)
    expect(mdshift(['migrate'], folder.path).status).toBe(0)
    expect(read(folder.path, 'src/a.md')).toBe('An arrow ↗, snow and WIND.\n')
    expect(mdshift(['migrate', '--only', '0002-loud'], folder.path).status).toBe(0)
  })

  it('are explained', async () => {
    await using folder = await createFixture(PROJECT)
    const { status, stdout } = mdshift(['explain', 'src/a.md:1'], folder.path)
    expect(status).toBe(0)
    expect(stdout).toContain('it is winter')
  })

  it('are each book’s own', async () => {
    const under = (book: string) =>
      Object.fromEntries(Object.entries(PROJECT).map(([file, text]) => [`${book}/${file}`, text]))
    await using folder = await createFixture({
      ...under('one'),
      'two/book.toml': '',
      'two/a.md': 'An arrow ⮳, rain.\n',
    })
    expect(mdshift(['migrate'], folder.path).status).toBe(0)
    expect(read(folder.path, 'one/src/a.md')).toBe('An arrow ⮳, snow and WIND.\n')
    expect(read(folder.path, 'two/a.md')).toBe('An arrow ↗, rain.\n')
  })
})

describe('a folder that cannot be used ends the run with 2, and nothing is written', () => {
  it.each([
    [
      'none there',
      { 'mdshift.config.json': '{ "migrations": "./nowhere" }' },
      /MDS054 .*json:1:17: .*nowhere/,
    ],
    [
      'an empty one',
      { 'mdshift.config.json': '{ "migrations": "./src" }' },
      /MDS054 .*src: .*the folder has none/,
    ],
    [
      'a number twice',
      { 'migrations/0002-more.mjs': LOUD },
      /MDS054 .*0002-more\.mjs: .*it has the number of 0002-loud/,
    ],
    ['a short number', { 'migrations/3-more.mjs': LOUD }, /MDS054 .*3-more\.mjs: .*not like 0001-name/],
    [
      'a folder without an index',
      { 'migrations/0003-more/a.ts': '' },
      /MDS054 .*0003-more: .*no folder with an index/,
    ],
    [
      'another id',
      { 'migrations/0003-more.mjs': "export default { id: 'x', transform() {} }" },
      /MDS051 .*its id is "x"/,
    ],
    [
      'a mistake',
      { 'migrations/0003-more.mjs': 'export default (' },
      /MDS050 {2}migrations\/0003-more\.mjs: /,
    ],
    [
      'a switch for none',
      { 'mdshift.config.json': '{ "migrations": { "from": "./migrations", "0009": false } }' },
      /MDS004 .*"0009" is none of 0001-snow, 0002-loud/,
    ],
    [
      'bundled ones without it',
      { 'mdshift.config.json': '{ "migrations": { "bundled": true } }' },
      /MDS003 .*migrations\.bundled: says nothing without "from"/,
    ],
  ])('%s', async (_, files: FileTree, message) => {
    await using folder = await createFixture({ ...PROJECT, ...files })
    const { status, stdout, stderr } = mdshift(['migrate'], folder.path)
    expect(stderr).toMatch(message)
    expect([status, stdout]).toEqual([2, ''])
    expect(read(folder.path, 'src/a.md')).toBe(PROJECT['src/a.md'])
  })
})
