/** `check --cache`: whatever changes, it tells what a check without a cache tells, byte by byte. */
import fs from 'node:fs'
import fc from 'fast-check'
import { createFixture, type FsFixture } from 'fs-fixture'
import { describe, expect, it } from 'vitest'
import { migrations } from '../transforms/index.ts'
import { packs } from '../transforms/packs.ts'
import { arbitraryBook } from './support/arbitrary-book.ts'
import { type Ended, runCommand, wordMigration } from './support/command.ts'
import { mdshift } from './support/program.ts'

const told = ({ status, stdout, stderr }: Ended) => ({
  status,
  stdout,
  stderr: stderr.replace(/\d+\.\d seconds/g, 'N seconds'),
})
const check = async (folder: FsFixture, ...words: string[]) =>
  told(await runCommand(folder.path, ['check', ...words], { migrations }))

const filesIn = (folder: FsFixture): string[] =>
  fs.existsSync(folder.getPath('.mdshift/cache')) ? fs.readdirSync(folder.getPath('.mdshift/cache')) : []

/** One thing at a time. Few texts, so that states come back, and what was kept of one could be taken for another. */
const CHAPTERS = ['chapter.md', 'other.md', 'part.md', 'refs.md', 'deep/chapter.md', 'new.md', 'deep/new.md']
const TEXTS = [
  '# Rain {#skip}\n\n[d][c-diesel] ⮳ [down](#skip)\n',
  '[other](other.md#skip) and [n](new.md#skip)\n\n{{#include refs.md}}\n',
  '[c-diesel]: https://diesel.rs/guides\n[c-slab]: https://docs.rs/slab\n',
  '[c-diesel]: https://docs.rs/diesel\n[c-diesel-docs]: https://diesel.rs/guides\n',
  '## Fog {#skip1}\n\nâ®³ `⮳` <a href="#skip">⮳</a> [x][c-slab-github]\n\n{{#include nowhere.md}}\n',
  '',
]
const CONFIGS = [
  '{}',
  '{ "labels": { "c-diesel-docs": "c~diesel~guide" } }',
  '{ "html": "rewrite", "residue": ["theme/*.hbs"] }',
  '{ "migrations": { "external-link-arrow": false } }',
  '{ "ignore": ["other.md"] }',
  '{ "migrations": "mdbook-0.5" }',
]
const LEDGERS = ['sha256-a', 'sha256-b'].map((checksum) =>
  JSON.stringify({ version: 1, migrations: { '0005-skip-class': { applied: '2026-11-21', checksum } } }),
)
const DECISIONS = ['c~diesel~guide', 'keep', null].map((decision) =>
  JSON.stringify({ version: 1, labels: [{ label: 'c-diesel-docs', decision }], headings: [] }),
)
const OPTIONS = [
  [],
  ['--strict'],
  ['--only', '0003'],
  ['--to', '2'],
  ['other.md'],
  ['--shard', '1/2'],
  ['--safe'],
]

const change = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ file: fc.constantFrom(...CHAPTERS), text: fc.constantFrom(...TEXTS, undefined) }),
  },
  fc.record({ file: fc.constantFrom(...CHAPTERS), to: fc.constantFrom(...CHAPTERS) }),
  fc.record({
    file: fc.constant('mdshift.config.json'),
    text: fc.constantFrom(...CONFIGS, undefined),
  }),
  fc.record({ file: fc.constant('mdshift.lock.json'), text: fc.constantFrom(...LEDGERS, undefined) }),
  fc.record({ file: fc.constant('decisions.json'), text: fc.constantFrom(...DECISIONS) }),
  fc.record({ file: fc.constant('theme/head.hbs'), text: fc.constantFrom('⮳\n', 'rain\n') }),
  fc.record({ file: fc.constant('.mdshiftignore'), text: fc.constantFrom('new.md\n', undefined) }),
)

async function make(
  folder: FsFixture,
  changed: { file: string; text?: string | undefined } | { file: string; to: string },
) {
  if ('to' in changed) {
    if (await folder.exists(changed.file))
      fs.renameSync(folder.getPath(changed.file), folder.getPath(changed.to))
  } else if (changed.text === undefined) await folder.rm(changed.file)
  else await folder.writeFile(changed.file, changed.text)
}

describe('a warm cache', () => {
  it('tells what no cache tells, whatever has changed since', async () => {
    const known = { migrations, packs }
    let hits = 0
    await fc.assert(
      fc.asyncProperty(
        arbitraryBook,
        fc.array(fc.tuple(change, fc.constantFrom(...OPTIONS), fc.boolean()), { minLength: 4, maxLength: 8 }),
        async (book, changes) => {
          await using folder = await createFixture({ ...book, 'book.toml': '', 'theme/head.hbs': '⮳\n' })
          await check(folder, '--cache')
          for (const [changed, options, decides] of changes) {
            await make(folder, changed)
            const decided = decides && (await folder.exists('decisions.json'))
            const words = ['check', ...options, ...(decided ? ['--decide', 'decisions.json'] : [])]
            const [plain, cold, warm] = [
              await runCommand(folder.path, words, known),
              await runCommand(folder.path, [...words, '--cache'], known),
              await runCommand(folder.path, [...words, '--cache'], known),
            ].map(told)
            expect(cold).toEqual(plain)
            expect(warm).toEqual(plain)
          }
          hits += filesIn(folder).length
        },
      ),
      { numRuns: Number(process.env['RUNS'] ?? 4) },
    )
    expect(hits).toBeGreaterThan(0)
  })

  /** Each comes to something else, so that what was kept would be wrong. */
  it.each<{ what: string; file: string; text: string | undefined }>([
    { what: 'the chapter itself', file: 'src/a.md', text: 'rain\n' },
    {
      what: 'another chapter that defines',
      file: 'src/defs.md',
      text: '[c-slab]: https://docs.rs/slab\n[c-slab-docs]: https://example.org\n',
    },
    { what: 'an include that is no chapter', file: 'refs.in', text: '[c-other]: https://docs.rs/other\n' },
    { what: 'an include that is gone', file: 'refs.in', text: undefined },
    { what: 'a heading that links lead to', file: 'src/b.md', text: '# Fog {#fog .skip}\n' },
    { what: 'a chapter that links lead to is gone', file: 'src/b.md', text: undefined },
    { what: 'what an unreadable chapter mentions', file: 'src/nul.md', text: 'a\0b [c-slab]\n' },
    { what: 'a new chapter', file: 'src/c.md', text: '⮳\n' },
    { what: 'a chapter that cannot be read', file: 'src/b.md', text: 'a\0b [c-slab]\n' },
    {
      what: 'a label by hand',
      file: 'mdshift.config.json',
      text: '{ "labels": { "c-slab": "c~slab~guide" } }',
    },
    { what: 'raw HTML', file: 'mdshift.config.json', text: '{ "html": "rewrite" }' },
    {
      what: 'a migration that is left out',
      file: 'mdshift.config.json',
      text: '{ "migrations": { "2": false } }',
    },
    { what: 'which files are chapters', file: 'mdshift.config.json', text: '{ "ignore": ["src/b.md"] }' },
    { what: 'a limit', file: 'mdshift.config.json', text: '{ "limits": { "fileSize": 40 } }' },
    { what: 'a file of residue', file: 'theme/head.hbs', text: 'rain\n' },
    { what: 'a file that is ignored', file: '.mdshiftignore', text: 'b.md\n' },
    { what: 'a ledger', file: 'mdshift.lock.json', text: LEDGERS[0] },
    { what: 'a decision', file: 'decisions.json', text: DECISIONS[1]?.replaceAll('c-diesel-docs', 'c-slab') },
  ])('is none once something else counts: $what', async ({ file, text }) => {
    await using folder = await createFixture({
      'book.toml': '',
      'refs.in': '[c-diesel]: https://diesel.rs/guides\n',
      'theme/head.hbs': '⮳\n',
      'mdshift.config.json': '{ "residue": ["theme/*.hbs"] }',
      'decisions.json': DECISIONS[2]?.replaceAll('c-diesel-docs', 'c-slab') ?? '',
      'src/a.md':
        'Rain ⮳ [d][c-diesel] [s][c-slab] [f](b.md#skip) <b>⮳</b>\n\n{{#include ../refs.in}}\n{{#include defs.md}}\n',
      'src/b.md': '# Fog {#skip}\n',
      'src/defs.md': '[c-slab]: https://docs.rs/slab\n',
      'src/nul.md': 'a\0b\n',
    })
    const words = ['--cache', '--decide', 'decisions.json']
    const before = await check(folder, ...words)
    expect(await check(folder, ...words)).toEqual(before)
    await make(folder, { file, text })
    const plain = await check(folder, '--decide', 'decisions.json')
    expect(plain).not.toEqual(before)
    expect(await check(folder, ...words)).toEqual(plain)
  })

  it('is none for what else is asked', async () => {
    await using folder = await createFixture({
      'book.toml': '',
      'other.md': '# Rain {#skip}\n\n[s][c-slab] ⮳ `⮳`\n\n{{#include refs.md}}\n',
      'refs.md': '[c-slab]: https://docs.rs/slab\n',
      ...Object.fromEntries([...'abcdef'].map((name) => [`${name}.md`, '# Rain {#skip}\n'])),
    })
    const outcomes = new Set<string>()
    for (const options of [['--shard', '2/2'], ['--shard', '1/2'], ...OPTIONS, ...OPTIONS]) {
      const plain = await check(folder, ...options)
      expect([options, await check(folder, ...options, '--cache')]).toEqual([options, plain])
      outcomes.add(JSON.stringify(plain))
    }
    expect(outcomes.size).toBeGreaterThan(5)
  })

  it('asks no migration again', async () => {
    const asked: string[] = []
    const rain = wordMigration('0001-rain', 'rain', 'drizzle')
    const watched = {
      ...rain,
      transform: (chapter: Parameters<typeof rain.transform>[0]) => {
        asked.push(chapter.path)
        return rain.transform(chapter, undefined)
      },
    }
    await using folder = await createFixture({ 'book.toml': '', 'a.md': 'rain\n', 'b.md': 'rain rain\n' })
    const words = ['check', '--cache']
    const first = told(await runCommand(folder.path, words, { migrations: [watched] }))
    expect(told(await runCommand(folder.path, words, { migrations: [watched] }))).toEqual(first)
    expect(asked).toEqual(['a.md', 'b.md'])
    const other = { ...watched, checksum: 'sha256-other' }
    expect(told(await runCommand(folder.path, words, { migrations: [other] }))).toEqual(first)
    await runCommand(folder.path, words, { migrations: [watched], version: '1.2.4' })
    expect(asked).toHaveLength(6)
  })

  it('of what failed is none', async () => {
    const rain = wordMigration('0001-rain', 'rain', 'drizzle')
    let isBroken = true
    const moody = {
      ...rain,
      transform: (chapter: Parameters<typeof rain.transform>[0]) => {
        if (isBroken) throw new Error('not today')
        return rain.transform(chapter, undefined)
      },
    }
    await using folder = await createFixture({ 'book.toml': '', 'a.md': 'rain\n' })
    const words = ['check', '--cache']
    expect((await runCommand(folder.path, words, { migrations: [moody] })).status).toBe(2)
    isBroken = false
    expect((await runCommand(folder.path, words, { migrations: [moody] })).status).toBe(1)
  })
})

/** A book whose outcome is kept, and the file that keeps it. */
async function keptBook() {
  const folder = await createFixture({ 'book.toml': '', 'a.md': 'rain ⮳\n' })
  const told = await check(folder, '--cache')
  const [name = ''] = filesIn(folder)
  return { folder, told, file: folder.getPath(`.mdshift/cache/${name}`) }
}

describe('what stands in the folder of a cache', () => {
  it('is not believed where a byte of it is another', async () => {
    const { folder, told: before, file } = await keptBook()
    await using _ = folder
    const bytes = fs.readFileSync(file)
    const text = bytes.toString('utf8')
    const clean = text.replace(/\n.*/s, '\n{"files":[],"residue":[],"missing":[]}')
    const damaged = [
      ...Array.from({ length: 40 }, (_, index) => {
        const other = Buffer.from(bytes)
        const at = Math.floor((index / 40) * bytes.length)
        other[at] = (other[at] ?? 0) ^ 1
        return other
      }),
      ...[0, 1, 80, bytes.length >> 1, bytes.length - 1].map((length) => bytes.subarray(0, length)),
      ...['', clean, text.replace('mdshift cache 1', 'mdshift cache 0'), `${text}\n`, `\uFEFF${text}`],
    ]
    for (const one of damaged) {
      fs.writeFileSync(file, one)
      expect(await check(folder, '--cache')).toEqual(before)
    }
  })

  it('is not believed of another state of the book, or another book', async () => {
    const { folder, file } = await keptBook()
    await using _ = folder
    await using other = await createFixture({ 'book.toml': '', 'a.md': 'snow\n' })
    await check(other, '--cache')
    const [foreign = ''] = filesIn(other)
    fs.copyFileSync(other.getPath(`.mdshift/cache/${foreign}`), file)
    expect((await check(folder, '--cache')).status).toBe(1)
  })

  it('is left where a link leads elsewhere', async () => {
    await using folder = await createFixture({ 'book.toml': '', 'a.md': 'rain ⮳\n', '.mdshift/x': '' })
    await using elsewhere = await createFixture({})
    fs.symlinkSync(elsewhere.path, folder.getPath('.mdshift/cache'))
    const { status, stderr } = await check(folder, '--cache')
    expect([status, stderr]).toEqual([1, expect.stringMatching(/^warning MDS106 {2}\.mdshift\/cache: /m)])
    expect(fs.readdirSync(elsewhere.path)).toEqual([])
  })

  it('does not grow without end', async () => {
    await using folder = await createFixture({ 'book.toml': '', 'a.md': '' })
    for (let count = 0; count < 20; count += 1) {
      await folder.writeFile('a.md', `${count} ⮳\n`)
      await check(folder, '--cache')
    }
    expect(filesIn(folder)).toHaveLength(16)
  })

  it('may stand in another folder, and what cannot be kept is told', async () => {
    await using folder = await createFixture({ 'book.toml': '', 'a.md': 'rain ⮳\n', file: '' })
    await using elsewhere = await createFixture({})
    await check(folder, '--cache', '--cache-location', elsewhere.getPath('c'))
    expect([filesIn(folder).length, fs.readdirSync(elsewhere.getPath('c')).length]).toEqual([0, 1])
    const { status, stdout, stderr } = await check(folder, '--cache', '--cache-location', 'file')
    expect([status, stdout]).toEqual([1, expect.stringContaining('a.md:1:6')])
    expect(stderr).toMatch(/^warning MDS106 {2}file: /m)
  })
})

describe('the built program', () => {
  it('keeps and finds; migrations of a project are asked each time', async () => {
    const rule = (to: string) =>
      `import { defineTransform } from 'mdshift'
import { word } from './words/index.mjs'
export default defineTransform({ id: '0001-rain', transform: ({ text }) => ({ text: text.replace(word, '${to}') }) })
`
    await using folder = await createFixture({
      'book.toml': '',
      'a.md': 'rain ⮳\n',
      'within/c.md': 'rain ⮳\n',
      'within/mdshift.config.json': '{ "migrations": { "3": false } }',
      'own/book.toml': '',
      'own/b.md': 'rain\n',
      'own/mdshift.config.json': '{ "migrations": "./migrations", "ignore": ["migrations/**"] }',
      'own/migrations/0001-rain.mjs': rule('snow'),
      'own/migrations/words/index.mjs': "export const word = 'rain'\n",
    })
    const stdout = (...words: string[]) => mdshift(['check', ...words], folder.path).stdout
    const [first, second] = [stdout('--cache'), stdout('--cache')]
    expect(second).toBe(first)
    expect(first).toMatch(/^a\.md:1:6 .*\nwithin\/c\.md:1:6 .*\nown\/b\.md:1:1 {2}rain → snow/)
    expect(filesIn(folder)).toHaveLength(1)
    expect(fs.existsSync(folder.getPath('own/.mdshift/cache'))).toBe(false)
    await folder.writeFile('own/migrations/words/index.mjs', "export const word = 'fog'\n")
    expect(stdout('--cache')).not.toContain('own/b.md')
    await folder.writeFile('within/book.toml', '')
    expect(stdout('--cache')).toBe(stdout())
    expect(stdout()).not.toContain('within/c.md')
  })
})
