import { describe, expect, it } from 'vitest'
import { leftLines } from '../../src/testing/left-lines.ts'
import { migrateTexts } from '../../test/support/book.ts'
import skipClass from './index.ts'

type Texts = Readonly<Record<string, string>>

/** A book whose headings have ids by hand: path → text → id. */
async function migrated(
  texts: Texts,
  byHand: Readonly<Record<string, Readonly<Record<string, string | null>>>>,
) {
  const headingIds = new Map(
    Object.entries(byHand).map(([path, ids]) => [path, new Map(Object.entries(ids))]),
  )
  const { files } = await migrateTexts(texts, { migrations: [skipClass], settings: { headingIds } })
  return {
    after: Object.fromEntries(files.map(({ path, after }) => [path, after])),
    left: files.map(({ path, findings }) => leftLines(findings, path)).join(''),
    reasons: files.flatMap(({ findings }) => findings.map(({ because }) => because)),
  }
}

describe('a change of a heading', () => {
  it.each([
    ['{#skip}', '#skip → #rain .skip'],
    ['{#skip #fog}', '#skip → .skip'],
    ['<#skip>', '<#skip> → {#rain .skip}'],
  ])('shows what is written: %s', async (attributes, shown) => {
    const { files } = await migrateTexts({ 'a.md': `## Rain ${attributes}\n` }, { migrations: [skipClass] })
    expect(files[0]?.findings.map(({ legacy, current }) => `${legacy} → ${current}`)).toEqual([shown])
  })
})

describe('an id by hand', () => {
  it('is taken, and links follow', async () => {
    const texts = {
      'src/rain.md': '## The `gauge` File{{hi:gauge}} {#skip}\n\n## Vane <#skip1>\n',
      'src/wind.md': 'See [gauge](rain.md#skip) and [vane](rain.md#skip1).\n\n## Vane {#skip}\n',
    }
    const { after, left } = await migrated(texts, {
      'src/rain.md': { 'The gauge File': 'gauge', Vane: 'Vane.1' },
    })
    expect(left).toBe('')
    expect(after).toEqual({
      'src/rain.md': '## The `gauge` File{{hi:gauge}} {#gauge .skip}\n\n## Vane {#Vane.1 .skip}\n',
      'src/wind.md': 'See [gauge](rain.md#gauge) and [vane](rain.md#Vane.1).\n\n## Vane {#vane .skip}\n',
    })
  })

  it('comes before those that are made of a text', async () => {
    const { after } = await migrated(
      { 'a.md': '## Rain {#skip}\n\n## Wind {#skip}\n' },
      { 'a.md': { Wind: 'rain' } },
    )
    expect(after['a.md']).toBe('## Rain {#rain-1 .skip}\n\n## Wind {#rain .skip}\n')
  })

  it.each<[string, string, string]>([
    ['another heading has it', '## Rain {#skip}\n\n## Wind {#taken}\n', '1:10 refused #skip'],
    ['mdBook makes it of a text', '## Rain {#skip}\n\n## Taken\n', '1:10 refused #skip'],
    ['raw HTML has it', '## Rain {#skip}\n\n<i id="taken"></i>\n', '1:10 refused #skip'],
    ['a heading of the same text took it', '## Rain {#skip}\n\n## Rain {#skip}\n', '3:10 refused #skip'],
  ])('is refused where %s', async (_, text, left) => {
    const found = await migrated({ 'a.md': text }, { 'a.md': { Rain: 'taken' } })
    expect(found.left).toBe(`a.md:${left}\n`)
    expect(found.reasons).toContain('"taken", given by hand, is the id of something else in a.md')
  })

  it('is refused where a chapter that includes the file has it, with the links to it', async () => {
    const texts = {
      'a.md': '## Wind {#taken}\n\n{{#include b.md}}\n',
      'b.md': '## Rain {#skip}\n\n[rain](#skip)\n',
    }
    const found = await migrated(texts, { 'b.md': { Rain: 'taken' } })
    expect(found.after).toEqual(texts)
    expect(found.left).toBe('b.md:1:10 refused #skip\nb.md:3:8 doubtful #skip\n')
  })

  it.each(['', 'a b', 'a}', '<a>'])('is refused where no heading can have it: %j', async (id) => {
    const found = await migrated({ 'a.md': '## Rain {#skip}\n' }, { 'a.md': { Rain: id } })
    expect(found.after['a.md']).toBe('## Rain {#skip}\n')
    expect(found.reasons).toEqual([`${JSON.stringify(id)}, given by hand, is no id that a heading can have`])
  })

  it.each([
    ['of another file', '## Rain {#skip}\n', '## Rain {#rain .skip}\n', 'b.md'],
    ['where the heading has one beside', '## Rain {#own #skip}\n', '## Rain {#own .skip}\n', 'a.md'],
    ['where the heading is current', '## Rain {#rain .skip}\n', '## Rain {#rain .skip}\n', 'a.md'],
  ])('is left alone %s', async (_, text, expected, path) => {
    const found = await migrated({ 'a.md': text }, { [path]: { Rain: 'by-hand' } })
    expect([found.after['a.md'], found.left]).toEqual([expected, ''])
  })
})

describe('a heading that is kept', () => {
  it('stays, with the links to it, and is not reported', async () => {
    const texts = {
      'rain.md': '## Gauges {#skip}\n\n## Vane {#skip1}\n\n<a href="#skip">up</a>\n',
      'wind.md':
        '## Sun <#skip>\n\n## Sky {#own #skip1}\n\n[a](rain.md#skip) [b](#skip) [c]\n\n[c]: rain.md#skip1\n',
    }
    const found = await migrated(texts, { 'rain.md': { Gauges: null }, 'wind.md': { Sun: null, Sky: null } })
    expect(found.left).toBe('')
    expect(found.after).toEqual({
      'rain.md': '## Gauges {#skip}\n\n## Vane {#vane .skip}\n\n<a href="#skip">up</a>\n',
      'wind.md': texts['wind.md'].replace('#skip1\n', '#vane\n'),
    })
  })

  it('has its id for itself', async () => {
    const found = await migrated(
      { 'a.md': '## Rain {#skip}\n\n## Skip {#skip1}\n' },
      { 'a.md': { Rain: null } },
    )
    expect(found.after['a.md']).toBe('## Rain {#skip}\n\n## Skip {#skip-1 .skip}\n')
  })

  it('does not keep another of the page', async () => {
    const texts = { 'a.md': '## Rain {#skip}\n\n## Wind {#skip1}\n\n[wind](#skip1)\n' }
    const found = await migrated(texts, { 'a.md': { Rain: null } })
    expect(found.after['a.md']).toBe('## Rain {#skip}\n\n## Wind {#wind .skip}\n\n[wind](#wind)\n')
  })
})
