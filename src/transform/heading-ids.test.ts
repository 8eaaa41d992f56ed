import { describe, expect, it } from 'vitest'
import { migrateTexts, type Options } from '../../test/support/book.ts'
import mojibake from '../../transforms/0001-mojibake/index.ts'
import skipClass from '../../transforms/0005-skip-class/index.ts'

const migrated = async (texts: Readonly<Record<string, string>>, options: Options) => {
  const report = await migrateTexts(texts, options)
  expect(report.failures).toEqual([])
  return {
    after: Object.fromEntries(report.files.map(({ path, after }) => [path, after])),
    left: report.files.flatMap(({ findings }) => findings.filter(({ kind }) => kind !== 'change')),
  }
}

const skip = { migrations: [skipClass] }

describe('a heading and a link to it, in two files', () => {
  const texts = { 'rain.md': '## Gauges {#skip}\n', 'wind.md': 'See [gauges](rain.md#skip).\n' }

  it('change together', async () => {
    const { after, left } = await migrated(texts, skip)
    expect([after, left]).toEqual([
      { 'rain.md': '## Gauges {#gauges .skip}\n', 'wind.md': 'See [gauges](rain.md#gauges).\n' },
      [],
    ])
  })

  it.each([
    ['where the link is not written', 'wind.md', ['rain.md']],
    ['where the heading is not written', 'rain.md', ['wind.md']],
  ])('stay together %s', async (_, outside, written) => {
    const { after, left } = await migrated(texts, { ...skip, outside: [outside] })
    expect(after).toEqual(
      Object.fromEntries(Object.entries(texts).filter(([path]) => written.includes(path))),
    )
    expect(left).toHaveLength(1)
  })

  it('do the same whatever the order of files', async () => {
    const book = {
      'a.md': '<a href="c.md#skip">c</a>, [notes](b.md#notes-skip)\n',
      'b.md': '## Notes <#skip>\n\n## Notes <#skip>\n\n[c](c.md#skip), [c](c.md#c-skip-1)\n',
      'c.md': '## C {#skip}\n\n## C <#skip>\n\n## C <#skip>\n',
    }
    const reversed = Object.fromEntries(Object.entries(book).reverse())
    const [one, other] = [await migrated(book, skip), await migrated(reversed, skip)]
    expect(one.after).toEqual(other.after)
    expect(one.after['b.md']).toBe(
      '## Notes {#notes .skip}\n\n## Notes {#notes-1 .skip}\n\n[c](c.md#skip), [c](c.md#c-2)\n',
    )
  })
})

describe('links in raw HTML, where the configuration has them rewritten', () => {
  const rewrite = { settings: { html: 'rewrite' as const } }

  it('follow', async () => {
    const text = '<a class="x" href=\'#skip\'>rain</a> <!-- <a href="#skip"> -->\n\n## Rain {#skip}\n'
    const { after, left } = await migrated({ 'a.md': text }, { ...skip, ...rewrite })
    expect(after['a.md']).toBe(
      '<a class="x" href=\'#rain\'>rain</a> <!-- <a href="#skip"> -->\n\n## Rain {#rain .skip}\n',
    )
    expect(left.map(({ kind, because }) => [kind, because])).toEqual([['opaque', 'it stands in a comment']])
  })

  it('follow from other chapters, and to ids that are made of a text', async () => {
    const texts = {
      'a.md': '<p><a href="sub/b.html#skip">b</a> <a href=sub/b.md#caf%C3%A3>c</a></p>\n',
      'sub/b.md': '## B {#skip}\n\n## CafÃ©\n',
    }
    const { after } = await migrated(texts, { migrations: [mojibake, skipClass], ...rewrite })
    expect(after['a.md']).toBe('<p><a href="sub/b.html#b">b</a> <a href=sub/b.md#caf%C3%A9>c</a></p>\n')
  })
})

describe('the rule of mdBook 0.4, which leaves capitals with an accent', () => {
  it('is known to links', async () => {
    const text = 'See [summer](#ãtã-à) and [summer](#ÃtÃ-à).\n\n## Ã‰tÃ© à\n'
    const { after } = await migrated({ 'a.md': text }, { migrations: [mojibake] })
    expect(after['a.md']).toBe('See [summer](#été-à) and [summer](#Été-à).\n\n## Été à\n')
  })

  it('makes a heading stay where the versions would give it different ids', async () => {
    const text = 'See [az](#â-rain).\n\n## â°€ Rain\n'
    const { after, left } = await migrated({ 'a.md': text }, { migrations: [mojibake] })
    expect(after['a.md']).toBe(text)
    expect(left.map(({ because }) => because)).toEqual([
      'a link in a.md leads here: versions of mdBook disagree about the new id',
    ])
  })
})

it('a file that a migration fails on holds back the headings that its links lead to', async () => {
  const texts = { 'rain.md': '## Gauges {#skip}\n', 'wind.md': 'See [gauges](rain.md#skip).\n' }
  const failing: typeof skipClass = {
    ...skipClass,
    transform(chapter, plan) {
      if (chapter.path === 'wind.md') throw new Error('no')
      return skipClass.transform(chapter, plan)
    },
  }
  const report = await migrateTexts(texts, { migrations: [failing] })
  expect(report.failures.map(({ code }) => code)).toEqual(['MDS006'])
  expect(report.files.map(({ path, after }) => [path, after])).toEqual([['rain.md', texts['rain.md']]])
})

describe('a link that leads to nothing that is known', () => {
  it.each([
    ['where its page has no such id', '[a](b.md#skip3)', 'no heading has that id'],
    ['where its own page has none', '[a](#skip3)', 'no heading has that id'],
    ['where its page is none of the run', '[a](drafts/c.md#skip)', 'its page is not looked at by this run'],
    ['from the root of the site', '[a](/docs/b.html#skip3)', "the address begins at the site's root"],
  ])('says why: %s', async (_, text, because) => {
    const { left } = await migrated({ 'a.md': `${text}\n`, 'b.md': '## B {#b .skip}\n' }, skip)
    expect(left.map((finding) => [finding.kind, finding.because])).toEqual([['undecided', because]])
  })
})
