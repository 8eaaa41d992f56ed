/** Files of any name, wherever a name is given, found, told of or written down: with the built program. */
import { spawnSync } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import { createFixture } from 'fs-fixture'
import { expect, it } from 'vitest'
import { z } from 'zod'
import { mdshift } from './support/program.ts'

const OLD = '# Rain\n\nAn arrow ⮳ in text.\n'
const NEW = OLD.replace('⮳', '↗')

const NAMES: readonly string[] = [
  'a b.md',
  ' leading and trailing .md',
  'tab\there.md',
  'line\nbreak.md',
  'return\rhere.md',
  "it's.md",
  'a "quoted" one.md',
  'back\\slash.md',
  'back\\',
  'caf\u00e9.md',
  'cafe\u0301.md',
  '雨 😀.md',
  '-dash.md',
  '--dry-run.md',
  '*.md',
  '?.md',
  '[ab].md',
  '{a,b}.md',
  '!not.md',
  '@(a|b).md',
  '#rain.md',
  '$(rain).md',
  '%41.md',
  'a:12.md',
  '12:3',
  '::error::x.md',
  '##[group]x.md',
  '\u202eright-to-left.md',
  '\u001b[31mred.md',
  'zero\u200bwidth.md',
  'deep/line\nbreak/a b.md',
  'deep/[x]/{y}.md',
  'CON.md',
]

const read = (folder: string, name: string) => fs.readFileSync(path.join(folder, name), 'utf8')

const bookOf = (names: readonly string[]) =>
  createFixture(Object.fromEntries(names.map((name) => [name, OLD])))

/** Those that are found; the others are chapters where they are named. */
const FOUND = NAMES.filter((name) => name.endsWith('.md'))

const CHAPTERS = z.object({
  books: z.array(z.object({ chapters: z.array(z.object({ path: z.string() })) })),
})

it('are found, told of on one line each, and written', async () => {
  await using folder = await bookOf(NAMES)
  const found = mdshift(['check'], folder.path)
  expect(found.stdout.split('\n')).toHaveLength(FOUND.length + 1)
  expectHarmless(found.stdout)
  expect(mdshift(['migrate'], folder.path).status).toBe(0)
  for (const name of NAMES)
    expect(read(folder.path, name), JSON.stringify(name)).toBe(FOUND.includes(name) ? NEW : OLD)
})

it('are taken as arguments, and mean themselves alone', async () => {
  await using folder = await bookOf([...NAMES, 'plain.md', 'a.md', 'b.md'])
  const ended = mdshift(['migrate', '--', ...NAMES], folder.path)
  expect(ended.status, ended.stderr).toBe(0)
  for (const name of NAMES) expect(read(folder.path, name), JSON.stringify(name)).toBe(NEW)
  for (const name of ['plain.md', 'a.md', 'b.md']) expect(read(folder.path, name)).toBe(OLD)
})

it.each(['*.md', '{a,b}.md', '!not.md', '::error::x.md'])(
  '%s alone is taken as an argument',
  async (name) => {
    await using folder = await bookOf([name, 'a.md'])
    expect(mdshift(['migrate', name], folder.path).status).toBe(0)
    expect([read(folder.path, name), read(folder.path, 'a.md')]).toEqual([NEW, OLD])
  },
)

it('are matched by globs, stand in a diff that git applies, and are current then', async () => {
  await using folder = await bookOf(NAMES)
  const { stdout } = mdshift(['migrate', '--dry-run', '**'], folder.path)
  const applied = spawnSync('git', ['apply', '--whitespace=nowarn', '-'], { cwd: folder.path, input: stdout })
  expect(applied.stderr.toString()).toBe('')
  for (const name of FOUND) expect(read(folder.path, name), JSON.stringify(name)).toBe(NEW)
  expect(mdshift(['check', '**/*.md'], folder.path)).toMatchObject({ status: 0, stdout: '' })
})

it('are said exactly to programs', async () => {
  await using folder = await bookOf(NAMES)
  const { stdout } = mdshift(['status', '--format', 'json'], folder.path)
  const { books } = CHAPTERS.parse(JSON.parse(stdout))
  const paths = books.flatMap(({ chapters }) => chapters.map((chapter) => chapter.path))
  expect(paths.sort()).toEqual([...FOUND].sort())
  expectHarmless(stdout)
})

it.each(['line\nbreak.md', 'a:12.md', '12:3', '-dash.md', 'back\\slash.md', '雨 😀.md'])(
  '%j is explained by line and column',
  async (name) => {
    await using folder = await bookOf(['a.md', name])
    const { stdout, stderr, status } = mdshift(['explain', '--', `${name}:3:10`], folder.path)
    const isFound = name.endsWith('.md')
    expect(stdout + stderr).toContain(isFound ? '0003-external-link-arrow' : 'MDS040')
    expect(status).toBe(isFound ? 0 : 2)
  },
)

it('are explained through a link in the book', async () => {
  await using folder = await createFixture({ 'a.md': OLD, 'b.md': ({ symlink }) => symlink('a.md') })
  expect(mdshift(['explain', 'b.md:3:10'], folder.path)).toMatchObject({
    status: 0,
    stdout: expect.stringContaining('a.md:3:10'),
  })
})

it('lead back to the file from decisions that were written down', async () => {
  const name = 'line\nbreak "x" caf\u00e9.md'
  const text =
    '[slab][c-slab] and [slab][c~slab~docs]\n\n[c-slab]: https://docs.rs/slab\n[c~slab~docs]: https://docs.rs/other\n'
  await using folder = await createFixture({ [name]: text })
  const first = mdshift(['migrate', '--decide', 'd.json'], folder.path)
  expect(first.status, first.stderr).toBe(1)
  expect(first.stderr).not.toContain('line\nbreak')
  expect(read(folder.path, 'd.json')).toContain(JSON.stringify(name).slice(1, -1))
  const decided = read(folder.path, 'd.json').replaceAll('"decision": null', '"decision": "c~slab~guide"')
  fs.writeFileSync(path.join(folder.path, 'd.json'), decided)
  const second = mdshift(['migrate', '--decide', 'd.json'], folder.path)
  expect(second.status, second.stderr).toBe(0)
  expect(read(folder.path, name)).toBe(text.replaceAll('c-slab', 'c~slab~guide'))
})

/** Nothing in it steers a terminal or a build job; line ends are ours. */
function expectHarmless(output: string): void {
  expect(output).not.toMatch(/[^\P{C}\n]/u)
  expect(output).not.toMatch(/^\s*::|##\[/m)
}
