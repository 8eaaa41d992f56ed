import fs from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { createFixture } from 'fs-fixture'
import { describe, expect, it } from 'vitest'
import { migrations } from '../transforms/index.ts'
import { mdshift } from './support/program.ts'

const CHAPTER = `# Slab

A [slab][c-slab]⮳ of \`⮳\`.

{{#include refs.md}}
`
const REFS = `[c-slab]: https://docs.rs/slab
`

const read = (folder: string, file: string) => fs.readFileSync(path.join(folder, file), 'utf8')

describe('the built program', () => {
  it('imports files that there are', () => {
    const dist = fileURLToPath(new URL('../dist/', import.meta.url))
    const built = fs.readdirSync(dist).filter((file) => file.endsWith('.js'))
    const imported = built.flatMap((file) =>
      [...read(dist, file).matchAll(/(?:import\(|from )"\.\/([^"]+\.js)"/g)].map(([, target = '']) => target),
    )
    expect(imported.length).toBeGreaterThan(0)
    expect(imported.filter((target) => !built.includes(target))).toEqual([])
  })
})

describe('migrate', () => {
  it('writes, says what it did, and ends with 0', async () => {
    await using folder = await createFixture({
      'book.toml': '',
      'src/a.md': CHAPTER,
      'src/refs.md': REFS,
      'src/b.md': 'Nothing.\n',
    })
    const { status, stdout, stderr } = mdshift(['migrate'], folder.path)
    expect(status).toBe(0)
    expect(stdout).toBe('')
    expect(stderr).toContain('0 errors, 1 unmodified, 0 skipped, 2 ok')
    expect(stderr).toContain('0002-label-separators     2 edits')
    expect(stderr).toMatch(/1 × 0003-external-link-arrow: it stands in code/)
    expect(stderr).toMatch(/Time elapsed: \d+\.\d seconds/)
    expect(read(folder.path, 'src/a.md')).toBe(CHAPTER.replace('c-slab', 'c~slab~docs').replace(']⮳', ']↗'))
    expect(read(folder.path, 'src/refs.md')).toBe(REFS.replace('c-slab', 'c~slab~docs'))
  })

  it.each(['--dry-run', '-d', '--dry'])('with %s writes nothing and prints a diff', async (flag) => {
    await using folder = await createFixture({ 'a.md': 'An arrow ⮳\n' })
    const { status, stdout } = mdshift(['migrate', flag], folder.path)
    expect(status).toBe(0)
    expect(stdout).toBe('--- a/a.md\n+++ b/a.md\n@@ -1,1 +1,1 @@\n-An arrow ⮳\n+An arrow ↗\n')
    expect(read(folder.path, 'a.md')).toBe('An arrow ⮳\n')
  })

  it('goes as far as --to, and no further', async () => {
    await using folder = await createFixture({ 'a.md': '## Notes {#skip}\n\nAn arrow ⮳ â®³\n' })
    expect(mdshift(['migrate', '--to', '1'], folder.path).status).toBe(0)
    expect(read(folder.path, 'a.md')).toBe('## Notes {#skip}\n\nAn arrow ⮳ ⮳\n')
    expect(mdshift(['migrate', '--only', 'skip-class'], folder.path).status).toBe(0)
    expect(read(folder.path, 'a.md')).toBe('## Notes {#notes .skip}\n\nAn arrow ⮳ ⮳\n')
  })

  it('leaves a current book as it is, to the byte', async () => {
    const text =
      '\uFEFF## Notes {#notes .skip}\r\n\r\n[slab][c~slab~docs]↗  \r\n\n[c~slab~docs]: https://docs.rs/slab'
    await using folder = await createFixture({ 'a.md': text })
    const before = fs.statSync(path.join(folder.path, 'a.md'))
    expect(mdshift(['migrate'], folder.path).status).toBe(0)
    expect(read(folder.path, 'a.md')).toBe(text)
    expect(fs.statSync(path.join(folder.path, 'a.md')).ino).toBe(before.ino)
  })

  it('keeps the byte order mark and the mode of a file that it changes', async () => {
    await using folder = await createFixture({ 'a.md': '\uFEFFAn arrow ⮳' })
    fs.chmodSync(path.join(folder.path, 'a.md'), 0o640)
    mdshift(['migrate'], folder.path)
    expect(read(folder.path, 'a.md')).toBe('\uFEFFAn arrow ↗')
    expect(fs.statSync(path.join(folder.path, 'a.md')).mode & 0o777).toBe(0o640)
    expect(fs.readdirSync(folder.path)).toEqual(['.mdshift', 'a.md', 'mdshift.lock.json'])
  })

  it('reports an unreadable file, changes the others, and leaves the labels alone that it mentions', async () => {
    await using folder = await createFixture({
      'a.md':
        'An arrow ⮳ behind a [slab][c-slab] and a [clap][c-clap].\n\n[c-slab]: https://docs.rs/slab\n[c-clap]: https://docs.rs/clap\n',
      'bad.md': Buffer.from([0x5b, 0x63, 0x2d, 0x73, 0x6c, 0x61, 0x62, 0x5d, 0xff]),
    })
    const { status, stderr } = mdshift(['migrate'], folder.path)
    expect(status).toBe(2)
    expect(stderr).toContain('error MDS002  bad.md: The file is not valid UTF-8')
    expect(stderr).toContain('c-slab → c~slab~docs  (refused)')
    expect(read(folder.path, 'a.md')).toContain(
      'An arrow ↗ behind a [slab][c-slab] and a [clap][c~clap~docs].',
    )
  })

  it('does not rename in one chapter what others still use', async () => {
    await using folder = await createFixture({ 'book.toml': '', 'src/a.md': CHAPTER, 'src/refs.md': REFS })
    const { status, stderr } = mdshift(['migrate', 'src/a.md'], folder.path)
    expect(status).toBe(1)
    expect(stderr).toContain('src/refs.md mentions it, and is not written by this run')
    expect(read(folder.path, 'src/a.md')).toBe(CHAPTER.replace(']⮳', ']↗'))
  })

  it('records the bundled migrations with their checksums, as of today', async () => {
    await using folder = await createFixture({ 'a.md': 'An arrow ⮳\n' })
    mdshift(['migrate'], folder.path)
    const { migrations: recorded } = JSON.parse(read(folder.path, 'mdshift.lock.json'))
    const applied = recorded['0001-mojibake'].applied
    expect(Math.abs(Date.now() - Date.parse(applied))).toBeLessThan(2 * 86_400_000)
    expect(recorded).toEqual(
      Object.fromEntries(migrations.map(({ id, checksum }) => [id, { applied, checksum }])),
    )
    expect(mdshift(['check', '--strict'], folder.path).status).toBe(0)
  })

  it('keeps two books in one tree apart', async () => {
    await using folder = await createFixture({
      'one/book.toml': '',
      'one/a.md':
        '[x][c-foo-bar-github]\n\n[c-foo-bar-github]: https://example.org/1\n[c-foo-bar]: https://docs.rs/foo-bar\n',
      'two/book.toml': '',
      'two/a.md':
        '[x][c-foo-bar-github]\n\n[c-foo-bar-github]: https://example.org/2\n[c-foo]: https://docs.rs/foo\n',
    })
    expect(mdshift(['migrate'], folder.path).status).toBe(0)
    expect(read(folder.path, 'one/a.md')).toContain('[x][c~foo-bar~repo]')
    expect(read(folder.path, 'two/a.md')).toContain('[x][c~foo~bar~repo]')
  })

  it('refuses a label in one book of a tree, and renames it in the other', async () => {
    const guide = '[x][c-diesel-docs]\n\n[c-diesel-docs]: https://diesel.rs/guides\n'
    await using folder = await createFixture({
      'one/book.toml': '',
      'one/a.md': `${guide}[c-diesel]: https://docs.rs/diesel\n`,
      'two/book.toml': '',
      'two/a.md': guide,
    })
    expect(mdshift(['migrate'], folder.path).status).toBe(1)
    expect(read(folder.path, 'one/a.md')).toContain('[x][c-diesel-docs]')
    expect(read(folder.path, 'two/a.md')).toContain('[x][c~diesel~docs]')
  })

  it('tells once of includes that lead nowhere', async () => {
    await using folder = await createFixture({
      'a.md': '[a][c-slab] [b][c-clap-github]\n\n{{#include refs.md}}\n',
    })
    const { status, stderr } = mdshift(['migrate'], folder.path)
    expect(status).toBe(0)
    expect(stderr.match(/refs\.md/g)).toHaveLength(1)
    expect(read(folder.path, 'a.md')).toContain('[a][c~slab~docs] [b][c~clap~repo]')
  })
})

describe('check', () => {
  it('prints one line a finding and ends with 1', async () => {
    await using folder = await createFixture({ 'book.toml': '', 'src/a.md': CHAPTER, 'src/refs.md': REFS })
    const { status, stdout } = mdshift(['check'], folder.path)
    expect(status).toBe(1)
    expect(stdout.split('\n')).toEqual([
      'src/a.md:3:10  c-slab → c~slab~docs  0002-label-separators',
      'src/a.md:3:17  ⮳ → ↗  0003-external-link-arrow',
      'src/a.md:3:23  ⮳ → ↗  0003-external-link-arrow  warning: it stands in code',
      'src/refs.md:1:2  c-slab → c~slab~docs  0002-label-separators',
      '',
    ])
    expect(read(folder.path, 'src/a.md')).toBe(CHAPTER)
  })

  it('passes with warnings, and fails on them with --strict', async () => {
    await using folder = await createFixture({ 'a.md': '`⮳`\n' })
    expect(mdshift(['check'], folder.path).status).toBe(0)
    expect(mdshift(['check', '--strict'], folder.path).status).toBe(1)
  })

  it('finds what was refused, with the reason', async () => {
    await using folder = await createFixture({
      'a.md': '[c-x]: https://docs.rs/x\n[c-x-docs]: https://x.example\n',
    })
    const { status, stdout } = mdshift(['check'], folder.path)
    expect(status).toBe(1)
    expect(stdout).toContain('a.md:2:2  c-x-docs → c~x~docs  0002-label-separators  refused: ')
  })

  it('shows control characters of names and text as escapes', async () => {
    await using folder = await createFixture({
      'a\u001bb.md': '[x][c-a\u202e]\n\n[c-a\u202e]: https://docs.rs/a\n',
    })
    const { stdout } = mdshift(['check'], folder.path)
    expect(stdout).toContain('a\\u{1b}b.md:1:5  c-a\\u{202e} → ')
    expect(stdout).not.toMatch(/[\u001b\u202e]/)
  })
})

describe('list and status', () => {
  it('list the migrations in order', () => {
    const { status, stdout } = mdshift(['list'], '.')
    expect(status).toBe(0)
    expect(stdout.split('\n').map((line) => line.slice(0, 4))).toEqual([
      '0001',
      '0002',
      '0003',
      '0004',
      '0005',
      '',
    ])
  })

  it('tell the format of every chapter, in three forms', async () => {
    await using folder = await createFixture({ 'book.toml': '', 'src/a.md': CHAPTER, 'src/b.md': '⮳\n' })
    const line =
      'mdshift: 0 of 2 chapters are at format 5 (0.0 %), 2 to go; 3 edits pending, 0 need a decision'
    const text = mdshift(['status', '--chapters'], folder.path)
    expect(text.stdout).toMatch(/^src\/a\.md +1 +2 +0 +1$/m)
    expect(text.stdout.trimEnd().split('\n').at(-1)).toBe(line)
    expect(mdshift(['status', '--format', 'markdown'], folder.path).stdout.split('\n')[0]).toBe(line)
    const json = mdshift(['status', '--format', 'json'], folder.path)
    expect([json.status, JSON.parse(json.stdout).burndown]).toEqual([0, line])
  })

  it('count files and findings per migration', async () => {
    await using folder = await createFixture({ 'a.md': 'An arrow ⮳ and `⮳`\n', 'b.md': '⮳\n' })
    const { status, stdout } = mdshift(['status'], folder.path)
    expect(status).toBe(0)
    expect(stdout).toMatch(/^0003-external-link-arrow +2 +2 +0 +1$/m)
    expect(stdout).toMatch(/^0005-skip-class +0 +0 +0 +0$/m)
  })
})

describe('a configuration', () => {
  const CODE = 'An arrow ⮳ of [slab][c-slab].\n\n[c-slab]: https://docs.rs/slab\n'

  it.each([
    ['mdshift.config.json', '{ "migrations": { "0003-external-link-arrow": false } }'],
    ['mdshift.config.mjs', 'export default { migrations: { 3: false } }'],
    [
      'mdshift.config.ts',
      "import { defineConfig, type UserConfig } from 'mdshift'\n" +
        "const config: UserConfig = { migrations: { 'external-link-arrow': false } }\n" +
        'export default defineConfig(config)\n',
    ],
  ])('%s switches a migration off, in the book and in the report', async (name, config) => {
    await using folder = await createFixture({ 'a.md': CODE, [name]: config })
    const { status, stderr } = mdshift(['migrate'], folder.path)
    expect(stderr).not.toContain('0003-external-link-arrow')
    expect(status).toBe(0)
    expect(read(folder.path, 'a.md')).toBe(CODE.replaceAll('c-slab', 'c~slab~docs'))
    expect(mdshift(['check'], folder.path).status).toBe(0)
    expect(mdshift(['check', '--only', '3'], folder.path).status).toBe(1)
  })

  it('of each book says what its own chapters are', async () => {
    const config = JSON.stringify({ include: ['src/**'], ignore: ['src/drafts/**'] })
    const chapters = { 'a.md': '⮳\n', 'src/b.md': '⮳\n', 'src/drafts/c.md': '⮳\n' }
    const under = (book: string) =>
      Object.fromEntries(Object.entries(chapters).map(([file, text]) => [`${book}/${file}`, text]))
    await using folder = await createFixture({
      ...under('one'),
      'one/book.toml': '',
      'one/mdshift.config.json': config,
      ...under('two'),
      'two/book.toml': '',
    })
    expect(mdshift(['migrate'], folder.path).status).toBe(0)
    expect(Object.keys(chapters).map((file) => read(folder.path, `one/${file}`))).toEqual([
      '⮳\n',
      '↗\n',
      '⮳\n',
    ])
    expect(Object.keys(chapters).map((file) => read(folder.path, `two/${file}`))).toEqual([
      '↗\n',
      '↗\n',
      '↗\n',
    ])
    expect(mdshift(['migrate', 'one/src/drafts'], folder.path)).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('MDS008'),
    })
    expect(mdshift(['migrate', 'one/src/drafts/c.md'], folder.path).status).toBe(0)
    expect(read(folder.path, 'one/src/drafts/c.md')).toBe('↗\n')
  })
})

describe('what cannot be done ends with 2, and says what to do', () => {
  it.each([
    ['no command', [], /Name a command/],
    ['an unknown command', ['frobnicate'], /frobnicate/],
    ['an unknown flag', ['check', '--frobnicate'], /frobnicate/],
    ['an unknown form', ['status', '--format', 'xml'], /--format is one of text, json, markdown/],
    ['two forms', ['status', '--format', 'text', '--format', 'json'], /--format is one of/],
    ['an unknown migration', ['check', '--only', '0009'], /MDS004 .*"0009" is none of 0001-mojibake/],
    ['a path that is not there', ['migrate', 'nowhere'], /MDS001 {2}nowhere: /],
    ['a glob that matches nothing', ['check', '*.markdown'], /MDS008/],
  ])('%s', async (_, args, message) => {
    await using folder = await createFixture({ 'a.md': 'An arrow ⮳\n' })
    const { status, stdout, stderr } = mdshift(args, folder.path)
    expect([status, stdout]).toEqual([2, ''])
    expect(stderr).toMatch(message)
    expect(read(folder.path, 'a.md')).toBe('An arrow ⮳\n')
  })

  it.each([
    ['a syntax error', '{ "labels": }', /MDS003 .*mdshift\.config\.json:1:13: .*not valid JSON/],
    [
      'an unknown key',
      '{ "label": {} }',
      /MDS003 .*json:1:3: .*label: there is no such key \(did you mean "labels"\?\)/,
    ],
    [
      'a migration that there is not',
      '{ "migrations": { "0009": false } }',
      /MDS004 .*json:1:19: .*"0009" is none of 0001-mojibake/,
    ],
    [
      'one migration twice',
      '{ "migrations": { "3": false, "0003": true } }',
      /MDS003 .*json:1:31: .*"3" and "0003" are one/,
    ],
    ['a label with a bracket', '{ "labels": { "c-x": "a]b" } }', /json:1:22: .*labels\."c-x": is no label/],
    ['a chain', '{ "labels": { "c-x": "c-y", "c-y": "c~z" } }', /"c-x" becomes "c-y"/],
  ])('a configuration with %s', async (_, config, message) => {
    await using folder = await createFixture({ 'a.md': 'An arrow ⮳\n', 'mdshift.config.json': config })
    const { status, stderr } = mdshift(['migrate'], folder.path)
    expect(status).toBe(2)
    expect(stderr).toMatch(message)
    expect(read(folder.path, 'a.md')).toBe('An arrow ⮳\n')
  })

  it('a configuration with several faults, each told with its place', async () => {
    const config = '{\n  "lables": {},\n  "html": "mend",\n  "labels": { "c-x": "[" }\n}\n'
    await using folder = await createFixture({ 'a.md': 'An arrow ⮳\n', 'mdshift.config.json': config })
    const { status, stderr } = mdshift(['migrate'], folder.path)
    expect(status).toBe(2)
    for (const place of ['2:3', '3:11', '4:22']) expect(stderr).toContain(`mdshift.config.json:${place}: `)
    expect(stderr.match(/error MDS003/g)).toHaveLength(3)
    expect(read(folder.path, 'a.md')).toBe('An arrow ⮳\n')
  })

  it('two configurations in one folder, both named; of two books, once', async () => {
    await using folder = await createFixture({
      'one/book.toml': '',
      'one/a.md': '⮳\n',
      'two/book.toml': '',
      'two/a.md': '⮳\n',
      'mdshift.config.json': '{}',
      'mdshift.config.mjs': 'export default {}',
    })
    const { status, stderr } = mdshift(['migrate'], folder.path)
    expect(status).toBe(2)
    expect(stderr.match(/mdshift\.config\.mjs and mdshift\.config\.json are in one folder/g)).toHaveLength(1)
    expect(read(folder.path, 'one/a.md')).toBe('⮳\n')
  })

  it('but help and version end with 0', () => {
    for (const flag of ['--help', '--version']) expect(mdshift([flag], '.').status).toBe(0)
    for (const command of [[], ['migrate'], ['check'], ['list'], ['status']]) {
      expect(mdshift([...command, '--help'], '.').stdout).toContain('Examples:')
    }
  })
})
