import fs from 'node:fs'
import path from 'node:path'
import { createFixture, type FsFixture } from 'fs-fixture'
import { describe, expect, it } from 'vitest'
import { mdshift } from './support/program.ts'

/** Two labels that want one name, one that its definitions contradict each other about, a heading that has to stay. */
const BOOK = {
  'book.toml': '',
  'src/a.md':
    '[Diesel][c-diesel], [its guide][c-diesel-docs], [a clock][c-wall-clock-github], [slab][c-slab].\n\n{{#include refs.md}}\n',
  'src/b.md': '## Legend {#skip}\n\n<a href="#skip">below</a>\n',
  'src/refs.md': `[c-diesel]: https://docs.rs/diesel
[c-diesel-docs]: https://diesel.rs/guides
[c-wall-clock-github]: https://docs.rs/wall
[c-wall-clock-github]: https://docs.rs/wall-clock
[c-slab]: https://docs.rs/slab
`,
}

const read = (folder: FsFixture, file: string) => fs.readFileSync(path.join(folder.path, file), 'utf8')
const chapters = (folder: FsFixture) => Object.keys(BOOK).map((file) => read(folder, file))
const inode = (folder: FsFixture, file: string) => fs.statSync(folder.getPath(file)).ino

interface Entry {
  label?: string
  heading?: string
  decision: string | null
}

interface Document {
  labels: Entry[]
  headings: Entry[]
}

const decisionsIn = (folder: FsFixture, file = 'd.json'): Document => JSON.parse(read(folder, file))

/** Edits the file as a person does: decisions by what they are about. */
function decide(folder: FsFixture, decisions: Readonly<Record<string, string | null>>): void {
  const document = decisionsIn(folder)
  for (const entry of [...document.labels, ...document.headings]) {
    const decision = decisions[entry.label ?? entry.heading ?? '']
    if (decision !== undefined) entry.decision = decision
  }
  fs.writeFileSync(folder.getPath('d.json'), JSON.stringify(document, null, 2))
}

const ALL = {
  'c-diesel': 'c~diesel~docs',
  'c-diesel-docs': 'c~diesel~guide',
  'c-wall-clock-github': 'c~wall-clock~github-of-old',
  Legend: 'keep',
}

describe('migrate --decide', () => {
  it('writes what it could not decide, with candidates, evidence and the first place', async () => {
    await using folder = await createFixture(BOOK)
    const { status, stderr } = mdshift(['migrate', '--decide', 'notes.json'], folder.path)
    expect(status).toBe(1)
    expect(stderr).toContain('Wrote 4 open questions to notes.json.')
    const reason =
      'refused: [c-diesel] leads to https://docs.rs/diesel, [c-diesel-docs] to https://diesel.rs/guides, and both would be one label'
    expect(decisionsIn(folder, 'notes.json')).toEqual({
      $schema: './node_modules/mdshift/mdshift.decisions.schema.json',
      version: 1,
      labels: [
        {
          label: 'c-diesel',
          decision: null,
          candidates: ['c~diesel~docs'],
          evidence: { reason, targets: ['https://docs.rs/diesel'] },
          place: 'src/a.md:1:10',
        },
        {
          label: 'c-diesel-docs',
          decision: null,
          candidates: ['c~diesel~docs'],
          evidence: { reason, targets: ['https://diesel.rs/guides'] },
          place: 'src/a.md:1:33',
        },
        {
          label: 'c-wall-clock-github',
          decision: null,
          candidates: ['c~wall~clock~github', 'c~wall-clock~github'],
          evidence: {
            reason: expect.stringContaining('undecided: its definitions contradict each other'),
            targets: ['https://docs.rs/wall', 'https://docs.rs/wall-clock'],
          },
          place: 'src/a.md:1:59',
        },
      ],
      headings: [
        {
          chapter: 'src/b.md',
          heading: 'Legend',
          decision: null,
          candidates: [],
          evidence: { reason: expect.stringContaining('it stands in raw HTML') },
          place: 'src/b.md:1:12',
        },
      ],
    })
    expect(read(folder, 'src/a.md')).toContain('[slab][c~slab~docs]')
  })

  it('of a dry run writes that file, and nothing else', async () => {
    await using folder = await createFixture(BOOK)
    const { status, stdout } = mdshift(['migrate', '--dry-run', '--decide', 'd.json'], folder.path)
    expect(status).toBe(1)
    expect(stdout).toContain('+++ b/src/a.md')
    expect(chapters(folder)).toEqual(Object.values(BOOK))
    expect(decisionsIn(folder).labels).toHaveLength(3)
    decide(folder, ALL)
    expect(mdshift(['migrate', '--dry-run', '--decide', 'd.json'], folder.path).status).toBe(0)
    expect(chapters(folder)).toEqual(Object.values(BOOK))
  })

  it('tells of places from the folder of the file, and reads them back', async () => {
    await using folder = await createFixture({ ...BOOK, 'notes/.keep': '' })
    mdshift(['migrate', '--dry-run', '--decide', 'notes/d.json'], folder.path)
    expect(decisionsIn(folder, 'notes/d.json')).toMatchObject({
      labels: [{ place: '../src/a.md:1:10' }, {}, {}],
      headings: [{ chapter: '../src/b.md' }],
    })
    expect(mdshift(['migrate', '--decide', 'notes/d.json'], folder.path).status).toBe(1)
  })

  it('applies what a person decided, and is clean from then on', async () => {
    await using folder = await createFixture(BOOK)
    mdshift(['migrate', '--decide', 'd.json'], folder.path)
    decide(folder, ALL)
    const file = read(folder, 'd.json')
    const { status, stderr } = mdshift(['migrate', '--decide', 'd.json'], folder.path)
    expect(status).toBe(0)
    expect(stderr).toContain('Kept on purpose: 1')
    expect(stderr).not.toContain('needs a decision')
    expect(read(folder, 'src/refs.md')).toBe(`[c~diesel~docs]: https://docs.rs/diesel
[c~diesel~guide]: https://diesel.rs/guides
[c~wall-clock~github-of-old]: https://docs.rs/wall
[c~wall-clock~github-of-old]: https://docs.rs/wall-clock
[c~slab~docs]: https://docs.rs/slab
`)
    expect(read(folder, 'src/b.md')).toBe(BOOK['src/b.md'])
    const before = Object.keys(BOOK).map((name) => inode(folder, name))
    const again = mdshift(['migrate', '--decide', 'd.json'], folder.path)
    expect(again.status).toBe(0)
    expect(again.stderr).toContain('0 ok')
    expect(Object.keys(BOOK).map((name) => inode(folder, name))).toEqual(before)
    expect(read(folder, 'd.json')).toBe(file)
  })

  it('still reports what nobody decided, and leaves the file alone', async () => {
    await using folder = await createFixture(BOOK)
    mdshift(['migrate', '--decide', 'd.json'], folder.path)
    decide(folder, { 'c-wall-clock-github': 'keep' })
    const file = read(folder, 'd.json')
    const { status, stderr } = mdshift(['migrate', '--decide', 'd.json'], folder.path)
    expect(status).toBe(1)
    expect(stderr).toContain('Not decided yet in d.json: 3')
    expect(stderr).not.toContain('c-wall-clock-github')
    expect(read(folder, 'src/a.md')).toContain('[a clock][c-wall-clock-github]')
    expect(read(folder, 'd.json')).toBe(file)
  })

  it('removes a question that another decision settled', async () => {
    await using folder = await createFixture(BOOK)
    mdshift(['migrate', '--decide', 'd.json'], folder.path)
    decide(folder, { ...ALL, 'c-diesel': null })
    expect(mdshift(['migrate', '--dry-run', '--decide', 'd.json'], folder.path).status).toBe(0)
    expect(decisionsIn(folder).labels).toHaveLength(3)
    const { status, stderr } = mdshift(['migrate', '--decide', 'd.json'], folder.path)
    expect(status).toBe(0)
    expect(stderr).toContain('Settled without a decision, and removed from d.json: 1')
    expect(decisionsIn(folder).labels.map(({ label }) => label)).toEqual([
      'c-diesel-docs',
      'c-wall-clock-github',
    ])
    expect(mdshift(['migrate', '--decide', 'd.json'], folder.path).status).toBe(0)
  })

  it('adds new questions behind the old entries, with the line ends of the file', async () => {
    await using folder = await createFixture(BOOK)
    const own =
      '{ "version": 1,\r\n    "labels": [ {"label":"c-slab" , "decision":"c~slab-alloc~docs"} ] }\r\n'
    fs.writeFileSync(folder.getPath('d.json'), own)
    const { status, stderr } = mdshift(['migrate', '--decide', 'd.json'], folder.path)
    expect(status).toBe(1)
    expect(stderr).toContain('Wrote 4 open questions to d.json.')
    expect(read(folder, 'd.json').replaceAll('\r\n', '')).not.toContain('\n')
    expect(decisionsIn(folder).labels.map(({ label }) => label)).toEqual([
      'c-slab',
      'c-diesel',
      'c-diesel-docs',
      'c-wall-clock-github',
    ])
    expect(decisionsIn(folder).headings).toHaveLength(1)
    expect(read(folder, 'src/a.md')).toContain('[slab][c~slab-alloc~docs]')
  })

  it('refuses a decision that would redirect a link', async () => {
    await using folder = await createFixture(BOOK)
    mdshift(['migrate', '--decide', 'd.json'], folder.path)
    decide(folder, { ...ALL, 'c-diesel-docs': 'c~slab~docs' })
    const { status, stderr } = mdshift(['migrate', '--decide', 'd.json'], folder.path)
    expect(status).toBe(2)
    expect(stderr).toMatch(
      /MDS023 {2}d\.json:21:19: .*"c-diesel-docs" cannot become "c~slab~docs": .*both would be one label/,
    )
    expect(read(folder, 'src/refs.md')).toContain('[c-diesel-docs]: https://diesel.rs/guides')
  })

  it.each([
    [
      'of the legacy syntax',
      { labels: [{ label: 'c-diesel-docs', decision: 'c-diesel-guide' }] },
      'of the legacy syntax itself',
    ],
    [
      'of what a rule makes, which is taken',
      { labels: [{ label: 'c~slab~docs', decision: 'c~wall~docs' }] },
      'and both would be one label',
    ],
    [
      'an id that something has',
      { headings: [{ chapter: 'src/b.md', heading: 'Sun', decision: 'rain' }] },
      'is the id of something else',
    ],
  ])(
    'ends with 2 and writes nothing with a decision that cannot be done: %s',
    async (_, decisions, because) => {
      const book = {
        'src/a.md': BOOK['src/a.md'].replace('slab]', 'slab], [wall][c-wall]'),
        'src/refs.md': `${BOOK['src/refs.md']}[c-wall]: https://docs.rs/wall\n`,
        'src/b.md': '## Rain\n\n## Sun {#skip}\n',
        'd.json': JSON.stringify({ version: 1, ...decisions }),
      }
      await using folder = await createFixture(book)
      for (const args of [['migrate'], ['migrate', '--dry-run'], ['check']]) {
        const { status, stdout, stderr } = mdshift([...args, '--decide', 'd.json'], folder.path)
        expect([status, stdout]).toEqual([2, ''])
        expect(stderr).toMatch(/MDS023 {2}d\.json:1:\d+: A decision cannot be done: /)
        expect(stderr).toContain(because)
      }
      for (const [file, text] of Object.entries(book)) expect(read(folder, file)).toBe(text)
    },
  )

  it('asks about the name that an earlier migration made, and finds it again where nothing was written', async () => {
    await using folder = await createFixture({
      'a.md':
        '[One][c-vane-github] [two][c~vane~repo]\n\n[c-vane-github]: https://github.com/a/vane\n[c~vane~repo]: https://github.com/b/vane\n',
    })
    mdshift(['migrate', '--dry-run', '--decide', 'd.json'], folder.path)
    expect(decisionsIn(folder).labels).toMatchObject([
      { label: 'c~vane~github', evidence: { targets: ['https://github.com/a/vane'] } },
    ])
    decide(folder, { 'c~vane~github': 'c~vane~mirror' })
    for (const args of [['--dry-run'], [], []])
      expect(mdshift(['migrate', ...args, '--decide', 'd.json'], folder.path).status).toBe(0)
    expect(read(folder, 'a.md')).toContain('[One][c~vane~mirror] [two][c~vane~repo]')
  })

  it('tells how much is open that it cannot ask about', async () => {
    await using folder = await createFixture({ 'a.md': '## Rain {#skip} and Wind\n\n[wind](#skip2)\n' })
    const { status, stderr } = mdshift(['migrate', '--decide', 'd.json'], folder.path)
    expect(status).toBe(1)
    expect(stderr).toContain(
      '2 open places are no labels or headings, and have no entry: `mdshift check` lists them.',
    )
    expect(fs.existsSync(folder.getPath('d.json'))).toBe(false)
    await folder.writeFile('a.md', '[wind](#skip2)\n')
    expect(mdshift(['migrate', '--decide', 'd.json'], folder.path).stderr).toContain(
      '1 open place is no label or heading, and has no entry: `mdshift check` lists it.',
    )
    await folder.writeFile('a.md', '## Rain\n')
    expect(mdshift(['migrate', '--decide', 'd.json'], folder.path).stderr).not.toContain('open place')
  })

  it('writes no file where nothing is open', async () => {
    await using folder = await createFixture({ 'a.md': 'An arrow ⮳\n' })
    expect(mdshift(['migrate', '--decide', 'd.json'], folder.path).status).toBe(0)
    expect(fs.existsSync(folder.getPath('d.json'))).toBe(false)
  })

  it('writes no chapter where the file cannot be written', async () => {
    await using folder = await createFixture(BOOK)
    const { status, stderr } = mdshift(['migrate', '--decide', 'nowhere/d.json'], folder.path)
    expect(status).toBe(2)
    expect(stderr).toMatch(/MDS007 .*nowhere/)
    expect(stderr).not.toContain('Wrote')
    expect(chapters(folder)).toEqual(Object.values(BOOK))
  })

  it.each([
    ['bad JSON', '{ "version": 1,', /MDS020 {2}d\.json:1:16: /],
    ['a version that it does not know', '{ "version": 7 }', /MDS021 {2}d\.json:1:14: /],
    [
      'a decision that is no label',
      '{ "version": 1, "labels": [{ "label": "c-diesel", "decision": "a[b" }] }',
      /MDS020 {2}d\.json:1:63: .*labels\.0\.decision: is no label/,
    ],
    [
      'a keep that is written otherwise',
      '{ "version": 1, "labels": [{ "label": "c-diesel", "decision": "Keep" }], "headings": [{ "chapter": "src/b.md", "heading": "Legend", "decision": "KEEP" }] }',
      /MDS020 {2}d\.json:1:63: .*labels\.0\.decision: did you mean "keep"\?.*\n.*headings\.0\.decision: did you mean "keep"\?/,
    ],
    [
      'a label that the book does not have',
      '{ "version": 1, "labels": [{ "label": "c-gone", "decision": "c~gone~docs" }] }',
      /MDS022 {2}d\.json:1:39: .*no chapter has the label "c-gone", nor "c~gone~docs"/,
    ],
    [
      'a label without a decision that the book does not have',
      '{ "version": 1, "labels": [{ "label": "c-gone", "decision": null }] }',
      /MDS022 {2}d\.json:1:39: .*no chapter has the label "c-gone"$/m,
    ],
    [
      'a heading that the chapter does not have',
      '{ "version": 1, "headings": [{ "chapter": "src/b.md", "heading": "Legends", "decision": "x" }] }',
      /MDS022 {2}d\.json:1:66: .*no heading "Legends"/,
    ],
    [
      'a chapter that there is not',
      '{ "version": 1, "headings": [{ "chapter": "src/c.md", "heading": "Legend", "decision": "x" }] }',
      /MDS022 {2}d\.json:1:66: .*no heading "Legend"/,
    ],
  ])('ends with 2 and writes nothing with %s', async (_, text, message) => {
    await using folder = await createFixture({ ...BOOK, 'd.json': text })
    const { status, stdout, stderr } = mdshift(['migrate', '--decide', 'd.json'], folder.path)
    expect([status, stdout]).toEqual([2, ''])
    expect(stderr).toMatch(message)
    expect(read(folder, 'd.json')).toBe(text)
    expect(chapters(folder)).toEqual(Object.values(BOOK))
  })

  it('may not contradict the configuration', async () => {
    await using folder = await createFixture({
      ...BOOK,
      'mdshift.config.json': '{ "labels": { "c-diesel-docs": "c~diesel~manual" } }',
      'd.json': '{ "version": 1, "labels": [{ "label": "c-diesel-docs", "decision": "keep" }] }',
    })
    const { status, stderr } = mdshift(['migrate', '--decide', 'd.json'], folder.path)
    expect(status).toBe(2)
    expect(stderr).toMatch(
      /MDS020 {2}d\.json:1:68: .*the configuration makes "c~diesel~manual" of "c-diesel-docs"/,
    )
  })

  it('finds headings whose text has links and brackets in it', async () => {
    await using folder = await createFixture({
      'a.md':
        '## A [vane][c-vane] [or so] {#skip}\n\n<a href="#skip">up</a>\n\n[c-vane]: https://docs.rs/vane\n',
    })
    mdshift(['migrate', '--decide', 'd.json'], folder.path)
    decide(folder, { [decisionsIn(folder).headings[0]?.heading ?? '']: 'keep' })
    expect(mdshift(['migrate', '--decide', 'd.json'], folder.path).status).toBe(0)
  })
})

describe('a heading that a person keeps', () => {
  const KEPT = {
    'a.md': '# A\n\n## Notes {#skip}\n\n[here](#skip)\n\n## Vane {#skip1}\n\n[there](b.md#skip)\n',
    'b.md': '## Rain {#skip}\n\n<a href="#skip">up</a>\n',
  }
  const entry = { chapter: 'a.md', heading: 'Notes', decision: 'keep' }

  it('stays although a rule could decide about it, with its links', async () => {
    await using folder = await createFixture({
      ...KEPT,
      'd.json': JSON.stringify({ version: 1, labels: [], headings: [entry] }),
    })
    mdshift(['migrate', '--decide', 'd.json'], folder.path)
    expect(read(folder, 'a.md')).toBe(KEPT['a.md'].replace('{#skip1}', '{#vane .skip}'))
    expect(decisionsIn(folder).headings).toMatchObject([entry, { chapter: 'b.md', heading: 'Rain' }])
    decide(folder, { Rain: 'keep' })
    expect(mdshift(['migrate', '--decide', 'd.json'], folder.path).status).toBe(0)
    const { status, stdout } = mdshift(['check', '--strict', '--decide', 'd.json'], folder.path)
    expect([status, stdout]).toEqual([0, ''])
  })
})

describe('check --decide', () => {
  it('passes what a person keeps, and writes nothing', async () => {
    await using folder = await createFixture(BOOK)
    mdshift(['migrate', '--decide', 'd.json'], folder.path)
    decide(folder, { ...ALL, 'c-diesel-docs': 'keep' })
    mdshift(['migrate', '--decide', 'd.json'], folder.path)
    const file = read(folder, 'd.json')
    expect(mdshift(['check'], folder.path).status).toBe(1)
    expect(mdshift(['check', '--decide', 'd.json'], folder.path).status).toBe(0)
    expect(read(folder, 'd.json')).toBe(file)
  })

  it('needs the file', async () => {
    await using folder = await createFixture(BOOK)
    const { status, stderr } = mdshift(['check', '--decide', 'd.json'], folder.path)
    expect([status, stderr]).toEqual([2, expect.stringContaining('MDS001  d.json: ')])
    expect(fs.existsSync(folder.getPath('d.json'))).toBe(false)
  })
})

describe('a configuration about what the book does not have', () => {
  it('is told of on stderr, and is no error', async () => {
    const config = {
      labels: {
        'c-gone': 'c~gone~docs',
        'c-diesel-docs': 'c~diesel~guide',
        'c-wall-clock-github': 'c-wall-clock-github',
      },
      headingIds: { 'src/none.md': { Legend: 'legend' }, 'src/b.md': { Legend: 'legend' } },
    }
    await using folder = await createFixture({ ...BOOK, 'mdshift.config.json': JSON.stringify(config) })
    for (const args of [['migrate'], ['migrate'], ['check']]) {
      const { stderr } = mdshift(args, folder.path)
      expect(stderr.match(/warning {2}.*$/gm)).toEqual([
        expect.stringMatching(
          /mdshift\.config\.json: labels\."c-gone": no chapter has this label, nor "c~gone~docs"/,
        ),
        expect.stringMatching(/mdshift\.config\.json: headingIds\."src\/none\.md": there is no such chapter/),
      ])
    }
    expect(read(folder, 'src/refs.md')).toContain('[c~diesel~guide]')
  })
})

describe('an id by hand for a heading', () => {
  it('that is not there, or is not legacy, is told of on stderr; one that is done is not', async () => {
    const ids = { Rain: 'the-rain', Sun: 'the-sun', Snow: 'the-snow' }
    await using folder = await createFixture({
      'a.md': '## Rain {#skip}\n\n## Sun {#sun .skip}\n',
      'mdshift.config.json': JSON.stringify({ headingIds: { 'a.md': ids } }),
    })
    const told = (args: readonly string[]) => mdshift(args, folder.path).stderr.match(/headingIds.*$/gm)
    const snow = 'headingIds."a.md".Snow: the chapter has no such heading'
    const sun = 'headingIds."a.md".Sun: this heading has none of the legacy syntax, and keeps its own id'
    expect(told(['check', '--only', '3'])).toEqual([snow])
    for (const args of [['migrate'], ['migrate'], ['check']]) expect(told(args)).toEqual([sun, snow])
    expect(read(folder, 'a.md')).toBe('## Rain {#the-rain .skip}\n\n## Sun {#sun .skip}\n')
  })
})

describe('a migration that there is not', () => {
  it.each([
    ['of the wrong kind', { html: 'both' }],
    ['that contradicts itself', { labels: { 'c-a': 'c~a', 'C-A': 'c~a' } }],
  ])('is told with what else is wrong: something %s', async (_, wrong) => {
    const config = { migrations: { 'skip-clas': false }, ...wrong }
    await using folder = await createFixture({ ...BOOK, 'mdshift.config.json': JSON.stringify(config) })
    const { status, stderr } = mdshift(['check'], folder.path)
    expect(status).toBe(2)
    expect(stderr).toContain('error MDS003')
    expect(stderr).toMatch(/MDS004 {2}.*json:1:16: .*"skip-clas" \(did you mean "skip-class"\?\)/)
  })
})
