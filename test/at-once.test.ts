/** What is answered before the program is loaded: the same as the whole of it would say, and nothing else is opened. */
import { execFileSync, spawnSync } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { createFixture, type FileTree, type FsFixture } from 'fs-fixture'
import { describe, expect, it } from 'vitest'
import { migrations } from '../transforms/index.ts'
import { runCommand } from './support/command.ts'
import { mdshift } from './support/program.ts'

const PACKAGE = fileURLToPath(new URL('..', import.meta.url))

/** The program without the files of its bundle that hold the rest of it, and without packages. */
async function bareProgram(): Promise<FsFixture> {
  const folder = await createFixture({})
  for (const file of ['package.json', 'bin/mdshift.js', 'dist/cli.js']) {
    fs.mkdirSync(path.dirname(folder.getPath(file)), { recursive: true })
    fs.copyFileSync(path.join(PACKAGE, file), folder.getPath(file))
  }
  for (const file of fs.readdirSync(path.join(PACKAGE, 'dist')))
    if (/^cli-(start|rolldown-runtime)\.js$/.test(file))
      fs.copyFileSync(path.join(PACKAGE, 'dist', file), folder.getPath('dist', file))
  return folder
}

const CURRENT = '# Rain\n\nSee [slab][c~slab~docs]↗.\n\n{{#include refs.md}}\n'
const REFS = '[c~slab~docs]: https://docs.rs/slab\n'
const CLEAN: FileTree = { 'index.md': CURRENT, 'refs.md': REFS, 'rain/wind.md': '## Wind {#wind .skip}\n' }

const LEDGER = `${JSON.stringify(
  {
    version: 1,
    migrations: Object.fromEntries(
      migrations.map(({ id, checksum }) => [id, { applied: '2026-11-22', checksum }]),
    ),
  },
  null,
  2,
)}\n`

/** Books in which nothing is to be done: all of them are told at once. */
const AT_ONCE: Readonly<Record<string, FileTree>> = {
  'a small book': CLEAN,
  'a book with a ledger': { ...CLEAN, 'mdshift.lock.json': LEDGER },
  'an include that leads nowhere': { ...CLEAN, 'lost.md': 'Rain.\n\n{{#include nowhere.md}}\n' },
  'an include in code that leads nowhere': { ...CLEAN, 'code.md': '```\n{{#include nowhere.rs}}\n```\n' },
  'an include of code': {
    ...CLEAN,
    'code.md': '```\n{{#include code.rs:2:3}}\n```\n',
    'code.rs': 'a\nb\nc\n',
  },
  'an included text that is no chapter': {
    ...CLEAN,
    'more.md': '{{#include more.txt}}\n\n[rain]\n',
    'more.txt': '{{#include nowhere.txt}}\n\n[rain]: x.md\n',
  },
  'includes of each other': { ...CLEAN, 'a.md': '{{#include b.md}}\n', 'b.md': '{{#include a.md}}\n' },
  'a byte order mark, and line ends of Windows': { 'index.md': '\ufeffRain.\r\n' },
  'letters of all sorts': { 'index.md': 'Ångström, naïve, 雨, “quoted”\n' },
}

/** Books that have to be looked at more closely. */
const LATER: Readonly<Record<string, FileTree>> = {
  'a legacy label': { ...CLEAN, 'late.md': '[a][c-slab]\n\n[c-slab]: https://docs.rs/slab\n' },
  'a legacy arrow in code': { ...CLEAN, 'late.md': '`⮳`\n' },
  'a legacy definition in an included text': {
    'index.md': '{{#include refs.txt}}\n\n[crates.io-x]\n',
    'refs.txt': '[crates.io-x]: https://crates.io/x\n',
  },
  'a configuration': { ...CLEAN, 'mdshift.config.json': '{ "residue": ["*.txt"] }\n', 'a.txt': '⮳\n' },
  'a ledger of another checksum': { ...CLEAN, 'mdshift.lock.json': LEDGER.replace(/sha256-./, 'sha256-x') },
  'a ledger that is none': { ...CLEAN, 'mdshift.lock.json': '{}\n' },
  'a ledger of a day that is none': { ...CLEAN, 'mdshift.lock.json': LEDGER.replace('11-22', '02-30') },
  'several includes that lead nowhere': {
    'index.md': '{{#include z.md}}\n\n{{#include a.md}}\n',
    'a.md': '{{#include c.md}}\n\n```\n{{#include d.md}}\n```\n',
  },
  'a part of a file with includes': {
    'index.md': '{{#include part.md:2}}\n',
    'part.md': '```\n{{#include nowhere.md}}\n```\n',
  },
  'a text that is none': { ...CLEAN, 'late.md': Buffer.from([0x72, 0xff, 0x0a]) },
  'a text with a NUL': { ...CLEAN, 'late.md': 'rain\0\n' },
}

const withoutTime = ({ stderr, ...rest }: { stderr: string; stdout: string; status: number | null }) => ({
  ...rest,
  stderr: stderr.replace(/[\d.]+ seconds/, 'seconds'),
})

describe('the program without the rest of it', () => {
  it('tells its version', async () => {
    await using bare = await bareProgram()
    const told = execFileSync(process.execPath, [bare.getPath('bin/mdshift.js'), '--version'], {
      encoding: 'utf8',
    })
    expect(told).toBe(`${JSON.parse(fs.readFileSync(path.join(PACKAGE, 'package.json'), 'utf8')).version}\n`)
  })

  it.each(Object.entries(AT_ONCE).filter(([name]) => !/nowhere|code|no chapter/.test(name)))(
    'checks %s',
    async (_, tree) => {
      await using bare = await bareProgram()
      await using book = await createFixture(tree)
      const { status, stderr } = spawnSync(process.execPath, [bare.getPath('bin/mdshift.js'), 'check'], {
        cwd: book.path,
        encoding: 'utf8',
      })
      expect({ status, stderr: stderr.replace(/[\d.]+ seconds/, 'seconds') }).toEqual({
        status: 0,
        stderr: expect.stringMatching(/^0 findings and 0 warnings in \d files?, 0 errors, seconds\n$/),
      })
    },
  )
})

describe('a check', () => {
  it.each(Object.entries({ ...AT_ONCE, ...LATER }))(
    'of %s says what the whole program says',
    async (_, tree) => {
      await using book = await createFixture(tree)
      const whole = await runCommand(book.path, ['check'], { migrations })
      expect(withoutTime(mdshift(['check'], book.path))).toEqual(withoutTime(whole))
      const some = await runCommand(book.path, ['check', 'index.md', '--strict'], { migrations })
      expect(withoutTime(mdshift(['check', 'index.md', '--strict'], book.path))).toEqual(withoutTime(some))
    },
  )

  it('of a heavy text says what it says with a switch that only the whole program reads', async () => {
    await using book = await createFixture({ ...CLEAN, 'late.md': `${'> '.repeat(150)}rain\n` })
    const whole = mdshift(['check', '--safe=true'], book.path)
    expect(withoutTime(mdshift(['check'], book.path))).toEqual(withoutTime(whole))
  })

  it.each([
    ['no path', ['check', 'nowhere.md']],
    ['an option that is none', ['check', '--rain']],
    ['a switch with a value', ['check', '--strict=1']],
    ['one migration', ['check', '--only', '3']],
    ['a folder that is given twice', ['check', '.', 'rain']],
    ['paths behind two hyphens', ['check', '--', 'index.md']],
    ['a number', ['check', '12']],
  ])('of %s says what the whole program says', async (_, argv) => {
    await using book = await createFixture({ ...CLEAN, '12': 'no chapter' })
    expect(withoutTime(mdshift(argv, book.path))).toEqual(
      withoutTime(await runCommand(book.path, argv, { migrations })),
    )
  })
})
