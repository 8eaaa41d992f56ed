import { describe, expect, it } from 'vitest'
import { compareLink, type PageAnchors } from './links.ts'

const ids = (anchors: Record<string, number>) => new Map(Object.entries(anchors))
const PAGES: Readonly<Record<string, PageAnchors>> = {
  'rain/index.md': { before: ids({ skip: 1 }), after: ids({ gauges: 1, skip: 2 }) },
  'wind/README.md': { before: ids({ skip: 1 }), after: ids({ vane: 1 }) },
  'log.md': { before: ids({}), after: ids({}) },
}

describe('where a link leads, before and after', () => {
  it.each([
    ['to the index of a folder', 'rain/#skip', 'rain/#gauges', 'same'],
    ['to the index of a folder, or another heading of it', 'rain/#skip', 'rain/#skip', 'elsewhere'],
    ['to the readme of a folder', 'wind/index.html#skip', 'wind/#vane', 'same'],
    ['to a file that is no page from here', '../mast.md#skip', '../mast.md#vane', 'same'],
    ['to another file that is no page from here', '../mast.md#skip', '../vane.md#skip', 'elsewhere'],
    ['to another site', 'https://example.org/#skip', 'https://example.org/#vane', 'elsewhere'],
    ['to the root of a site', '/mast.md#skip', '/mast.md#vane', 'elsewhere'],
  ])('%s', (_, before, after, result) => {
    expect(compareLink('log.md', { before, after, declared: true }, (page) => PAGES[page])).toBe(result)
  })

  it('is not to change where no edit says so', () => {
    const link = { before: '../mast.md#skip', after: '../mast.md#vane', declared: false }
    expect(compareLink('log.md', link, (page) => PAGES[page])).toBe('elsewhere')
  })
})
