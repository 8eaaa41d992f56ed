import path from 'node:path'
import { createFixture, type FileTree } from 'fs-fixture'
import { describe, expect, it } from 'vitest'
import { DEFAULT_SETTINGS } from '../model.ts'
import { chapterFilter, checkConfig, configOf, readConfig, settingsIn } from './config.ts'
import { type Config, DEFAULT_CONFIG } from './config-values.ts'
import { readJsonText } from './json-text.ts'

const FILE = '/book/mdshift.config.json'

/** Checks a configuration, indented by one space. */
function checked(json: unknown): Config | string[] {
  const source = readJsonText(JSON.stringify(json, null, 1), FILE)
  if (!('value' in source)) throw new Error('it is JSON')
  const result = checkConfig(source, FILE)
  if (result.ok) return result.value
  return result.failures.map(({ code, place, message }) => `${code} ${place} ${message}`)
}

/** `line:column message` of everything that is wrong. */
function wrongs(json: unknown): string[] {
  const result = checked(json)
  if (!Array.isArray(result)) return []
  return result.map((line) => line.replace(/^MDS003 \/book\/mdshift\.config\.json:(\S+) [^:]*: /, '$1 '))
}

function configOfUser(json: unknown): Config {
  const result = checked(json)
  if (Array.isArray(result)) throw new Error(result.join('\n'))
  return result
}

const labelsOf = (labels: Readonly<Record<string, string>>) => [...configOfUser({ labels }).settings.labels]

describe('a configuration', () => {
  it('may say nothing at all', () => {
    expect(checked({})).toEqual({ ...DEFAULT_CONFIG, file: FILE })
    expect(checked({ $schema: './schema.json' })).toEqual({ ...DEFAULT_CONFIG, file: FILE })
  })

  it('decides about everything', () => {
    expect(
      checked({
        include: ['src/**'],
        ignore: ['src/drafts/**'],
        extensions: ['.md', '.mdx'],
        migrations: { '0003-external-link-arrow': false, '2': true },
        labels: { rust: 'rust-lang', 'c-x': 'c~y~docs' },
        headingIds: { 'src/rain.md': { Notes: 'rain-notes' } },
        html: 'rewrite',
        grammar: {
          namespaces: { Forum: 'whole', mdn: { site: 'WWW.Example.org' }, blog: false },
          resources: ['Zulip', 'lists-archive'],
        },
        residue: ['theme/**/*.hbs', '!theme/old/*'],
      }),
    ).toEqual({
      file: FILE,
      limits: { fileSize: 4_000_000, seconds: 20 },
      include: ['src/**'],
      ignore: ['src/drafts/**'],
      extensions: ['.md', '.mdx'],
      migrations: [
        { name: '2', on: true, place: `${FILE}:13:3` },
        { name: '0003-external-link-arrow', on: false, place: `${FILE}:14:3` },
      ],
      settings: {
        labels: new Map([
          ['rust', 'rust-lang'],
          ['c-x', 'c~y~docs'],
        ]),
        headingIds: new Map([['/book/src/rain.md', new Map([['Notes', 'rain-notes']])]]),
        html: 'rewrite',
        grammar: {
          namespaces: new Map<string, unknown>([
            ['forum', 'whole'],
            ['mdn', { site: 'example.org' }],
            ['blog', false],
          ]),
          resources: new Map([
            ['zulip', true],
            ['lists-archive', true],
          ]),
        },
      },
      residue: ['theme/**/*.hbs', '!theme/old/*'],
    })
  })

  it('switches resources on and off', () => {
    const { grammar } = configOfUser({ grammar: { resources: { zulip: true, wiki: false } } }).settings
    expect([...grammar.resources]).toEqual([
      ['zulip', true],
      ['wiki', false],
    ])
  })

  it.each<[string, unknown, string]>([
    ['a list', [], '1:1 '],
    ['a word', 'rain', '1:1 '],
    ['null', null, '1:1 '],
    ['labels that are a list', { labels: ['a'] }, '2:12 labels: '],
    ['a label that is a number', { labels: { a: 1 } }, '3:8 labels.a: '],
    ['an empty label', { labels: { a: '' } }, '3:8 labels.a: is no label'],
    ['a label of spaces', { labels: { a: ' \n' } }, 'labels.a: is no label'],
    ['a label with a bracket', { labels: { 'c-x': 'b]c' } }, '3:10 labels."c-x": is no label'],
    ['a label with an opening bracket', { labels: { a: '[b' } }, 'labels.a: is no label'],
    ['a label of a footnote', { labels: { a: '^b' } }, 'labels.a: is no label'],
    ['a label with a line end', { labels: { a: 'b\nc' } }, 'labels.a: is no label'],
    ['a label that ends with a backslash', { labels: { a: 'b\\' } }, 'labels.a: is no label'],
    ['a label of more than 999 characters', { labels: { a: 'x'.repeat(1000) } }, 'labels.a: is no label'],
    ['an old label that can be none', { labels: { 'a]': 'b' } }, '3:3 labels."a]": is no label'],
    ['an ending with the signs of globs', { extensions: ['.m*d'] }, 'extensions.0: is no file name ending'],
    ['no endings', { extensions: [] }, 'extensions: '],
    ['an ending without its dot', { extensions: ['.md', 'mdx'] }, '4:3 extensions.1: '],
    ['an ending with a folder', { extensions: ['.md/x'] }, 'extensions.0: '],
    ['an empty pattern', { include: [''] }, 'include.0: is no pattern'],
    ['no patterns to include', { include: [] }, 'include: '],
    ['a pattern that takes back', { ignore: ['!src/a.md'] }, 'ignore.0: is no pattern'],
    ['a pattern from the top of the disk', { residue: ['/theme/*.hbs'] }, 'residue.0: is no pattern'],
    ['a pattern taken back twice', { residue: ['!!theme/*.hbs'] }, 'residue.0: is no pattern'],
    [
      'a pattern of too many wildcards',
      { include: [`src/${'*a'.repeat(9)}`] },
      'include.0: has too many wildcards',
    ],
    ['one that takes back', { residue: ['a', `!${'*a'.repeat(9)}`] }, 'residue.1: has too many wildcards'],
    ['a pattern with backslashes', { include: ['src\\*.md'] }, 'include.0: is no pattern'],
    ['a migration that is neither on nor off', { migrations: { '3': 'no' } }, '3:8 migrations."3": '],
    ['html that nobody knows', { html: 'mend' }, 'html: '],
    ['an id with a space', { headingIds: { 'a.md': { A: 'x y' } } }, '4:9 headingIds."a.md".A: is no id'],
    ['an id with its #', { headingIds: { 'a.md': { A: '#x' } } }, 'headingIds."a.md".A: is no id'],
    ['an id that is a class', { headingIds: { 'a.md': { A: '.x' } } }, 'headingIds."a.md".A: is no id'],
    ['an id with a brace', { headingIds: { 'a.md': { A: 'x}' } } }, 'headingIds."a.md".A: is no id'],
    ['an id with a quote', { headingIds: { 'a.md': { A: 'x"' } } }, 'headingIds."a.md".A: is no id'],
    ['an empty id', { headingIds: { 'a.md': { A: '' } } }, 'headingIds."a.md".A: is no id'],
    [
      'one id for two headings',
      { headingIds: { 'a.md': { A: 'x', B: 'x' } } },
      '5:4 headingIds."a.md".B: "A" has that id already',
    ],
    [
      'one chapter twice',
      { headingIds: { 'a.md': { A: 'x' }, './a.md': { B: 'y' } } },
      'headingIds."./a.md": "a.md" and "./a.md" are one file',
    ],
    [
      'a chapter by its absolute path',
      { headingIds: { '/a.md': { A: 'x' } } },
      'headingIds."/a.md": is no path relative to this file',
    ],
    [
      'a namespace with a hyphen',
      { grammar: { namespaces: { 'a-b': 'whole' } } },
      '4:4 grammar.namespaces."a-b": is no namespace',
    ],
    [
      'a division that nobody knows',
      { grammar: { namespaces: { a: 'whle' } } },
      'grammar.namespaces.a: is none of "crate", "book", "recipe", "whole"',
    ],
    [
      'a namespace that is switched on and not divided',
      { grammar: { namespaces: { a: true } } },
      'grammar.namespaces.a: is none of "crate"',
    ],
    [
      'a site that is an address',
      { grammar: { namespaces: { a: { site: 'https://example.org/' } } } },
      '5:13 grammar.namespaces.a.site: is no host',
    ],
    [
      'a namespace in two spellings',
      { grammar: { namespaces: { a: 'whole', A: 'crate' } } },
      '5:4 grammar.namespaces.A: "a" and "A" are one word',
    ],
    ['a resource with a tilde', { grammar: { resources: ['a~b'] } }, 'grammar.resources.0: is no resource'],
    ['the badge as a resource', { grammar: { resources: ['badge'] } }, 'grammar.resources.0: is no resource'],
    [
      'a resource without a word',
      { grammar: { resources: { '-a': true } } },
      'grammar.resources."-a": is no',
    ],
    ['resources that are a word', { grammar: { resources: 'zulip' } }, 'grammar.resources: is neither'],
  ])('is refused with %s', (_, json, message) => {
    const [first, ...others] = wrongs(json)
    expect(first).toContain(message)
    expect(first).toMatch(/^\d+:\d+ /)
    expect(others).toEqual([])
  })

  it.each([
    ['at the top', { lables: {} }, '2:2 lables: there is no such key (did you mean "labels"?)'],
    [
      'by another case',
      { headingids: {} },
      '2:2 headingids: there is no such key (did you mean "headingIds"?)',
    ],
    [
      'in an object',
      { grammar: { namespace: {} } },
      '3:3 grammar.namespace: there is no such key (did you mean "namespaces"?)',
    ],
    [
      'deep in one of several forms',
      { grammar: { namespaces: { a: { sites: 'example.org' } } } },
      'grammar.namespaces.a.sites: there is no such key (did you mean "site"?)',
    ],
    [
      'that is like no other',
      { frobnication: 1 },
      '2:2 frobnication: there is no such key; known are $schema, include, ignore, extensions, migrations, labels, headingIds, html, grammar, limits, residue',
    ],
  ])('names the nearest key that is known, %s', (_, json, message) => {
    expect(wrongs(json)).toContainEqual(expect.stringContaining(message))
  })

  it('tells of everything that is wrong at once', () => {
    expect(wrongs({ label: {}, html: 'mend', labels: { a: '', b: '[' }, extension: [] })).toHaveLength(5)
    expect(wrongs({ labels: { a: 'b', b: 'c', A: 'x' } })).toHaveLength(2)
  })

  it('takes labels with escaped brackets, spaces and 999 characters', () => {
    const labels = { a: 'b\\]c', d: 'two words', e: 'x'.repeat(999) }
    expect(labelsOf(labels)).toEqual(Object.entries(labels))
  })

  it('refuses two spellings of one old label', () => {
    expect(wrongs({ labels: { 'c-Slab': 'x', ' c-slab ': 'y' } })).toEqual([
      '4:3 labels." c-slab ": "c-Slab" and " c-slab " are one label',
    ])
  })

  it.each<[string, Record<string, string>]>([
    ['a chain', { a: 'b', b: 'c' }],
    ['two that change places', { a: 'b', b: 'a' }],
    ['a chain by another spelling', { a: 'B', b: 'c' }],
  ])('refuses %s: one step could not settle it', (_, labels) => {
    expect(wrongs({ labels })[0]).toContain('which is to become another itself')
  })

  it('takes a label that stays, one that changes case, and two that become one', () => {
    const labels = { a: 'a', B: 'b', c: 'same', d: 'same', e: 'a' }
    expect(labelsOf(labels)).toEqual(Object.entries(labels))
  })
})

describe('what a configuration says of chapters', () => {
  const filter = (json: unknown) => chapterFilter(configOfUser(json))

  it.each([
    ['all, where nothing is said', {}, 'src/a.md', true],
    ['what is included', { include: ['src/**/*.md'] }, 'src/deep/a.md', true],
    ['not what is not included', { include: ['src/**/*.md'] }, 'notes/a.md', false],
    ['not what is ignored', { ignore: ['src/drafts/**'] }, 'src/drafts/deep/a.md', false],
    ['not what is included and ignored', { include: ['src/**'], ignore: ['**/b.md'] }, 'src/b.md', false],
    ['what begins with a dot too', { include: ['src/**'] }, 'src/.well/a.md', true],
    ['above its folder', { include: ['../docs/**'] }, '../docs/a.md', true],
  ])('%s', (_, json, file, chapter) => {
    expect(filter(json)(path.resolve('/book', file))).toBe(chapter)
  })

  it('paths of headings are told from the root of a book', () => {
    const config = configOfUser({ headingIds: { 'docs/src/a.md': { Notes: 'a-notes' }, 'b.md': { B: 'b' } } })
    expect([...settingsIn(config, '/book/docs').headingIds.keys()]).toEqual(['src/a.md', '../b.md'])
    expect(settingsIn(DEFAULT_CONFIG, '/book')).toEqual(DEFAULT_SETTINGS)
  })
})

describe('the configuration of a folder', () => {
  async function extensionsIn(tree: FileTree, folder: string): Promise<readonly string[] | string> {
    await using top = await createFixture(tree)
    const config = await configOf(path.join(top.path, folder))
    return config.ok ? config.value.extensions : config.failures.map(({ code }) => code).join(' ')
  }
  const config = (extension: string) => JSON.stringify({ extensions: [extension] })
  const JSON_NAME = 'mdshift.config.json'

  it('is the nearest file upwards', async () => {
    const tree = {
      [JSON_NAME]: config('.top'),
      wind: { gusts: { deep: { 'a.md': '' } }, [JSON_NAME]: config('.wind') },
      rain: { 'a.md': '' },
    }
    expect(await extensionsIn(tree, '.')).toEqual(['.top'])
    expect(await extensionsIn(tree, 'rain')).toEqual(['.top'])
    expect(await extensionsIn(tree, 'wind')).toEqual(['.wind'])
    expect(await extensionsIn(tree, 'wind/gusts/deep')).toEqual(['.wind'])
  })

  it('is the nearest one, whatever it is written in', async () => {
    const tree = {
      [JSON_NAME]: config('.top'),
      wind: { 'mdshift.config.mjs': `export default ${config('.wind')}` },
    }
    expect(await extensionsIn(tree, 'wind')).toEqual(['.wind'])
  })

  it('is the default where there is none', async () => {
    expect(await extensionsIn({ 'a.md': '' }, '.')).toEqual(['.md'])
  })

  it('that cannot be used is a failure, and not the one above it', async () => {
    const tree = { [JSON_NAME]: config('.top'), wind: { [JSON_NAME]: '{' }, rain: { [JSON_NAME]: {} } }
    expect(await extensionsIn(tree, 'wind')).toBe('MDS003')
    expect(await extensionsIn({ ...tree, rain: { [JSON_NAME]: { 'a.md': '' } } }, 'rain')).toBe('MDS003')
  })

  it('is not written twice: both are named', async () => {
    await using folder = await createFixture({ [JSON_NAME]: '{}', 'mdshift.config.ts': 'export default {}' })
    const result = await configOf(folder.path.replace(/\/$/, ''))
    expect(result).toMatchObject({ ok: false, failures: [{ code: 'MDS003' }] })
    expect(result.ok ? '' : result.failures[0]?.message).toContain(
      'mdshift.config.ts and mdshift.config.json are in one folder',
    )
  })
})

describe('a configuration that is named', () => {
  it('may begin with a byte order mark', async () => {
    await using folder = await createFixture({ 'own.json': '\uFEFF{ "extensions": [".mdx"] }' })
    expect(await readConfig(folder.getPath('own.json'))).toMatchObject({ value: { extensions: ['.mdx'] } })
  })

  it('is read, and a failure names it', async () => {
    await using folder = await createFixture({ 'own.json': '{ "extensions": [".mdx"] }', 'bad.json': '[]' })
    expect(await readConfig(folder.getPath('own.json'))).toMatchObject({ value: { extensions: ['.mdx'] } })
    expect(await readConfig(folder.getPath('bad.json'))).toMatchObject({
      failures: [{ code: 'MDS003', place: `${folder.getPath('bad.json')}:1:1` }],
    })
    expect(await readConfig(folder.getPath('none.json'))).toMatchObject({
      failures: [{ code: 'MDS003', place: folder.getPath('none.json') }],
    })
  })
})
