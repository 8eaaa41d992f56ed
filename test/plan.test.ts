/** A dry run that is sealed, reviewed, and carried out: byte by byte, or not at all. */
import fs from 'node:fs'
import path from 'node:path'
import { createFixture, type FsFixture } from 'fs-fixture'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Plan } from '../src/book/plan-schema.ts'
import { type Ended, runCommand, type Surroundings, wordMigration } from './support/command.ts'
import { createRepository, GIT_ENVIRONMENT } from './support/repository.ts'

const RAIN = wordMigration('0001-rain', 'rain', 'drizzle', 'sha256-rain')
const WIND = wordMigration('0002-wind', 'wind', 'breeze', 'sha256-wind')
const SUN = wordMigration('0003-sun', 'sun', 'star')
const MIGRATIONS = [RAIN, WIND, SUN]

const BOOK = {
  'book.toml': '',
  'mdshift.config.json': '{}',
  'refs.md.in': '[a]: b.md\n',
  'src/a.md': 'rain and wind\n\n{{#include ../refs.md.in}}\n',
  'src/b.md': 'nothing\n',
  'src/c.md': '\uFEFFrain, rain\r\n',
}

beforeEach(() => {
  for (const [name, value] of Object.entries(GIT_ENVIRONMENT)) vi.stubEnv(name, value)
})
afterEach(() => {
  vi.unstubAllEnvs()
})

const run = (cwd: string, words: string, options: Partial<Surroundings> = {}): Promise<Ended> =>
  runCommand(cwd, words.split(' '), { migrations: MIGRATIONS, ...options })
const seal = async (folder: Pick<FsFixture, 'path'>, words = '', options: Partial<Surroundings> = {}) => {
  const ended = await run(folder.path, `migrate --dry-run --plan plan.json${words}`, options)
  if (ended.status !== 0) throw new Error(ended.stderr)
  return ended
}
const apply = (folder: Pick<FsFixture, 'path'>, words = '', options: Partial<Surroundings> = {}) =>
  run(folder.path, `migrate --no-fsync --plan plan.json${words}`, options)
const read = (folder: FsFixture, file: string) => fs.readFileSync(folder.getPath(file), 'utf8')
const write = (folder: FsFixture, file: string, text: string) => fs.writeFileSync(folder.getPath(file), text)
const planIn = (folder: FsFixture): Plan => JSON.parse(read(folder, 'plan.json'))

/** Every file of a folder but what mdshift keeps for itself. */
function texts(folder: FsFixture): Record<string, string> {
  const names = fs
    .readdirSync(folder.path, { recursive: true, encoding: 'utf8' })
    .filter((name) => !name.startsWith('.') && fs.statSync(folder.getPath(name)).isFile())
  return Object.fromEntries(names.sort().map((name) => [name, read(folder, name)]))
}

/** What `--plan` says against a book, and that nothing was written. */
async function refusal(
  folder: FsFixture,
  words = '',
  options: Partial<Surroundings> = {},
): Promise<string[]> {
  const before = texts(folder)
  const { status, stderr } = await apply(folder, words, options)
  expect([status, texts(folder)]).toEqual([2, before])
  return stderr.match(/^error .*$/gm) ?? []
}

describe('a plan', () => {
  it('holds all that was read, asked and would be written', async () => {
    await using folder = await createFixture(BOOK)
    const { stdout, stderr } = await seal(folder)
    expect(stdout).toContain('+drizzle and breeze')
    expect(stderr).toContain(
      'Sealed in plan.json: 3 files to write. `mdshift migrate --plan plan.json` writes exactly these bytes, or refuses.',
    )
    const { books, ...rest } = planIn(folder)
    expect(rest).toEqual({
      kind: 'mdshift plan',
      version: 1,
      mdshift: '1.2.3',
      day: '2026-11-22',
      arguments: {},
    })
    expect(books.map(({ inputs, outputs, settings, ...book }) => book)).toEqual([
      {
        root: '.',
        migrations: MIGRATIONS.map(({ id, version, checksum }) =>
          checksum === undefined ? { id, version } : { id, version, checksum },
        ),
      },
    ])
    expect(books[0]?.inputs.map(({ role, path: file }) => `${role} ${file}`)).toEqual([
      'configuration mdshift.config.json',
      'include refs.md.in',
      'chapter src/a.md',
      'chapter src/b.md',
      'chapter src/c.md',
    ])
    expect(books[0]?.outputs.map(({ path: file, before, edits }) => [file, before !== null, edits])).toEqual([
      ['mdshift.lock.json', false, []],
      [
        'src/a.md',
        true,
        [
          { migration: '0001-rain', count: 1 },
          { migration: '0002-wind', count: 1 },
        ],
      ],
      ['src/c.md', true, [{ migration: '0001-rain', count: 2 }]],
    ])
  })

  it('is the same each time, and wherever the book lies', async () => {
    await using one = await createFixture(BOOK)
    await using two = await createFixture({ deep: { er: BOOK } })
    await seal(one)
    await seal({ path: two.getPath('deep/er') })
    expect(read(two, 'deep/er/plan.json')).toBe(read(one, 'plan.json'))
    const { mtimeMs, ino } = fs.statSync(one.getPath('plan.json'))
    await seal(one)
    expect(fs.statSync(one.getPath('plan.json'))).toMatchObject({ mtimeMs, ino })
  })

  it('has no day where no ledger is written', async () => {
    await using folder = await createFixture(BOOK)
    await seal(folder, ' src/a.md')
    expect(planIn(folder).day).toBeUndefined()
    const first = read(folder, 'plan.json')
    await seal(folder, ' src/a.md', { day: '2030-01-01' })
    expect(read(folder, 'plan.json')).toBe(first)
  })

  it('is written as exactly the bytes that were sealed, on another day and in another place', async () => {
    await using plain = await createFixture(BOOK)
    await run(plain.path, 'migrate --no-fsync')
    await using folder = await createFixture(BOOK)
    await seal(folder)
    await using moved = await createFixture({})
    fs.renameSync(folder.path, moved.getPath('elsewhere'))
    const { status, stderr } = await run(
      moved.path,
      `migrate --no-fsync --plan ${path.join('elsewhere', 'plan.json')}`,
      { day: '2027-05-05', version: '9.9.9' },
    )
    fs.renameSync(moved.getPath('elsewhere'), folder.path)
    expect([status, stderr]).toEqual([0, expect.stringContaining('2 ok')])
    const { 'plan.json': _, ...written } = texts(folder)
    expect(written).toEqual(texts(plain))
    expect(await refusal(folder)).toEqual(
      expect.arrayContaining([
        'error MDS076  src/a.md: It is not what the plan was made of: chapter changed',
        'error MDS076  mdshift.lock.json: It is not what the plan was made of: ledger new',
      ]),
    )
  })

  it('takes its arguments along', async () => {
    await using folder = await createFixture(BOOK)
    await seal(folder, ' --only rain src/a.md')
    expect((await apply(folder)).status).toBe(0)
    expect([read(folder, 'src/a.md').slice(0, 16), read(folder, 'src/c.md')]).toEqual([
      'drizzle and wind',
      BOOK['src/c.md'],
    ])
  })

  it('is about the chapters that were chosen, from wherever it is carried out', async () => {
    await using folder = await createFixture({
      docs: { 'a.md': 'rain\n', '[b].md': 'rain\n', 'c.md': 'rain\n' },
    })
    await seal({ path: folder.getPath('docs') }, ' a.md [b].md')
    const { status } = await run(folder.path, 'migrate --no-fsync --plan docs/plan.json')
    expect([
      status,
      read(folder, 'docs/a.md'),
      read(folder, 'docs/[b].md'),
      read(folder, 'docs/c.md'),
    ]).toEqual([0, 'drizzle\n', 'drizzle\n', 'rain\n'])
  })

  it('is about several books', async () => {
    await using folder = await createFixture({ one: BOOK, two: { 'book.toml': '', 'x.md': 'sun\n' } })
    await seal(folder, ' one two')
    expect(planIn(folder).books.map(({ root }) => root)).toEqual(['one', 'two'])
    expect((await apply(folder)).status).toBe(0)
    expect(read(folder, 'two/x.md')).toBe('star\n')
  })

  it('may be carried out with its own arguments said again', async () => {
    await using folder = await createFixture(BOOK)
    await seal(folder, ' --to 1 src/a.md')
    expect((await apply(folder, ' --to 1 src/a.md')).status).toBe(0)
  })

  it('is carried out in commits', async () => {
    await using folder = await createRepository({ ...BOOK, '.gitignore': 'plan.json\n' })
    await seal(folder)
    expect((await apply(folder, ' --commit')).status).toBe(0)
    expect([folder.git('log', '--format=%s', '-2'), folder.git('status', '--porcelain')]).toEqual([
      'Migrate wind (0002): 1 edit in 1 file\nMigrate rain (0001): 3 edits in 2 files\n',
      '',
    ])
  })

  it('does not write over what git does not hold', async () => {
    await using folder = await createRepository(BOOK)
    fs.appendFileSync(folder.getPath('src/a.md'), 'more\n')
    await seal(folder)
    expect(await refusal(folder)).toEqual([expect.stringContaining('MDS070  src/a.md')])
    expect((await apply(folder, ' --allow-dirty')).status).toBe(0)
  })
})

describe('a plan refuses', () => {
  const fits = (place: string, what: string) =>
    `error MDS076  ${place}: It is not what the plan was made of: ${what}`

  it('all that was read and has drifted, in order', async () => {
    await using folder = await createFixture(BOOK)
    await seal(folder)
    write(folder, 'src/b.md', 'other\n')
    write(folder, 'src/new.md', 'rain\n')
    write(folder, 'refs.md.in', '[a]: c.md\n')
    write(folder, 'mdshift.config.json', '{ }')
    fs.rmSync(folder.getPath('src/c.md'))
    expect(await refusal(folder)).toEqual([
      fits('mdshift.config.json', 'configuration changed'),
      fits('refs.md.in', 'include changed'),
      fits('src/b.md', 'chapter changed'),
      fits('src/c.md', 'chapter missing'),
      fits('src/new.md', 'chapter new'),
      fits('src/c.md', 'nothing would be written any more'),
      fits('src/new.md', 'it would be written, too'),
    ])
  })

  it('a ledger, a configuration or an include that is new', async () => {
    const { 'mdshift.config.json': config, 'refs.md.in': refs, ...rest } = BOOK
    await using folder = await createFixture(rest)
    await seal(folder)
    write(folder, 'mdshift.config.json', config)
    write(folder, 'refs.md.in', refs)
    write(folder, 'mdshift.lock.json', '{"version":1,"migrations":{}}')
    expect(await refusal(folder)).toEqual([
      fits('mdshift.config.json', 'configuration new'),
      fits('mdshift.lock.json', 'ledger new'),
      fits('refs.md.in', 'include new'),
      fits('mdshift.lock.json', 'other bytes would be written'),
    ])
  })

  it('migrations that are others', async () => {
    await using folder = await createFixture(BOOK)
    await seal(folder)
    const migrations = [
      wordMigration('0001-rain', 'rain', 'drizzle', 'sha256-another'),
      WIND,
      wordMigration('0004-snow', 'snow', 'sleet'),
    ]
    expect(await refusal(folder, '', { migrations, version: '2.0.0' })).toEqual([
      fits('.', 'migration 0001-rain changed'),
      fits('.', 'migration 0003-sun missing'),
      fits('.', 'migration 0004-snow new'),
      fits('plan.json', 'mdshift 1.2.3 made the plan, and this is 2.0.0'),
      fits('mdshift.lock.json', 'other bytes would be written'),
    ])
  })

  it('other bytes of a migration that has no checksum', async () => {
    await using folder = await createFixture({ ...BOOK, 'src/b.md': 'sun\n' })
    await seal(folder)
    const migrations = [RAIN, WIND, wordMigration('0003-sun', 'sun', 'moon')]
    expect(await refusal(folder, '', { migrations })).toEqual([
      fits('src/b.md', 'other bytes would be written'),
    ])
  })

  it('another version of mdshift only where the bytes are others', async () => {
    await using folder = await createFixture(BOOK)
    await seal(folder)
    expect((await apply(folder, '', { version: '2.0.0' })).status).toBe(0)
  })

  it('a configuration that says something else by itself', async () => {
    const config = 'export default { html: process.env.MDSHIFT_TEST_HTML ?? "leave" }\n'
    const { 'mdshift.config.json': _, ...rest } = BOOK
    await using folder = await createFixture({ ...rest, 'mdshift.config.mjs': config })
    await seal(folder)
    // Node keeps a module that it has loaded: the same file is read elsewhere.
    await using copy = await createFixture({})
    fs.cpSync(folder.path, copy.getPath('book'), { recursive: true })
    vi.stubEnv('MDSHIFT_TEST_HTML', 'rewrite')
    const { status, stderr } = await apply({ path: copy.getPath('book') })
    expect([status, stderr]).toEqual([
      2,
      expect.stringContaining(fits('.', 'the configuration says something else')),
    ])
  })

  it.each([
    [
      ' --to 2',
      ' --to 1',
      'MDS077  plan.json: The arguments are not those of the plan: --to 1, and the plan was made with --to 2',
    ],
    ['', ' --only wind', '--only wind, and the plan was made without --only'],
    [
      ' --only wind --only rain',
      ' --only rain',
      '--only rain, and the plan was made with --only rain --only wind',
    ],
    ['', ' --pack p', '--pack p, and the plan was made without --pack'],
    ['', ' --decide d.json', '--decide d.json, and the plan was made without --decide'],
    ['', ' --config mdshift.config.json', '--config mdshift.config.json, and'],
    ['', ' src/a.md', 'the paths lead to other books or chapters than it was made for'],
    [' src/a.md', ' src', 'the paths lead to other books or chapters than it was made for'],
  ])('arguments other than its own: %j, then %j', async (sealed, given, message) => {
    await using folder = await createFixture(BOOK)
    await seal(folder, sealed)
    expect(await refusal(folder, given)).toEqual([expect.stringContaining(message)])
  })

  it.each([
    ['config', ' --config ../other.json', 'arguments.config: "../other.json" leads out of its folder'],
    ['decide', ' --decide ../d.json', 'arguments.decide: "../d.json" leads out of its folder'],
    ['book', ' ../two', 'books.0.root: "../two" leads out of its folder'],
  ])('to be made where it would have to begin outside of its folder: %s', async (_, words, message) => {
    await using folder = await createFixture({ one: BOOK, two: BOOK, 'other.json': '{}' })
    const { status, stderr } = await run(folder.getPath('one'), `migrate --dry-run --plan plan.json${words}`)
    expect([status, stderr]).toEqual([
      2,
      expect.stringContaining(`MDS078  plan.json: The plan cannot be written: ${message}`),
    ])
    expect(fs.existsSync(folder.getPath('one/plan.json'))).toBe(false)
  })

  it('to replace a file that is no plan', async () => {
    await using folder = await createFixture({ ...BOOK, 'plan.json': '{ "version": 1 }' })
    const { status, stderr } = await run(folder.path, 'migrate --dry-run --plan plan.json')
    expect([status, read(folder, 'plan.json')]).toEqual([2, '{ "version": 1 }'])
    expect(stderr).toContain(
      'MDS078  plan.json: The plan cannot be written: there is a file of that name, which is no plan',
    )
  })

  it('to be read where there is none', async () => {
    await using folder = await createFixture(BOOK)
    expect(await refusal(folder)).toEqual([
      expect.stringContaining('MDS074  plan.json: The plan cannot be used: ENOENT'),
    ])
  })
})

describe('a plan with decisions', () => {
  const DECISIONS = '{ "version": 1, "labels": [{ "label": "c-x", "decision": "keep" }] }'

  it('seals them', async () => {
    await using folder = await createFixture({
      ...BOOK,
      'src/b.md': '[c-x]\n\n[c-x]: x.md\n',
      'd.json': DECISIONS,
    })
    await seal(folder, ' --decide d.json')
    expect(planIn(folder).arguments).toEqual({ decide: 'd.json' })
    write(folder, 'd.json', DECISIONS.replace('keep', 'c~x~docs'))
    expect(await refusal(folder)).toEqual([
      'error MDS076  d.json: It is not what the plan was made of: file of decisions changed',
    ])
    write(folder, 'd.json', DECISIONS)
    expect((await apply(folder)).status).toBe(0)
  })

  it('seals what the dry run has written there', async () => {
    const refs = '[c-diesel]: https://docs.rs/diesel\n[c-diesel-docs]: https://diesel.rs/guides\n'
    await using folder = await createFixture({
      'book.toml': '',
      'a.md': `[x][c-diesel] [y][c-diesel-docs] [z][c-slab]\n\n${refs}[c-slab]: https://docs.rs/slab\n`,
    })
    const { migrations } = await import('../transforms/index.ts')
    const { status } = await run(folder.path, 'migrate --dry-run --decide d.json --plan plan.json', {
      migrations,
    })
    expect([status, JSON.parse(read(folder, 'd.json')).labels.length > 0]).toEqual([1, true])
    expect(await apply(folder, '', { migrations })).toMatchObject({ status: 1 })
    expect(read(folder, 'a.md')).toContain('[z][c~slab~docs]')
  })
})
