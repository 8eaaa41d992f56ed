/** Each promise, broken on purpose by a migration of the test's own: the run is refused, and nothing is written. */
import fs from 'node:fs/promises'
import { createFixture } from 'fs-fixture'
import { createColors } from 'picocolors'
import { describe, expect, it } from 'vitest'
import { unhurried } from '../src/breathe.ts'
import type { Io } from '../src/cli/io.ts'
import { main } from '../src/cli/main.ts'
import { editsBetween } from '../src/markdown/print/difference.ts'
import type { Change } from '../src/model.ts'
import { defineTransform, type Transform } from '../src/transform/define.ts'
import type { EditableChapter } from '../src/transform/editable.ts'
import { askedTree } from '../src/transform/verify/asked-tree.ts'
import { verifyFile } from '../src/transform/verify.ts'
import { chapterOf } from './support/chapter.ts'

/** A migration that makes the edits that a function wants of each chapter. */
const breaking = (changes: (text: string, path: string) => readonly Omit<Change, 'because'>[]) =>
  defineTransform({
    id: '0009-breaking',
    version: 9,
    summary: '',
    reason: '',
    examples: [],
    mayMatch: () => true,
    transform: ({ text, path }) => ({
      changes: changes(text, path).map((change) => ({ ...change, because: 'a test' })),
      leftovers: [],
    }),
  })

/** Every place of some words becomes other words. */
const replacing = (words: readonly (readonly [string, string])[]) =>
  breaking((text) =>
    words.flatMap(([old, by]) =>
      [...text.matchAll(new RegExp(old.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'), 'g'))].map(({ index }) => ({
        start: index,
        end: index + old.length,
        text: by,
      })),
    ),
  )

async function migrated(
  texts: Readonly<Record<string, string>>,
  migration: Transform | readonly Transform[],
  ...flags: string[]
) {
  await using book = await createFixture(texts)
  const said = { stdout: '', stderr: '' }
  const stream = (name: keyof typeof said) => ({
    isTerminal: false,
    isJobLog: false,
    drained: async () => {},
    flushed: async () => undefined,
    colors: createColors(false),
    lines: (lines: readonly string[]) => {
      said[name] += lines.map((line) => `${line}\n`).join('')
    },
    raw: (text: string) => {
      said[name] += text
    },
  })
  const io: Io = {
    cwd: book.path,
    stdout: stream('stdout'),
    stderr: stream('stderr'),
    cpus: 1,
    threadScript: new URL('file:///none.js'),
    isSafe: false,
    trialScript: new URL('file:///none.js'),
    today: () => '2026-11-22',
    signal: new AbortController().signal,
    breathe: unhurried,
    leave: () => {},
  }
  const status = await main(['migrate', ...flags], io, {
    migrations: [migration].flat(),
    packs: new Map(),
    version: '0.0.0',
  })
  const names = await fs.readdir(book.path, { recursive: true })
  const files = await Promise.all(
    names
      .filter((name) => name.endsWith('.md'))
      .map(async (name) => [name, await book.readFile(name, 'utf8')]),
  )
  return { status, ...said, files: Object.fromEntries(files) as Record<string, string>, names }
}

const refs = '[c-rain]: https://example.org/rain\n[c-wind]: https://example.org/wind\n'

describe('a migration that', () => {
  it.each<[string, Record<string, string>, ReturnType<typeof breaking>, readonly string[]]>([
    [
      'edits behind the end of a chapter',
      { 'a.md': 'Rain.\n' },
      breaking(() => [{ start: 7, end: 9, text: 'wind' }]),
      ['MDS015  a.md: ', '0009-breaking: [7, 9) of 6 code units'],
    ],
    [
      'edits before its beginning',
      { 'a.md': 'Rain.\n' },
      breaking(() => [{ start: -1, end: 1, text: 'wind' }]),
      ['MDS015  a.md: ', '0009-breaking: [-1, 1)'],
    ],
    [
      'cuts a character in two',
      { 'a.md': 'A 🌧 falls.\n' },
      breaking((text) => [{ start: text.indexOf('🌧') + 1, end: text.indexOf('🌧') + 2, text: '!' }]),
      ['MDS012  a.md:1:', 'half of a character would be left'],
    ],
    [
      'asks for more each time',
      { 'a.md': 'Rain.\n' },
      replacing([['Rain', 'Rain, rain']]),
      ['MDS014  a.md: ', '0009-breaking would make "Rain, rain" of "Rain", at 1:1 of its result'],
    ],
    [
      'swallows a definition',
      { 'a.md': 'It rains [here][c-rain].\n\nSo dry\n\n[c-rain]: https://example.org/rain\n' },
      replacing([['So', '<!-- So']]),
      ['MDS012  a.md:', '0009-breaking "So" → "<!-- So" at a.md:3:1'],
    ],
    [
      'makes a definition useless',
      { 'a.md': 'It rains [here][c-rain].\n\n[c-rain]: https://example.org/rain\n' },
      replacing([['[c-rain]: ', '[c-rain] : ']]),
      ['MDS012  a.md:3:1', '0009-breaking "[c-rain]: " → "[c-rain] : " at a.md:3:1'],
    ],
    [
      'escapes an include',
      { 'a.md': 'It rains [here][c-rain].\n\n{{#include refs.md}}\n', 'refs.md': refs },
      replacing([['{{#include', '\\{{#include']]),
      ['MDS012  a.md:3:1', '"{{#include refs.md}}" would be no longer what it is', 'at a.md:3:1'],
    ],
    [
      'writes an include',
      { 'a.md': 'It rains, see refs.\n', 'refs.md': refs },
      replacing([['see refs', '{{#include refs.md}}']]),
      ['MDS012  a.md:1:', '"{{#include refs.md}}" would be new'],
    ],
    [
      'touches a directive',
      { 'a.md': 'It rains{{hi:rain}}.\n' },
      replacing([['hi:rain', 'hi:wind']]),
      ['MDS012  a.md:1:9', '"{{hi:rain}}" would be no longer what it is'],
    ],
    [
      'touches a wikilink',
      { 'a.md': 'It rains: [[rain]].\n' },
      replacing([['[[rain', '[[wind']]),
      ['MDS012  a.md:1:11', 'it stands in an mdBook wikilink'],
    ],
    [
      'touches code',
      { 'a.md': 'Say `rain`.\n' },
      replacing([['rain', 'wind']]),
      ['MDS012  a.md:1:6', 'it stands in code'],
    ],
    [
      'redirects a link through a collision',
      { 'a.md': 'See [rain][c-rain] and [wind][c-wind].\n\n{{#include refs.md}}\n', 'refs.md': refs },
      replacing([
        ['c-rain', 'c~weather'],
        ['c-wind', 'c~weather'],
      ]),
      [
        'MDS013  a.md:1:24: ',
        '0009-breaking "c-wind" → "c~weather" at a.md:1:31: ',
        'the link "wind" leads to https://example.org/wind, and would lead to https://example.org/rain',
      ],
    ],
    [
      'turns text into a link',
      { 'a.md': 'It rains [today].\n\n{{#include refs.md}}\n', 'refs.md': refs },
      replacing([['c-rain', 'today']]),
      ['MDS013  a.md:1:', '0009-breaking "c-rain" → "today" at refs.md:1:2: text would become'],
    ],
    [
      'turns a link into text',
      { 'a.md': 'It [rains][c-rain].\n\n{{#include refs.md}}\n', 'refs.md': refs },
      breaking((_, path) => (path === 'refs.md' ? [{ start: 1, end: 7, text: 'c~rain' }] : [])),
      ['MDS013  a.md:1:4', '0009-breaking "c-rain" → "c~rain" at refs.md:1:2: the link', 'would be lost'],
    ],
    [
      'leads a link elsewhere',
      { 'a.md': 'It [rains](b.md#rain).\n', 'b.md': '# Rain\n\n# Wind\n' },
      replacing([['#rain', '#wind']]),
      ['MDS013  a.md:1:4', 'the link "rains" leads to b.md#rain, and would lead to b.md#wind'],
    ],
    [
      'gives a heading another id and forgets a link to it, in another chapter',
      { 'a.md': 'It [rains](b.md#rain).\n', 'b.md': '# Rain {#rain}\n' },
      replacing([['{#rain}', '{#wet}']]),
      ['MDS013  a.md:1:4', 'the link "rains" leads to b.md#rain'],
    ],
    [
      'changes the text that an id is made of, and forgets a link to it',
      { 'a.md': '# Rain\n\nIt [rains](#rain).\n' },
      replacing([['# Rain', '# Wind']].map(([old = '', by = '']) => [old.slice(2), by.slice(2)] as const)),
      ['MDS013  a.md:3:4', '0009-breaking "Rain" → "Wind" at a.md:1:3'],
    ],
    [
      'changes the text that an id is made of by the older rule of mdBook',
      { 'a.md': 'Siehe [uns](#Über-uns).\n\n## Über uns\n' },
      replacing([['Über uns', 'über uns']]),
      ['MDS013  a.md:1:7', '0009-breaking "Über uns" → "über uns" at a.md:3:4'],
    ],
    [
      'leads a dead link to another page',
      { 'a.md': '[l][exx]\n\n[exx]: #gone\n[why]: b.md#foo\n', 'b.md': '# Foo\n' },
      breaking((_, path) => (path === 'a.md' ? [{ start: 4, end: 7, text: 'why' }] : [])),
      ['MDS013  a.md:1:1', 'the link "l" leads to #gone, and would lead to b.md#foo'],
    ],
    [
      'changes the kind of a block',
      { 'a.md': 'Rain: 4\n' },
      breaking(() => [{ start: 0, end: 6, text: '1. ' }]),
      ['MDS012  a.md:1:1', '0009-breaking "Rain: " → "1. " at a.md:1:1'],
    ],
    [
      'renames a footnote and forgets its mark',
      { 'a.md': 'Rain.[^1]\n\n[^1]: Wet.\n' },
      replacing([['[^1]:', '[^2]:']]),
      ['MDS012  a.md:', '0009-breaking'],
    ],
  ])('%s is refused, and nothing is written', async (_, texts, migration, words) => {
    const { status, stderr, files, names } = await migrated(texts, migration)
    for (const word of words) expect(stderr).toContain(word)
    expect(files).toEqual(texts)
    expect(names.filter((name) => !name.endsWith('.md'))).toEqual([])
    expect(status).toBe(2)
  })

  it('spoils what another did is the one that is blamed', async () => {
    const texts = { 'a.md': '[rain][c-rain]\n\n{{#include refs.md}}\n', 'refs.md': refs }
    const spoiling = {
      ...breaking((text) => {
        const at = text.indexOf('[c~rain]: ')
        return at < 0 ? [] : [{ start: at + 1, end: at + 7, text: 'c~snow' }]
      }),
      id: '0010-spoiling',
    }
    const { stderr, files } = await migrated(texts, [replacing([['c-rain', 'c~rain']]), spoiling])
    expect(stderr).toContain('0010-spoiling "c-rain" → "c~snow" at refs.md:1:2')
    expect(files).toEqual(texts)
  })

  it('redirects a link goes through where nobody asks for a proof', async () => {
    const texts = { 'a.md': '[rain][c-rain]\n\n{{#include refs.md}}\n', 'refs.md': refs }
    const words = [
      ['c-rain', 'c~weather'],
      ['c-wind', 'c~weather'],
    ] as const
    const { files, status } = await migrated(texts, replacing(words), '--no-verify')
    expect(files['refs.md']).toBe(refs.replaceAll(/c-\w+/g, 'c~weather'))
    expect(status).toBe(0)
  })

  it('breaks one part of a book keeps from being written what shares definitions with it, and no more', async () => {
    const texts = {
      'a.md': 'See [rain][c-rain] and [wind][c-wind].\n\n{{#include refs.md}}\n',
      'refs.md': refs,
      'far/b.md': 'See [rain][c-rain].\n\n{{#include refs.md}}\n',
      'far/refs.md': '[c-rain]: https://example.org/rain\n',
    }
    const words = [
      ['c-rain', 'c~weather'],
      ['c-wind', 'c~weather'],
    ] as const
    const { files, status } = await migrated(texts, replacing(words))
    expect(files['a.md']).toBe(texts['a.md'])
    expect(files['refs.md']).toBe(texts['refs.md'])
    expect(files['far/b.md']).toBe('See [rain][c~weather].\n\n{{#include refs.md}}\n')
    expect(status).toBe(2)
  })
})

/** A migration that changes the trees of some chapters, whose summary says no more than that. */
const mutating = (change: (chapter: EditableChapter) => void, id = '0008-tree') => ({
  ...breaking(() => []),
  id,
  transform(chapter: EditableChapter) {
    change(chapter)
  },
})

const weather = {
  'a.md':
    '# Rain\n\nIt [rains][c-rain], see [below](#wind) and [today].\n\n## Wind\n\n{{#include refs.md}}\n',
  'b.md': 'See [the wind](a.md#wind).\n',
  'refs.md': '[c-rain]: https://example.org/rain\n',
}

describe('a migration that changes the tree and', () => {
  it.each<[string, (chapter: EditableChapter) => void, readonly string[]]>([
    [
      'changes the text that an id is made of, and forgets the links to it',
      (chapter) =>
        chapter.find('heading', { depth: 2 }).forEach(({ node }) => {
          node.children = [{ type: 'text', value: 'Storm' }]
        }),
      [
        'MDS013  a.md:3:25',
        'MDS013  b.md:1:5',
        '0008-tree "Wind" → "Storm" at a.md:5:4',
        'the link "the wind" leads to a.md#wind, and nothing would have that id (setHeadingId keeps one',
      ],
    ],
    [
      'puts another heading of the same id before one',
      ({ path, tree }) => {
        if (path === 'a.md')
          tree.children.unshift({ type: 'heading', depth: 2, children: [{ type: 'text', value: 'Wind' }] })
      },
      ['MDS013  a.md:3:25', 'the link "below" leads to #wind, and #wind is another place then'],
    ],
    [
      'removes a definition that another file uses',
      (chapter) => chapter.find('definition').remove(),
      ['MDS013  a.md:3:4', 'at refs.md:1:1: the link "rains" to https://example.org/rain would be lost'],
    ],
    [
      'removes an include that defines a label',
      (chapter) => chapter.find('mdbookDirective').remove(),
      ['MDS013  a.md:3:4', 'the link "rains" to https://example.org/rain would be lost'],
    ],
    [
      'defines what is text elsewhere',
      ({ path, tree }) => {
        if (path === 'refs.md')
          tree.children.push({ type: 'definition', identifier: 'today', label: 'today', url: '/today' })
      },
      ['MDS013  a.md:3:', 'text would become the link "today" to /today'],
    ],
    [
      'refers to what nothing defines',
      ({ path, tree }) => {
        if (path === 'b.md')
          tree.children.push({
            type: 'paragraph',
            children: [
              {
                type: 'linkReference',
                referenceType: 'full',
                identifier: 'gone',
                label: 'gone',
                children: [{ type: 'text', value: 'x' }],
              },
            ],
          })
      },
      ['MDS012  b.md:', 'linkReference "gone" was asked for, and text'],
    ],
    [
      'wants what Markdown cannot say',
      ({ path, tree }) => {
        const [heading] = tree.children
        if (path === 'a.md' && heading?.type === 'heading')
          heading.children = [
            { type: 'text', value: 'one' },
            { type: 'break' },
            { type: 'text', value: 'two' },
          ]
      },
      ['MDS016  a.md:1:', '0008-tree: '],
    ],
  ])('%s is refused, and nothing is written', async (_, change, words) => {
    const { status, stderr, files } = await migrated(weather, mutating(change))
    for (const word of words) expect(stderr).toContain(word)
    expect(files).toEqual(weather)
    expect(status).toBe(2)
  })

  it('leads a definition elsewhere leads all links there that use it, and no others', async () => {
    const moving = mutating((chapter) =>
      chapter.find('definition').forEach(({ node }) => {
        node.url = 'https://example.org/wet'
      }),
    )
    const { status, files } = await migrated(weather, moving)
    expect(files).toEqual({ ...weather, 'refs.md': '[c-rain]: https://example.org/wet\n' })
    expect(status).toBe(0)
  })

  it('is the one that is blamed among those that are well', async () => {
    const lower = mutating(
      (chapter) =>
        chapter.find('heading', { depth: 1 }).forEach(({ node }) => {
          node.depth = 3
        }),
      '0007-well',
    )
    const wrong = mutating((chapter) => chapter.find('definition').remove())
    const { stderr, files } = await migrated(weather, [lower, wrong, replacing([['See', 'Look at']])])
    const [blamed] = stderr.split('\n')
    expect(blamed).toContain('0008-tree "[c-rain]: https://example.org/rain" → "" at refs.md:1:1: ')
    expect(files['b.md']).toBe('Look at [the wind](a.md#wind).\n')
  })
})

describe('the proof of one file', () => {
  const around = { isKnown: () => false, isPresumed: () => false, html: false }

  it.each([
    ['a byte before the edits', 'Rain falls.', 'rain drops.'],
    ['a byte behind them', 'Rain falls.', 'Rain drops!'],
    ['a byte too many', 'Rain falls.', 'Rain drops..'],
    ['an edit that was not made', 'Rain falls.', 'Rain falls.'],
  ])('sees %s', (_, before, after) => {
    const file = { path: 'a.md', before, after, edits: [{ start: 5, end: 10, text: 'drops' }] }
    expect(verifyFile(file, around).breach?.message).toBe('a byte that no edit is about would change')
  })

  it.each<[string, string, string, string, string]>([
    [
      'a heading of another level',
      '# Rain\n',
      '## Rain\n',
      '### Rain\n',
      'heading with depth "3" was asked for, and heading with depth "2"',
    ],
    [
      'a word of another',
      'Rain\n',
      'Wind\n',
      'Storm\n',
      'text "Storm" was asked for, and text "Wind" would be there',
    ],
    ['an address of another', '[a](b)\n', '[a](c)\n', '[a](d)\n', 'link with url'],
    ['a node too many', 'a\n', 'a\n\nb\n', 'a\n', 'nothing was asked for, and paragraph would be there'],
    ['a node too few', 'a\n\nb\n', 'a\n', 'a\n\nb\n', 'paragraph was asked for, and nothing would be there'],
    ['text for a link', '[a](b)\n', '\\[a](b)\n', '[a](c)\n', 'link was asked for'],
    ['nothing at all', '# Rain\n', '# Rain\n', '## Rain\n', 'heading with depth "2" was asked for'],
    ['a directive that nobody asked for', '`a`\n', '<!-- {{#include c}} -->`b`\n', '`b`\n', 'was asked for'],
  ])('sees that a tree got %s', (_, before, after, asked, message) => {
    const file = {
      path: 'a.md',
      before,
      after,
      edits: editsBetween(before, after),
      asked: askedTree(chapterOf(asked).tree),
    }
    expect(verifyFile(file, around).breach?.message).toContain(message)
    const right = { ...file, asked: askedTree(chapterOf(after).tree) }
    expect(verifyFile(right, around).breach).toBeUndefined()
  })

  it('counts the bytes outside of the edits of a tree', () => {
    const [before, after] = ['a\n\nRain\n', 'a\n\nWind\n']
    const file = { path: 'a.md', before, after, edits: [], asked: askedTree(chapterOf(after).tree) }
    expect(verifyFile(file, around).breach?.message).toBe('a byte that no edit is about would change')
  })

  it('says what an edit does to what a reader sees', () => {
    const file = {
      path: 'a.md',
      before: '# Rain &amp; wind {#skip}\n\n![a *b*](c "d")\n',
      after: '# Rain &amp; storm {#rain .skip}\n\n![x *b*](c "y")\n',
      edits: [
        { start: 13, end: 17, text: 'storm' },
        { start: 19, end: 24, text: '#rain .skip' },
        { start: 29, end: 30, text: 'x' },
        { start: 39, end: 40, text: 'y' },
      ],
    }
    const { breach, effects } = verifyFile(file, around)
    expect(breach).toBeUndefined()
    expect(effects.map(({ kind, from, to }) => [kind, from, to])).toEqual([
      ['heading', '{"id":"skip","classes":[],"others":[]}', '{"id":"rain","classes":["skip"],"others":[]}'],
      ['text', 'wind', 'storm'],
      ['alt', 'a', 'x'],
      ['title', 'd', 'y'],
    ])
  })
})
