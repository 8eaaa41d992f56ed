import { describe, expect, it } from 'vitest'
import { migrateTexts } from '../../../test/support/book.ts'
import { type Answer, defineTransform } from '../../transform/define.ts'
import { detachedAnchors, isMoved, openLinks } from './kept.ts'
import type { PageAnchors } from './links.ts'

const link = (before: string, after = before) => ({ before, after, text: 'words', declared: false, at: 0 })
const ids = (anchors: Readonly<Record<string, number>>) => new Map(Object.entries(anchors))

describe('links that may lead elsewhere', () => {
  const open = (href: string, isStaying: boolean, after?: string) =>
    openLinks('a/b.md', [link(href, after)], isStaying).length === 1

  it.each<[string, string, boolean]>([
    ['to another site', 'https://example.org/#x', false],
    ['to a page as a whole', 'c.md', false],
    ['to another page', 'c.md#a-heading-of-that', true],
    ['to a folder', '../#x', true],
    ['to the page itself', '#x', false],
    ['to the page itself by its name', 'b.md#x', false],
  ])('are those %s, as far as the page stays', (_, href, isOpen) => {
    expect(open(href, true)).toBe(isOpen)
  })

  it('are those to the page itself where its ids move, and all that are written anew', () => {
    expect([open('#x', false), open('#x', true, '#y'), open('c.md', true, 'd.md')]).toEqual([
      true,
      true,
      true,
    ])
    expect(openLinks('a.md', [{ ...link('b.md#x', 'c.md#x'), asked: true }], true)).toEqual([])
  })

  it('are what they were', () => {
    const long = { ...link('chapter-\ud800.md#a-long-heading', 'chapter-\ud800.md#Ϡ-long-heading'), at: 7 }
    expect(openLinks('a.md', [long], true)).toEqual([long])
  })
})

describe('the ids of a page', () => {
  const one: PageAnchors = { before: ids({ a: 1, b: 2 }), after: ids({ a: 1, b: 2 }) }

  it.each<[string, PageAnchors, boolean]>([
    ['stay', one, false],
    ['are gone', { ...one, after: ids({ a: 1 }) }, true],
    ['are new', { ...one, before: ids({ a: 1 }) }, true],
    ['lead elsewhere', { ...one, after: ids({ a: 2, b: 1 }) }, true],
    ['move by the older rule', { ...one, older: { ...one, after: ids({}) } }, true],
  ])('%s', (_, anchors, moved) => {
    expect(isMoved(anchors)).toBe(moved)
    expect(detachedAnchors(anchors)).toEqual(anchors)
  })
})

/** Texts become others, wherever they stand. */
const replacing = (...pairs: readonly (readonly [from: string, to: string])[]) =>
  defineTransform({
    id: '0001-words',
    version: 1,
    summary: 'words',
    reason: '',
    examples: [],
    mayMatch: () => true,
    transform: ({ text }): Answer => ({
      changes: pairs.flatMap(([from, to]) => {
        const start = text.indexOf(from)
        return start < 0 ? [] : [{ start, end: start + from.length, text: to, because: 'words' }]
      }),
    }),
  })

const BOOK = {
  'a.md': '# Rain\n\nSee [the gauge](b.md#gauge).\n',
  'b.md': '# Wind\n\n## Gauge\n\nSee [above](#wind).\n',
  'c.md': 'See [a gauge](b.md#gauge), [rain](a.md#rain).\n',
}

describe('a link from a chapter that stays', () => {
  const failuresOf = async (...pairs: readonly (readonly [string, string])[]) => {
    const { failures } = await migrateTexts(BOOK, { migrations: [replacing(...pairs)], idempotent: false })
    return failures.map(({ message, place }) => `${place} ${message}`)
  }

  it('is refused to an id that moves', async () => {
    const failures = await failuresOf(['Gauge', 'Gauges'])
    expect(
      failures.filter((text) => text.includes('leads to b.md#gauge')).map((text) => text.slice(0, 8)),
    ).toEqual(['a.md:3:5', 'c.md:1:5'])
  })

  it('is fine to a page that stays, and from one that changes to one that does', async () => {
    expect(await failuresOf(['the gauge', 'it'], ['above', 'further up'])).toEqual([])
    expect(await failuresOf(['b.md#gauge', 'b.md#wind'])).not.toEqual([])
  })
})
