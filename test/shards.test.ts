/** A check that is divided among machines, and put together again: byte by byte what one run tells. */
import fs from 'node:fs'
import fc from 'fast-check'
import { createFixture, type FsFixture } from 'fs-fixture'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { z } from 'zod'
import type { CheckReport } from '../src/book/report-schema.ts'
import { migrations } from '../transforms/index.ts'
import { arbitraryBook } from './support/arbitrary-book.ts'
import { type Ended, runCommand, wordMigration } from './support/command.ts'
import { mdshift } from './support/program.ts'

const NAMES = 'abcdef'.split('')

/** Something of everything that a check tells. */
const BOOK = {
  'book.toml': '',
  'mdshift.config.json': JSON.stringify({
    labels: { 'c-none': 'c~none' },
    residue: ['theme/*.hbs', 'none/*'],
  }),
  'mdshift.lock.json': JSON.stringify({
    version: 1,
    migrations: { '0002-label-separators': { applied: '2026-11-21', checksum: 'sha256-other' } },
  }),
  theme: { 'head.hbs': '<a>⮳</a>\n' },
  'refs.md.in':
    '[c-slab]: https://docs.rs/slab\n[c-diesel]: https://diesel.rs/guides\n[c-diesel-docs]: https://docs.rs/diesel\n',
  src: {
    ...Object.fromEntries(
      NAMES.map((name, index) => [
        `${name}.md`,
        `# ${name} {#skip}\n\n[slab][c-slab]⮳ and [d][c-diesel], [e][c-diesel-docs] \`⮳\` [n](${NAMES[index + 1] ?? 'a'}.md#skip)\n\n{{#include ../refs.md.in}}\n`,
      ]),
    ),
    'lost.md': '{{#include nowhere.md}}\n\n[x][c-lost]\n',
    'broken.md': Buffer.from([0x23, 0x20, 0xff, 0x0a]),
    'nul.md': 'a\0b\n',
  },
}

const run = (cwd: string, ...words: string[]): Promise<Ended> => runCommand(cwd, words, { migrations })
/** Without the seconds, which are never the same. */
const told = ({ status, stdout, stderr }: Ended) => ({
  status,
  stdout,
  stderr: stderr.replace(/\d+\.\d seconds/g, 'N seconds'),
})

/** What all shards write, merged in an order that is not theirs. */
async function merged(cwd: string, of: number, ...words: string[]): Promise<Ended> {
  const reports = Array.from({ length: of }, (_, index) => `${index + 1}-of-${of}.report.json`)
  for (const [index, report] of reports.entries())
    await run(cwd, 'check', '--shard', `${index + 1}/${of}`, '--report', report, ...words)
  return run(cwd, 'merge-reports', ...reports.reverse())
}

const COUNTS = [1, 2, 3, 4, 5, 6, 7, 8]

describe('reports of shards', () => {
  it.each([
    { words: [], counts: COUNTS },
    { words: ['--strict'], counts: [3] },
    { words: ['--only', '0002', 'src/a.md', 'src/b.md', 'src/broken.md'], counts: [2] },
  ])('are merged into what one run tells, with $words', async ({ words, counts }) => {
    await using folder = await createFixture(BOOK)
    const whole = told(await run(folder.path, 'check', ...words))
    expect(whole.status).toBe(2)
    expect(whole.stdout).not.toBe('')
    for (const of of counts) expect([of, told(await merged(folder.path, of, ...words))]).toEqual([of, whole])
  })

  it('are merged so whatever the book is, and wherever the command stands', async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryBook, fc.integer({ min: 1, max: 8 }), async (book, of) => {
        await using folder = await createFixture({ ...book, 'book.toml': '', 'deep/er/none.txt': '' })
        for (const place of ['.', 'deep/er']) {
          const cwd = folder.getPath(place)
          const paths = place === '.' ? [] : ['../..']
          expect(told(await merged(cwd, of, ...paths))).toEqual(told(await run(cwd, 'check', ...paths)))
        }
      }),
      { numRuns: Number(process.env['RUNS'] ?? 5) },
    )
  })

  it('are merged over several books, and end with 0 where all are current', async () => {
    const current = { 'book.toml': '', 'a.md': 'rain\n', 'b.md': 'snow\n' }
    await using folder = await createFixture({ one: current, two: { ...current, 'c.md': 'rain ⮳\n' } })
    expect(told(await merged(folder.path, 3))).toEqual(told(await run(folder.path, 'check')))
    expect(told(await merged(folder.path, 3, 'one'))).toMatchObject({ status: 0, stdout: '' })
  })

  it('are made of the bytes that the built program writes, too', async () => {
    await using folder = await createFixture(BOOK)
    const whole = mdshift(['check'], folder.path)
    for (const number of [1, 2])
      mdshift(['check', '--shard', `${number}/2`, '--report', `${number}.json`], folder.path)
    const { status, stdout, stderr } = mdshift(['merge-reports', '2.json', '1.json'], folder.path)
    const seconds = /\d+\.\d seconds/
    expect({ status, stdout, stderr: stderr.replace(seconds, '') }).toEqual({
      ...whole,
      stderr: whole.stderr.replace(seconds, ''),
    })
  })
})

describe('a shard', () => {
  it('tells of its own files, and the first of the book', async () => {
    await using folder = await createFixture(BOOK)
    const whole = await run(folder.path, 'check')
    const [first, second] = [
      await run(folder.path, 'check', '--shard', '1/2'),
      await run(folder.path, 'check', '--shard=2/2'),
    ]
    const lines = ({ stdout }: Ended) => stdout.split('\n').filter((line) => line !== '')
    expect([...lines(first), ...lines(second)].sort()).toEqual(lines(whole).sort())
    const ofBook = [
      /head\.hbs/,
      /mdshift\.lock\.json/,
      /no chapter has this label/,
      /none\/\*/,
      /lead nowhere/,
    ]
    for (const pattern of ofBook) {
      expect(first.stdout + first.stderr).toMatch(pattern)
      expect(second.stdout + second.stderr).not.toMatch(pattern)
    }
    const errors = (ended: Ended) => ended.stderr.match(/^error .*$/gm) ?? []
    expect([...errors(first), ...errors(second)].sort()).toEqual([...errors(whole)].sort())
  })

  it('has the same files when others come and go', async () => {
    await using folder = await createFixture(BOOK)
    const filesIn = async () => {
      await run(folder.path, 'check', '--shard', '1/3', '--report', 'r.json')
      const report: CheckReport = JSON.parse(await folder.readFile('r.json', 'utf8'))
      return report.books.flatMap(({ files }) => files.map(({ file }) => file))
    }
    const before = await filesIn()
    await folder.rm('src/c.md')
    await folder.writeFile('src/bb.md', 'rain\n')
    const others = (files: readonly string[]) => files.filter((file) => !/\/(?:c|bb)\.md$/.test(file))
    expect(others(await filesIn())).toEqual(others(before))
    expect(before.length).toBeGreaterThan(0)
  })

  it('may be empty', async () => {
    await using folder = await createFixture({ 'book.toml': '', 'a.md': 'rain\n' })
    const ended = await Promise.all(
      COUNTS.map((number) => run(folder.path, 'check', '--shard', `${number}/8`)),
    )
    expect(ended.map(({ status }) => status)).toEqual(COUNTS.map(() => 0))
    expect(ended.filter(({ stderr }) => stderr.includes('in 0 files'))).toHaveLength(7)
  })

  it('of a dry run shows its part of the diff', async () => {
    const { 'broken.md': _, 'nul.md': __, ...src } = BOOK.src
    await using folder = await createFixture({ ...BOOK, src })
    const whole = await run(folder.path, 'migrate', '--dry-run')
    const shards = await Promise.all(
      [1, 2, 3].map((number) => run(folder.path, 'migrate', '--dry-run', '--shard', `${number}/3`)),
    )
    const patches = ({ stdout }: Ended) => stdout.split(/^(?=--- )/m).filter((patch) => patch !== '')
    expect(shards.flatMap(patches).sort()).toEqual(patches(whole).sort())
    expect(shards.every((shard) => patches(shard).length < patches(whole).length)).toBe(true)
  })

  it('does nothing for files that no finding of its own depends on', async () => {
    const asked: string[] = []
    const rain = wordMigration('0001-rain', 'rain', 'drizzle')
    const watched = {
      ...rain,
      transform: (chapter: Parameters<typeof rain.transform>[0]) => {
        asked.push(chapter.path)
        return rain.transform(chapter, undefined)
      },
    }
    const files = Object.fromEntries(NAMES.map((name) => [`${name}.md`, 'rain\n']))
    await using folder = await createFixture({ 'book.toml': '', ...files })
    const surroundings = { migrations: [watched] }
    for (const number of [1, 2, 3])
      await runCommand(folder.path, ['check', '--shard', `${number}/3`], surroundings)
    expect(asked.sort()).toEqual(NAMES.map((name) => `${name}.md`))
  })
})

describe('--shard is refused', () => {
  it.each([
    [['check', '--shard', '3/2'], '"3/2" is not'],
    [['check', '--shard', '0/2'], '"0/2" is not'],
    [['check', '--shard', '1'], '"1" is not'],
    [['check', '--shard', '1/2', '--shard', '2/2'], '--shard is given more than once'],
    [['migrate', '--shard', '1/2'], '--shard goes with --dry-run alone'],
    [['migrate', '--dry-run', '--plan', 'p.json', '--shard', '1/2'], '--shard does not go with --plan'],
  ])('as in %j', async (words, message) => {
    await using folder = await createFixture(BOOK)
    const before = await folder.readFile('src/a.md', 'utf8')
    const { status, stderr } = await run(folder.path, ...words)
    expect([status, stderr]).toEqual([2, expect.stringContaining(message)])
    expect(await folder.readFile('src/a.md', 'utf8')).toBe(before)
  })
})

/** Reports of three shards, something done to them, and what is said against it. */
async function refusal(change: (folder: FsFixture) => Promise<unknown>, words = ['1', '2', '3']) {
  await using folder = await createFixture({ 'book.toml': '', 'a.md': 'rain ⮳\n', 'b.md': 'snow\n' })
  for (const number of [1, 2, 3])
    await run(folder.path, 'check', '--shard', `${number}/3`, '--report', `${number}.json`)
  await change(folder)
  const { status, stdout, stderr } = await run(
    folder.path,
    'merge-reports',
    ...words.map((one) => `${one}.json`),
  )
  expect([status, stdout]).toEqual([2, ''])
  return stderr.match(/^error .*$/gm) ?? []
}

const again = (folder: FsFixture, shard = '2/3', ...words: string[]) =>
  run(folder.path, 'check', '--shard', shard, '--report', '2.json', ...words)

const edited = async (folder: FsFixture, edit: (report: CheckReport) => unknown) => {
  const report: CheckReport = JSON.parse(await folder.readFile('2.json', 'utf8'))
  await folder.writeFile('2.json', JSON.stringify(edit(report)))
}

describe('merge-reports refuses', () => {
  it('what is no report, and says where', async () => {
    expect(await refusal((folder) => folder.rm('2.json'))).toEqual([
      expect.stringMatching(/^error MDS100 {2}2\.json: .*ENOENT/),
    ])
    expect(
      await refusal(async (folder) =>
        folder.writeFile('2.json', (await folder.readFile('2.json', 'utf8')).slice(0, 200)),
      ),
    ).toEqual([expect.stringMatching(/^error MDS100 {2}2\.json:\d+:\d+: .*no.* valid JSON/)])
    expect(await refusal((folder) => folder.writeFile('2.json', '{}'))).toEqual([
      expect.stringContaining('it is no report'),
    ])
    expect(
      await refusal((folder) => edited(folder, ({ books: _, ...rest }) => ({ ...rest, boks: [] }))),
    ).toEqual(expect.arrayContaining([expect.stringContaining('did you mean "books"?')]))
  })

  it('those of another form, or another mdshift', async () => {
    expect(await refusal((folder) => edited(folder, (report) => ({ ...report, version: 2 })))).toEqual([
      expect.stringMatching(/^error MDS101 {2}2\.json:\d+:\d+: .*knows version 1, and it is 2/),
    ])
    expect(await refusal((folder) => edited(folder, (report) => ({ ...report, mdshift: '9.9.9' })))).toEqual([
      'error MDS101  2.json: The report is of another version: mdshift 9.9.9 made it, and this is 1.2.3',
    ])
  })

  it('those of different books, configurations and arguments', async () => {
    const chapter = async (folder: FsFixture) => {
      await folder.writeFile('b.md', 'sleet\n')
      await again(folder)
    }
    expect(await refusal(chapter)).toEqual([
      'error MDS102  b.md: The reports are not of one run: chapter changed in 2.json, against 1.json',
    ])
    const added = async (folder: FsFixture) => {
      await folder.writeFile('c.md', 'sleet\n')
      await again(folder)
    }
    expect(await refusal(added)).toEqual([
      expect.stringContaining('c.md: The reports are not of one run: chapter new'),
    ])
    const config = async (folder: FsFixture) => {
      await folder.writeFile('mdshift.config.json', '{ "html": "rewrite" }')
      await again(folder)
    }
    expect(await refusal(config)).toEqual([
      expect.stringContaining('mdshift.config.json: The reports are not of one run: configuration new'),
    ])
    expect(await refusal((folder) => again(folder, '2/3', '--strict'))).toEqual([
      'error MDS102  2.json: The reports are not of one run: it was asked for --strict, and 1.json for nothing',
    ])
    expect(await refusal((folder) => again(folder, '2/3', 'a.md'))).toEqual([
      'error MDS102  2.json: The reports are not of one run: the paths led to other books or chapters',
    ])
  })

  it('shards that are missing, doubled, or of another number', async () => {
    const none = async () => {}
    expect(await refusal(none, ['1', '3'])).toEqual([expect.stringContaining('shard 2 of 3 is missing')])
    expect(await refusal(none, ['1', '1', '2', '3'])).toEqual([
      expect.stringMatching(/^error MDS103 {2}1\.json: .*it is shard 1 of 3, as 1\.json is/),
    ])
    expect(await refusal((folder) => again(folder, '2/4'))).toEqual([
      expect.stringMatching(/^error MDS103 {2}2\.json: .*it is one of 4, and 1\.json is one of 3/),
    ])
  })

  it('what only one of them knows to have failed', async () => {
    const failing = (report: CheckReport) => ({
      ...report,
      books: report.books.map((book) => ({
        ...book,
        failures: [
          { code: 'MDS006', message: 'The migration failed on this file', place: 'a.md', next: '', shard: 2 },
        ],
      })),
    })
    expect(await refusal((folder) => edited(folder, failing))).toEqual([
      expect.stringMatching(/^error MDS104 {2}a\.md: .*\(in 2\.json, and not in 1\.json\)/),
    ])
  })
})

describe('--report', () => {
  it('writes over a report, and over nothing else', async () => {
    await using folder = await createFixture({ 'book.toml': '', 'a.md': 'rain ⮳\n', 'notes.json': '{}' })
    await run(folder.path, 'check', '--report', 'r.json')
    const { ino } = fs.statSync(folder.getPath('r.json'))
    await run(folder.path, 'check', '--report', 'r.json')
    expect(fs.statSync(folder.getPath('r.json')).ino).toBe(ino)
    await folder.writeFile('a.md', 'snow\n')
    expect((await run(folder.path, 'check', '--report', 'r.json')).status).toBe(0)
    expect(told(await run(folder.path, 'merge-reports', 'r.json'))).toEqual(
      told(await run(folder.path, 'check')),
    )
    const { status, stderr } = await run(folder.path, 'check', '--report', 'notes.json')
    expect([status, stderr]).toEqual([2, expect.stringContaining('error MDS105  notes.json: ')])
    expect(await folder.readFile('notes.json', 'utf8')).toBe('{}')
    expect((await run(folder.path, 'check', '--report', 'none/r.json')).stderr).toMatch(
      /^error MDS007 {2}none\/r\.json: /m,
    )
  })
})

/** The commands of a workflow's job that are mdshift's, as docs/ci.md has them. */
function commandsOf(job: string, fence: string, values: Readonly<Record<string, string>> = {}) {
  const page = fs.readFileSync(new URL('../docs/ci.md', import.meta.url), 'utf8')
  const text = new RegExp(`^\`\`\`yaml ${fence}\\n(.*?)^\`\`\``, 'ms').exec(page)?.[1] ?? ''
  const steps = z.array(z.object({ run: z.string().optional() }))
  const found: unknown = parse(text)
  const workflow = z
    .union([
      z.object({ jobs: z.record(z.string(), z.object({ steps })) }),
      z.object({ steps }).transform((one) => ({ jobs: { [job]: one } })),
      steps.transform((one) => ({ jobs: { [job]: { steps: one } } })),
    ])
    .parse(found)
  return (workflow.jobs[job]?.steps ?? []).flatMap(({ run: command = '' }) => {
    const [, words] = /^npx mdshift (.*?)(?: \|\| .*)?$/.exec(command) ?? []
    return words === undefined
      ? []
      : [words.replace(/\$\{\{ (\S+) \}\}/g, (_, name: string) => values[name] ?? '').split(' ')]
  })
}

describe('docs/ci.md', () => {
  it('shows a matrix that comes to what one step comes to', async () => {
    await using folder = await createFixture(BOOK)
    for (const number of ['1', '2', '3', '4'])
      for (const words of commandsOf('check', 'matrix', { 'matrix.shard': number }))
        await run(folder.path, ...words)
    const [merge = []] = commandsOf('merge', 'matrix')
    const [check = []] = commandsOf('check', 'step')
    expect(merge[0]).toBe('merge-reports')
    expect(told(await run(folder.path, ...merge))).toEqual(told(await run(folder.path, ...check)))
  })

  it('shows a cache that is used', async () => {
    await using folder = await createFixture({ 'book.toml': '', 'a.md': 'rain ⮳\n' })
    const [words = []] = commandsOf('check', 'cache')
    const inFolder = words.map((word) => word.replace('~/', ''))
    expect((await run(folder.path, ...inFolder)).status).toBe(1)
    expect(fs.readdirSync(folder.getPath('.cache/mdshift'))).toHaveLength(1)
  })
})
