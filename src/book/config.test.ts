import path from 'node:path'
import { createFixture, type FileTree } from 'fs-fixture'
import { describe, expect, it } from 'vitest'
import { CONFIG_NAME, type Config, configOf, DEFAULT_CONFIG, parseConfig, readConfig } from './config.ts'

const parsed = (json: unknown) => parseConfig(JSON.stringify(json), 'here.json')
const failureOf = (json: unknown) => {
  const result = parsed(json)
  return result.ok ? undefined : result.failure
}
const labelsOf = (labels: Readonly<Record<string, string>>) => {
  const result = parsed({ labels })
  return result.ok ? [...result.value.settings.labels] : result.failure.message
}

describe('the text of a configuration', () => {
  it('may say nothing at all', () => {
    expect(parsed({})).toEqual({ ok: true, value: DEFAULT_CONFIG })
    expect(parsed({ $schema: './schema.json' })).toEqual({ ok: true, value: DEFAULT_CONFIG })
  })

  it('decides labels and endings', () => {
    expect(parsed({ labels: { rust: 'rust-lang', 'c-x': 'c~y~docs' }, extensions: ['.md', '.mdx'] })).toEqual(
      {
        ok: true,
        value: {
          settings: {
            html: 'leave',
            headingIds: new Map(),
            labels: new Map([
              ['rust', 'rust-lang'],
              ['c-x', 'c~y~docs'],
            ]),
          },
          extensions: ['.md', '.mdx'],
        } satisfies Config,
      },
    )
  })

  it.each([
    ['cut short', '{ "labels": {', 'here.json:1:14'],
    ['with a comma too many', '{\n  "labels": {},\n}\n', 'here.json:3:1'],
    ['with a comment', '{\n  // rain\n}\n', 'here.json:2:3'],
    ['with single quotes', "{ 'labels': {} }", 'here.json:1:3'],
    ['empty', '', 'here.json:1:1'],
  ])('that is no JSON, %s, is a failure with its place', (_, text, place) => {
    const result = parseConfig(text, 'here.json')
    expect(result).toMatchObject({ ok: false, failure: { code: 'MDS003', place } })
  })

  it.each<[string, unknown, string]>([
    ['a list', [], ''],
    ['a word', 'rain', ''],
    ['null', null, ''],
    ['a key that nobody knows', { label: {} }, 'label'],
    ['labels that are a list', { labels: ['a'] }, '"labels"'],
    ['a label that is a number', { labels: { a: 1 } }, '"labels"."a"'],
    ['an empty label', { labels: { a: '' } }, '"labels"."a"'],
    ['a label of spaces', { labels: { a: ' \n' } }, '"labels"."a"'],
    ['a label with a bracket', { labels: { a: 'b]c' } }, '"labels"."a"'],
    ['a label with an opening bracket', { labels: { a: '[b' } }, '"labels"."a"'],
    ['a label of a footnote', { labels: { a: '^b' } }, '"labels"."a"'],
    ['a label with a line end', { labels: { a: 'b\nc' } }, '"labels"."a"'],
    ['a label that ends with a backslash', { labels: { a: 'b\\' } }, '"labels"."a"'],
    ['a label of more than 999 characters', { labels: { a: 'x'.repeat(1000) } }, '"labels"."a"'],
    ['an old label that can be none', { labels: { 'a]': 'b' } }, '"labels"'],
    ['an ending with the signs of globs', { extensions: ['.m*d'] }, '"extensions".0'],
    ['no endings', { extensions: [] }, '"extensions"'],
    ['an ending without its dot', { extensions: ['.md', 'mdx'] }, '"extensions".1'],
    ['an ending with a folder', { extensions: ['.md/x'] }, '"extensions".0'],
  ])('refused: %s', (_, json, name) => {
    const failure = failureOf(json)
    expect(failure).toMatchObject({ code: 'MDS003', place: expect.stringMatching(/^here\.json:\d+:\d+$/) })
    expect(failure?.message).toContain(name)
  })

  it('says where the value stands that it refuses', () => {
    const text = '{\n  "labels": {\n    "a": "b",\n    "c": "[d"\n  }\n}\n'
    expect(parseConfig(text, 'here.json')).toMatchObject({ failure: { place: 'here.json:4:10' } })
  })

  it('takes labels with escaped brackets, spaces and 999 characters', () => {
    const labels = { a: 'b\\]c', d: 'two words', e: 'x'.repeat(999) }
    expect(labelsOf(labels)).toEqual(Object.entries(labels))
  })

  it('refuses two spellings of one old label', () => {
    expect(labelsOf({ 'c-Slab': 'x', ' c-slab ': 'y' })).toContain('"c-Slab" and " c-slab " are one label')
  })

  it.each<[string, Record<string, string>]>([
    ['a chain', { a: 'b', b: 'c' }],
    ['two that change places', { a: 'b', b: 'a' }],
    ['a chain by another spelling', { a: 'B', b: 'c' }],
  ])('refuses %s: one step could not settle it', (_, labels) => {
    expect(labelsOf(labels)).toContain('which is to become another itself')
  })

  it('takes a label that stays, one that changes case, and two that become one', () => {
    const labels = { a: 'a', B: 'b', c: 'same', d: 'same' }
    expect(labelsOf(labels)).toEqual(Object.entries(labels))
  })
})

describe('the configuration of a folder', () => {
  async function extensionsIn(tree: FileTree, folder: string): Promise<readonly string[] | string> {
    await using top = await createFixture(tree)
    const config = await configOf(path.join(top.path, folder))
    return config.ok ? config.value.extensions : config.failure.code
  }
  const config = (extension: string) => JSON.stringify({ extensions: [extension] })

  it('is the nearest file upwards', async () => {
    const tree = {
      [CONFIG_NAME]: config('.top'),
      wind: { gusts: { deep: { 'a.md': '' } }, [CONFIG_NAME]: config('.wind') },
      rain: { 'a.md': '' },
    }
    expect(await extensionsIn(tree, '.')).toEqual(['.top'])
    expect(await extensionsIn(tree, 'rain')).toEqual(['.top'])
    expect(await extensionsIn(tree, 'wind')).toEqual(['.wind'])
    expect(await extensionsIn(tree, 'wind/gusts/deep')).toEqual(['.wind'])
  })

  it('is the default where there is none', async () => {
    expect(await extensionsIn({ 'a.md': '' }, '.')).toEqual(['.md'])
  })

  it('that cannot be used is a failure, and not the one above it', async () => {
    const tree = { [CONFIG_NAME]: config('.top'), wind: { [CONFIG_NAME]: '{' }, rain: { [CONFIG_NAME]: {} } }
    expect(await extensionsIn(tree, 'wind')).toBe('MDS003')
    expect(await extensionsIn({ ...tree, rain: { [CONFIG_NAME]: { 'a.md': '' } } }, 'rain')).toBe('MDS003')
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
      failure: { code: 'MDS003', place: `${folder.getPath('bad.json')}:1:1` },
    })
    expect(await readConfig(folder.getPath('none.json'))).toMatchObject({
      failure: { code: 'MDS003', place: folder.getPath('none.json') },
    })
  })
})
