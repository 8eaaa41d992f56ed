import fs from 'node:fs'
import { createFixture } from 'fs-fixture'
import { describe, expect, it } from 'vitest'
import { readFileFacts } from '../src/book/file-facts.ts'
import type { Book } from '../src/book/load.ts'
import { DEFAULT_SETTINGS } from '../src/model.ts'
import { explainFile, explainLabels } from '../src/runner/explain.ts'
import { inProcess } from '../src/runner/workers.ts'
import { migrations } from '../transforms/index.ts'
import { mdshift } from './support/program.ts'

const options = (labels: Readonly<Record<string, string>> = {}) => ({
  migrations,
  workers: inProcess(migrations),
  settings: { ...DEFAULT_SETTINGS, labels: new Map(Object.entries(labels)) },
})

function bookOf(texts: Readonly<Record<string, string>>): Book {
  return {
    root: '/book',
    files: Object.entries(texts).map(([path, text]) => ({ path, text, bom: false, chosen: true })),
    failures: [],
    outside: new Map(),
    unreadable: new Map(),
    facts: new Map(Object.entries(texts).map(([path, text]) => [path, readFileFacts(path, text)])),
  }
}

/** `column text: reason`, of one line of Markdown with definitions below it. */
async function missesIn(line: string, labels: Readonly<Record<string, string>> = {}): Promise<string[]> {
  const definitions = [...line.matchAll(/\]\[([^\]]+)\]/g)].map(([, label]) => `[${label}]: /x`).join('\n')
  const book = bookOf({ 'a.md': `${line}\n\n{{#include refs.md}}\n`, 'refs.md': `${definitions}\n` })
  const { nearMisses } = await explainFile(book, 'a.md', options(labels))
  return nearMisses.map(({ column, text, because }) => `${column} ${text}: ${because}`)
}

describe('near misses, and why they stay', () => {
  it.each<[string, string, string[]]>([
    [
      'a resource in the middle',
      '[a][docker-github-action]',
      ['5 docker-github-action: -github is a resource only at the end of a label'],
    ],
    ['the site itself', '[a][github-api]', ['5 github-api: github is the site itself as the first segment']],
    [
      'a namespace that nobody knows',
      '[a][forum-rain]',
      ['5 forum-rain: forum is no namespace, and no resource ends the label'],
    ],
    [
      'a label that is current',
      '[a][c~slab~docs]',
      ['5 c~slab~docs: it is current: ~ stands between its segments'],
    ],
    [
      'a page that is on no page of its site',
      '[a][mozilla-rain]',
      ['5 mozilla-rain: mozilla labels lead to a page of mozilla.org, and this one does not'],
    ],
    ['text in brackets', '[c-rain]', ['2 c-rain: it is text in brackets: nothing defines such a label here']],
    [
      'what is no label of the book',
      '`x [c-rain]` <b title="[c-wind]">b</b>',
      [
        '5 c-rain: it stands in code, and the book defines no such label',
        '25 c-wind: it stands in raw HTML, and the book defines no such label',
      ],
    ],
    [
      'a page that is named github',
      '[a][p-github]',
      ['5 p~github: github is what the label is about, behind the namespace p'],
    ],
    [
      'names with github in them, of a current label',
      '[a][github~api] [b][c~x~github~y] [c][c~octo-github]',
      [
        '5 github~api: it is current: ~ stands between its segments',
        '5 github~api: github is the site itself as the first segment',
        '21 c~x~github~y: it is current: ~ stands between its segments',
        '21 c~x~github~y: github is a resource only at the end of a label',
        '39 c~octo-github: it is current: ~ stands between its segments',
        '39 c~octo-github: github is a part of a name here, and no segment',
      ],
    ],
    ['the current arrow', 'rain ↗', ['6 ↗: ↗ (U+2197) is the current arrow']],
    [
      'other arrows',
      'rain → ⮥',
      ['6 →', '8 ⮥'].map((at) => `${at}: only ⮳ (U+2BB3) is the legacy arrow of external links`),
    ],
    [
      'an escaped arrow',
      '\\&#x2BB3; &amp;#11187;',
      ['1 \\&#x2BB3;', '11 &amp;#11187;'].map(
        (at) => `${at}: it is escaped: a reader sees these characters, and no arrow`,
      ),
    ],
    [
      'letters that are meant',
      'Ãngstrom naïve',
      ['1 Ãn: the bytes of "Ãn" in Windows-1252 are no UTF-8, so it is meant'],
    ],
    [
      'a heading that is current',
      '## Rain {#own .skip}',
      ['9 {#own .skip}: it is current: the id own of its own, and the class skip'],
    ],
    ['nothing that is reported', '## Rain {rain .skip}', []],
    ['nothing that is edited', '## Rain {#skip rain}', []],
    [
      'a class without an id',
      '## Rain {.skip}',
      ['9 {.skip}: it is current: the class skip, and the id that mdBook makes of the text'],
    ],
    [
      'ids that begin alike',
      '## Rain {#skip-me} [a](#skipping)',
      ['24 #skipping: #skipping is an id of its own: only skip, alone or with a number, is legacy'],
    ],
    [
      'an anchor in a paragraph',
      'Rain {#skip}',
      ['6 {#skip}: it stands in a paragraph, and only headings have attributes'],
    ],
    ['nothing that is changed', '[a][c-slab] ⮳ donâ€™t', []],
    ['nothing in plain prose', '[a](/b) `c` — naïve château', []],
  ])('%s', async (_, line, misses) => {
    expect(await missesIn(line)).toEqual(misses)
  })

  it('what a person decided', async () => {
    expect(await missesIn('[a][c-slab] [b][c-x]', { 'c-slab': 'c-slab', 'c-x': 'c~x~github' })).toEqual([
      '5 c-slab: the configuration keeps it by hand',
      '17 c~x~github: the configuration chose it by hand',
    ])
  })

  it('stand where they were before any migration', async () => {
    expect(await missesIn('â®³ [a][c-slab] ## {#own .skip} [b][github~api]')).toEqual([
      '37 github~api: it is current: ~ stands between its segments',
      '37 github~api: github is the site itself as the first segment',
    ])
  })
})

describe('labels', () => {
  const told = async (texts: Readonly<Record<string, string>>, label: string) => {
    const { labels } = await explainLabels(bookOf(texts), [label], options())
    const [one] = labels
    if (!one) throw new Error('nothing was told')
    return one
  }

  it('go through all migrations', async () => {
    const refs = '\n[C-slab-github]: https://github.com/tokio-rs/slab\n[c-slab]: https://docs.rs/slab\n'
    const one = await told({ 'a.md': '[x][c-slab-github]\n', 'refs.md': refs }, 'c-slab-github')
    expect(one).toMatchObject({
      definitions: [{ path: 'refs.md', line: 2, column: 1, destination: 'https://github.com/tokio-rs/slab' }],
      mentionedIn: ['a.md', 'refs.md'],
      answers: [{ paths: ['refs.md'], current: 'c~slab~repo' }],
    })
    expect(one.answers[0]?.steps.map(({ migration, answer }) => [migration, answer])).toEqual([
      [
        '0002-label-separators',
        { kind: 'rename', to: 'c~slab~github', because: 'github.com/tokio-rs/slab names the crate' },
      ],
      [
        '0004-repo-resource',
        {
          kind: 'rename',
          to: 'c~slab~repo',
          because: 'github at the end of c~slab~github is the resource repo',
        },
      ],
    ])
  })

  it('are refused as the book has it', async () => {
    const text = '[c-x]: https://docs.rs/x\n[c-x-docs]: https://x.example\n'
    expect((await told({ 'a.md': text }, 'c-x-docs')).answers).toMatchObject([
      { current: 'c-x-docs', steps: [{ answer: { kind: 'refused', candidates: ['c~x~docs'] } }] },
    ])
  })

  it('that the book does not have are told by what it proves', async () => {
    const one = await told({ 'a.md': '[c-cargo]: https://docs.rs/cargo\n' }, 'c-cargo-quick-github')
    expect(one).toMatchObject({
      definitions: [],
      mentionedIn: [],
      answers: [{ current: 'c~cargo~quick~repo' }],
    })
  })
})

describe('mdshift explain', () => {
  const BOOK = {
    'book.toml': '',
    'mdshift.config.json': '{ "residue": ["theme/*.hbs"] }',
    'src/a.md': '\uFEFF# A\n\n[x][c-slab]⮳ and `⮳` by [y][github-api]\n\n{{#include refs.md}}\n',
    'src/refs.md': '[c-slab]: https://docs.rs/slab\n[github-api]: https://docs.github.com\n',
    'src/odd:3.md': '⮳\n',
    'src/bad.md': Buffer.from([0xff]),
    'theme/head.hbs': '<p>\n⮳</p>\n',
    'notes.txt': '⮳\n',
  }

  it('tells every decision of a file, with its migration, rule and evidence', async () => {
    await using folder = await createFixture(BOOK)
    const { status, stdout, stderr } = mdshift(['explain', 'src/a.md'], folder.path)
    expect(status).toBe(0)
    expect(stdout.split('\n')).toEqual([
      'src/a.md:3:5  c-slab → c~slab~docs',
      '    0002-label-separators: docs.rs/slab names the crate',
      'src/a.md:3:12  ⮳ → ↗',
      '    0003-external-link-arrow: ⮳ (U+2BB3) is the legacy arrow of external links, wherever it stands as text',
      'src/a.md:3:19  ⮳ → ↗  left: opaque',
      '    0003-external-link-arrow: it stands in code',
      'src/a.md:3:29  github-api  stays',
      '    0002-label-separators: github is the site itself as the first segment',
      '',
    ])
    expect(stderr).toContain('2 edits, 1 left, 1 near miss\n')
    expect(stderr).toContain('error MDS002  src/bad.md')
  })

  it.each([
    ['src/a.md:3:12', 'src/a.md:3:12  ⮳ → ↗\n'],
    ['src/a.md:3:13', ''],
    ['src/a.md:1', ''],
    ['src/refs.md:2', 'src/refs.md:2:2  github-api  stays\n'],
    ['src/odd:3.md:1', 'src/odd:3.md:1:1  ⮳ → ↗\n'],
    ['theme/head.hbs:2', 'theme/head.hbs:2:1  ⮳ → ↗  left: opaque\n'],
  ])('of %s', async (place, line) => {
    await using folder = await createFixture(BOOK)
    const { status, stdout } = mdshift(['explain', place], folder.path)
    expect(status).toBe(0)
    expect(stdout.replace(/^ {4}.*\n/gm, '')).toBe(line)
  })

  it('counts the whole book from any folder of it', async () => {
    await using folder = await createFixture(BOOK)
    const { stdout } = mdshift(['explain', 'a.md:3:5'], folder.getPath('src'))
    expect(stdout).toContain('c-slab → c~slab~docs\n')
    expect(mdshift(['explain', '--label', 'c-slab'], folder.getPath('src')).stdout).toContain(
      'refs.md:1:1, leads to',
    )
  })

  it('prints JSON', async () => {
    await using folder = await createFixture(BOOK)
    expect(JSON.parse(mdshift(['explain', 'src/refs.md', '--format', 'json'], folder.path).stdout)).toEqual({
      version: 1,
      path: 'src/refs.md',
      findings: [
        {
          line: 1,
          column: 2,
          kind: 'change',
          migration: '0002-label-separators',
          legacy: 'c-slab',
          current: ['c~slab~docs'],
          because: 'docs.rs/slab names the crate',
        },
      ],
      nearMisses: [
        {
          line: 2,
          column: 2,
          migration: '0002-label-separators',
          text: 'github-api',
          because: 'github is the site itself as the first segment',
        },
      ],
    })
    const labels = mdshift(['explain', '--label', 'c-slab', 'rust', '--format=json'], folder.path)
    expect(JSON.parse(labels.stdout)).toMatchObject({
      version: 1,
      books: [{ labels: [{ label: 'c-slab', answers: [{ current: 'c~slab~docs' }] }, { label: 'rust' }] }],
    })
  })

  it('tells of several labels, known or not', async () => {
    await using folder = await createFixture(BOOK)
    const { status, stdout } = mdshift(['explain', '--label', 'c-slab', '--label', 'nobody'], folder.path)
    expect(status).toBe(0)
    expect(stdout.split('\n')).toEqual([
      'c-slab → c~slab~docs',
      '    0002-label-separators: c-slab → c~slab~docs: docs.rs/slab names the crate',
      '    defined at src/refs.md:1:1, leads to https://docs.rs/slab',
      '    in brackets in 2 files',
      'nobody  stays',
      '    0002-label-separators: nobody stays: it has no hyphen, and so nothing to separate',
      '    no file of the book has it',
      '',
    ])
  })

  it('takes a label in its brackets', async () => {
    await using folder = await createFixture(BOOK)
    const { stdout } = mdshift(['explain', '--label', '[c-slab]'], folder.path)
    expect(stdout).toBe(mdshift(['explain', '--label', 'c-slab'], folder.path).stdout)
    expect(stdout).toMatch(/^c-slab → c~slab~docs\n/)
  })

  it('answers by the grammar where there is no book, and says so', async () => {
    await using folder = await createFixture({
      'mdshift.config.json': '{ "labels": { "rust": "rust-lang" } }',
    })
    const { status, stdout, stderr } = mdshift(
      ['explain', '--label', 'c-cargo-quickinstall-github', 'ex-a-b-c', 'rust'],
      folder.path,
    )
    expect([status, stderr]).toEqual([0, 'There is no book here: the grammar of labels alone decided.\n'])
    expect(stdout).toMatch(/^c-cargo-quickinstall-github → c~cargo-quickinstall~repo$/m)
    expect(stdout).toMatch(/^ex-a-b-c {2}left: undecided\n.*it could be ex~a-b~c or ex~a~b-c$/m)
    expect(stdout).toMatch(/^rust → rust-lang\n.*decided by hand$/m)
    expect(
      JSON.parse(mdshift(['explain', '--label', 'x', '--format', 'json'], folder.path).stdout),
    ).toMatchObject({
      books: [{ book: null, labels: [{ label: 'x' }] }],
    })
  })

  it.each([
    ['a file that is not there', ['src/none.md'], /MDS040 {2}src\/none\.md: /],
    ['a folder', ['src'], /MDS040 {2}src: /],
    ['a file of no book', ['notes.txt'], /MDS040 {2}notes\.txt: /],
    ['a file that cannot be read', ['src/bad.md:1'], /MDS002 {2}src\/bad\.md: /],
    ['a line behind the end', ['src/refs.md:3'], /MDS041 {2}src\/refs\.md:3: .*it has 2 lines/],
    [
      'a column behind the end',
      ['src/refs.md:1:99'],
      /MDS041 {2}src\/refs\.md:1:99: .*line 1 has 30 columns/,
    ],
    ['nothing', [], /MDS009 .*explain takes a path, or --label/],
    ['both', ['src/a.md', '--label', 'x'], /MDS009 .*explain takes a path, or --label/],
    ['an unknown migration', ['src/a.md', '--only', '0009'], /MDS004/],
    [
      'a format that there is not',
      ['src/a.md', '--format', 'xml'],
      /MDS009 .*: Invalid values: Argument: format, Given: "xml", Choices: "text", "json"\n/,
    ],
    ['an empty label', ['--label', 'c-slab', ''], /MDS009 .*a label is empty/],
    ['brackets with nothing in them', ['--label', '[ ]'], /MDS009 .*a label is empty/],
  ])('of %s ends with 2', async (_, args, message) => {
    await using folder = await createFixture(BOOK)
    const { status, stdout, stderr } = mdshift(['explain', ...args], folder.path)
    expect([status, stdout]).toEqual([2, ''])
    expect(stderr).toMatch(message)
  })

  it('says what the README shows', async () => {
    await using folder = await createFixture({
      'src/a.md': '[x][c-diesel]\n\n{{#include refs.md}}\n',
      'src/refs.md': '[c-diesel]: https://docs.rs/diesel\n',
    })
    const readme = fs.readFileSync(new URL('../README.md', import.meta.url), 'utf8')
    const [, command = '', shown] = /^```console\n\$ mdshift (.*)\n([\s\S]*?)^```/m.exec(readme) ?? []
    expect(mdshift(command.split(' '), folder.path).stdout).toBe(shown)
  })

  it('shows control characters as escapes', async () => {
    await using folder = await createFixture({
      'a\u001b.md': '[x][c-a\u202e]\n\n[c-a\u202e]: https://docs.rs/a\n',
    })
    const { stdout } = mdshift(['explain', 'a\u001b.md'], folder.path)
    expect(stdout).toContain('a\\u{1b}.md:1:5  c-a\\u{202e} → ')
    expect(stdout + mdshift(['explain', '--label', 'c-a\u202e'], folder.path).stdout).not.toMatch(
      /[\u001b\u202e]/,
    )
  })
})
