/** Texts that are made to keep a parser busy, in one book with ordinary chapters: the program as a user runs it. */
import fs from 'node:fs'
import path from 'node:path'
import { createFixture } from 'fs-fixture'
import { expect, it } from 'vitest'
import { mdshift } from './support/program.ts'

const ORDINARY =
  '# Rain {#skip}\n\nSee [serde][c-serde-github]⮳.\n\n[c-serde-github]: https://github.com/serde-rs/serde\n'

/** Each with what is said of it. */
const HOSTILE: Readonly<Record<string, { readonly text: string | Buffer; readonly said: RegExp }>> = {
  'not-utf8.md': { text: Buffer.from([0x23, 0x20, 0xff, 0xfe, 0x0a]), said: /MDS002 {2}src\/not-utf8\.md/ },
  'nul.md': { text: '# a\n\n\0\n', said: /MDS010 {2}src\/nul\.md:3/ },
  'large.md': { text: 'a [c-none] '.repeat(40_000), said: /MDS080 {2}src\/large\.md/ },
  'quotes.md': { text: `${'>'.repeat(10_000)} a ⮳\n`, said: /MDS08[12] {2}src\/quotes\.md:1:1/ },
  'pairs.md': { text: `One.\n\n${'[a][b]'.repeat(40_000)} ⮳\n`, said: /MDS081 {2}src\/pairs\.md:3:1/ },
  'bomb.md': { text: '⮳\n\n{{#include bomb1.md}}\n', said: /MDS083 {2}src\/bomb\.md/ },
}

const BOMBS = Object.fromEntries(
  Array.from({ length: 9 }, (_, index) => [
    `bomb${index + 1}.md`,
    `{{#include bomb${index + 2}.md}} ⮳\n`.repeat(10),
  ]),
)

it('hostile files fail by name, and the others are done and proven', async () => {
  const texts = Object.entries(HOSTILE).map(([name, { text }]) => [`src/${name}`, text])
  const bombs = Object.entries(BOMBS).map(([name, text]) => [`src/${name}`, text])
  const folder = await createFixture({
    'book.toml': '[book]\n',
    'mdshift.config.json': JSON.stringify({ limits: { fileSize: 0.4, seconds: 3 } }),
    'src/one.md': ORDINARY,
    'src/two.md': ORDINARY,
    ...Object.fromEntries([...texts, ...bombs]),
  })
  const { status, stderr } = mdshift(['migrate'], folder.path)
  expect(status).toBe(2)
  for (const { said } of Object.values(HOSTILE)) expect(stderr).toMatch(said)
  expect(stderr).toMatch(/Proven: \d+ of \d+ chapters, of which 2 change/)
  for (const [name, { text }] of Object.entries(HOSTILE))
    expect(fs.readFileSync(path.join(folder.path, 'src', name)).equals(Buffer.from(text))).toBe(true)
  for (const name of ['one.md', 'two.md'])
    expect(fs.readFileSync(path.join(folder.path, 'src', name), 'utf8')).toContain('[serde][c~serde~repo]↗')
  await folder.rm()
})

it('labels that a file mentions which is too large stay', async () => {
  const folder = await createFixture({
    'book.toml': '[book]\n',
    'mdshift.config.json': JSON.stringify({ limits: { fileSize: 0.01 } }),
    'src/one.md': ORDINARY,
    'src/large.md': `${'a '.repeat(10_000)}[c-serde-github]`,
  })
  const { status } = mdshift(['migrate'], folder.path)
  expect(status).toBe(2)
  expect(fs.readFileSync(path.join(folder.path, 'src/one.md'), 'utf8')).toContain('[c-serde-github]: ')
  await folder.rm()
})

const CANARY = "import fs from 'node:fs'\nfs.writeFileSync('canary', '')\nexport default {}\n"

it.each([
  ['a configuration', { 'mdshift.config.mjs': CANARY }, ['check'], 'mdshift.config.mjs'],
  ['a configuration that is named', { 'other.mjs': CANARY }, ['check', '--config', 'other.mjs'], 'other.mjs'],
  [
    'migrations of the project',
    { 'mdshift.config.json': '{ "migrations": "./own" }', own: { '0001-a.mjs': CANARY } },
    ['status'],
    'mdshift.config.json:1:17',
  ],
  ['a transform', { 't.mjs': CANARY }, ['run', '-t', 't.mjs', '--dry-run'], 't.mjs'],
  ['what is listed', { 'mdshift.config.mjs': CANARY }, ['list'], 'mdshift.config.mjs'],
  [
    'what is explained',
    { 'mdshift.config.mjs': CANARY },
    ['explain', '--label', 'c-x'],
    'mdshift.config.mjs',
  ],
  ['a new transform', { 'mdshift.config.mjs': CANARY }, ['new', 'rain'], 'mdshift.config.mjs'],
])('--safe runs nothing: %s', async (_, files, args, named) => {
  const folder = await createFixture({ 'book.toml': '[book]\n', 'src/one.md': '# Rain\n', ...files })
  const safe = mdshift([...args, '--safe'], folder.path)
  expect(safe.status).toBe(2)
  expect(safe.stderr).toContain('MDS084')
  expect(safe.stderr).toContain(named)
  expect(await folder.exists('canary')).toBe(false)
  await folder.rm()
})

it('--safe reads JSON, and makes what mdshift brings', async () => {
  const folder = await createFixture({
    'book.toml': '[book]\n',
    'mdshift.config.json': '{ "labels": {} }',
    'src/one.md': ORDINARY,
  })
  expect(mdshift(['check', '--safe'], folder.path).status).toBe(1)
  await folder.rm()
})

it('what --safe keeps from running does run without it', async () => {
  const folder = await createFixture({
    'book.toml': '[book]\n',
    'mdshift.config.mjs': CANARY,
    'src/one.md': '# Rain\n',
  })
  expect(mdshift(['check'], folder.path).status).toBe(0)
  expect(await folder.exists('canary')).toBe(true)
  await folder.rm()
})
