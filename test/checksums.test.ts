/** The checksums of migrations: they change with what a migration does, and with nothing else. */
import { execFileSync } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { createFixture, type FileTree } from 'fs-fixture'
import { describe, expect, it } from 'vitest'
import { checksumFolders, checksumsDocument, checksumsIn } from '../scripts/checksums-document.ts'
import { tokensOf } from '../src/book/typescript-tokens.ts'
import { migrations } from '../transforms/index.ts'
import { packs } from '../transforms/packs.ts'

const ROOT = fileURLToPath(new URL('..', import.meta.url))
const TRANSFORMS = path.join(ROOT, 'transforms')

const RAIN = `import { DROPS } from './tables.ts'

export const rain = (text: string) => text.replaceAll('rain', DROPS)
`
const WIND = `import { DROPS } from '../0001-rain/tables.ts'

export const wind = DROPS.length + 1
`
const SOURCES = {
  '0001-rain/index.ts': RAIN,
  '0001-rain/tables.ts': "export const DROPS = 'drops'\n",
  '0001-rain/index.test.ts': 'export {}\n',
  '0002-wind/index.ts': WIND,
  'index.ts': 'export {}\n',
}

async function checksums(changed: FileTree = {}): Promise<Record<string, string>> {
  await using folder = await createFixture({ ...SOURCES, ...changed })
  return checksumsIn(folder.path)
}

/** Which migrations have another checksum once files are changed. */
async function alteredBy(changed: FileTree): Promise<string[]> {
  const [before, after] = [await checksums(), await checksums(changed)]
  return Object.keys(before).filter((id) => before[id] !== after[id])
}

describe('transforms/checksums.ts', () => {
  it('is what the sources say, of packs too (npm run generate)', () => {
    const folders = checksumFolders(TRANSFORMS)
    expect(folders.length).toBe(1 + packs.size)
    for (const folder of folders)
      expect(fs.readFileSync(path.join(folder, 'checksums.ts'), 'utf8')).toBe(checksumsDocument(folder))
  })

  it('has one for each migration, and no two are the same', () => {
    const every = [...migrations, ...[...packs.values()].flat()]
    const all = every.map(({ checksum }) => checksum)
    for (const checksum of all) expect(checksum).toMatch(/^sha256-[0-9a-f]{64}$/)
    expect(new Set(all).size).toBe(every.length)
  })

  it.each([60, 110, 300])('does not depend on lines of at most %i characters', async (lineWidth) => {
    await using folder = await createFixture({
      'biome.json': JSON.stringify({
        root: true,
        formatter: { lineWidth, indentStyle: 'tab' },
        javascript: { formatter: { quoteStyle: 'double', semicolons: 'always' } },
      }),
    })
    const copy = folder.getPath('transforms')
    fs.cpSync(TRANSFORMS, copy, { recursive: true })
    const biome = path.join(ROOT, 'node_modules/@biomejs/biome/bin/biome')
    execFileSync(process.execPath, [biome, 'format', '--write', 'transforms'], {
      cwd: folder.path,
      stdio: 'ignore',
    })
    expect(fs.readFileSync(path.join(copy, 'index.ts'), 'utf8')).toContain('"mdshift";')
    expect(checksumsIn(copy)).toEqual(checksumsIn(TRANSFORMS))
  })
})

describe('the checksum of a migration', () => {
  it('changes with a file of its own', async () => {
    expect(await alteredBy({ '0002-wind/index.ts': WIND.replace('1\n', '2\n') })).toEqual(['0002-wind'])
    expect(await alteredBy({ '0001-rain/more.ts': 'export const more = 1\n' })).toEqual(['0001-rain'])
  })

  it('changes with a table that it has from another migration', async () => {
    const tables = "export const DROPS = 'drop'\n"
    expect(await alteredBy({ '0001-rain/tables.ts': tables })).toEqual(['0001-rain', '0002-wind'])
  })

  it('changes with what such a table is made of', async () => {
    const tables = "export { DROPS } from './drops.ts'\n"
    const drops = (text: string) => ({
      '0001-rain/tables.ts': tables,
      '0001-rain/drops.ts': `export const DROPS = '${text}'\n`,
    })
    const [one, other] = [await checksums(drops('drops')), await checksums(drops('drop'))]
    expect(one['0002-wind']).not.toBe(other['0002-wind'])
  })

  it('does not change with a comment, a test, or another migration', async () => {
    expect(await alteredBy({ '0001-rain/index.ts': `// Rain.\n${RAIN} /* falls */` })).toEqual([])
    expect(await alteredBy({ '0001-rain/index.test.ts': 'export const more = 1\n' })).toEqual([])
    expect(await alteredBy({ '0001-rain/index.ts': RAIN.replace("'rain'", "'hail'") })).toEqual(['0001-rain'])
  })
})

describe('the tokens of a text', () => {
  it.each([
    ['comments and white space', 'const a = 1 + b', '/** A. */ const a =\n  1 + // one\n  b\n'],
    ['quotes', "const a = 'it\\'s'", 'const a = "it\'s"'],
    [
      'semicolons that end statements and members',
      'type A = {\n  b: 1\n  c: 2\n}\n',
      'type A = { b: 1; c: 2 };',
    ],
    ['trailing commas', 'f([a, b], { c })', 'f([a, b,], { c, },)'],
    ['a leading bar', 'type A = 1 | 2', 'type A =\n  | 1\n  | 2'],
    ['parentheses that change nothing', 'const f = () => a && b', 'const f = () => (\n  a && (b)\n)'],
  ])('are the same whatever the layout: %s', (_, text, other) => {
    expect(tokensOf(text)).toEqual(tokensOf(other))
  })

  it.each([
    ['a number', 'a(1)', 'a(2)'],
    ['what is grouped', '(a + b) * c', 'a + b * c'],
    ['where a statement ends', 'const a = b\nc()', 'const a = b(c)'],
    ['a call over two lines', 'const a = b\n;(c)', 'const a = b\n(c)'],
    ['a comment in a string', "f('// a')", "f('// b')"],
    ['a comment in a regular expression', '/["//]/.test(a)', '/["//!]/.test(a)'],
    ['white space in a template', 'f(`a  b`)', 'f(`a b`)'],
    ['a hole in an array', 'f([,])', 'f([])'],
    ['another hole', 'f([a, ,])', 'f([a,])'],
    ['the end of an optional chain', '(a?.b).c', 'a?.b.c'],
    ['an object, and a block', 'f(() => ({}))', 'f(() => {})'],
    ['the order of what is new', 'new (a())()', 'new a()()'],
    ['an empty body', 'for (;;);\na()', 'for (;;) a()'],
  ])('are others where something else is meant: %s', (_, text, other) => {
    expect(tokensOf(text)).not.toEqual(tokensOf(other))
  })
})
