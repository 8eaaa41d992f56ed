import { describe, expect, it } from 'vitest'
import { at, chapterOf } from '../../test/support/chapter.ts'
import { applyEdits, mergeEdits } from '../transform/edits.ts'
import { fragmentsOf, leadTo, mayHaveFragments } from './fragments.ts'

const linksOf = (text: string) => fragmentsOf(chapterOf(text))?.links ?? []

it('text of raw HTML is neither a link nor an anchor, whatever it looks like', () => {
  const { links, anchors } = fragmentsOf(
    chapterOf('<div>\nset id=rain href=#wind here\n</div>\n\n<p id=fog>[a](#rain)</p>\n\n[a](#rain)\n'),
  ) ?? { links: [], anchors: [] }
  expect(links.map(({ fragment }) => fragment)).toEqual(['rain'])
  expect(anchors.map(({ id }) => id)).toEqual(['fog'])
})

describe('links with a fragment', () => {
  it.each<[string, string, [string, string][]]>([
    ['of a picture', '![a](drop.svg#rain)\n', [['drop.svg', 'rain']]],
    ['of the same page', '[a](#rain)\n', [['', 'rain']]],
    ['of another page', '[a](../wind/vane.md#rain "Rain")\n', [['../wind/vane.md', 'rain']]],
    ['in a definition', '[a]: <vane.md#rain>\n', [['vane.md', 'rain']]],
    ['in a hidden definition', '[a]: # "vane.md#rain"\n', [['vane.md', 'rain']]],
    ['percent-encoded', '[a](my%20vane.md#caf%C3%A9)\n', [['my vane.md', 'café']]],
    ['with a bare percent sign', '[a](50%.md#100%)\n', [['50%.md', '100%']]],
    [
      'with escapes and character references',
      '[a](a\\_b&amp;.md#rain\\_gauge)\n',
      [['a_b&.md', 'rain_gauge']],
    ],
    [
      'in raw HTML',
      '<a href="vane.html#rain">a</a> and <a href=#wind>b</a>\n',
      [
        ['vane.html', 'rain'],
        ['', 'wind'],
      ],
    ],
    ['in a comment', '<!-- <a href="#rain"> -->\n', [['', 'rain']]],
    [
      'in a footnote and a table',
      '[^1]: [a](#rain)\n\n| a |\n|---|\n| [b](#wind) |\n',
      [
        ['', 'rain'],
        ['', 'wind'],
      ],
    ],
  ])('%s', (_, text, found) => {
    expect(linksOf(text).map(({ page, fragment }) => [page, fragment])).toEqual(found)
  })

  it.each([
    ['of other sites', '[a](https://example.org/#rain), [b](//example.org/#rain), [c](mailto:a@b.c#rain)\n'],
    ['of a page with a query', '[a](vane.md?x=1#rain)\n'],
    ['that are empty', '[a](#), [b](vane.md#)\n'],
    [
      'in the title of what is no hidden definition',
      '[a]: vane.md "wind.md#rain"\n\n[b]: # "A word on #rain"\n',
    ],
    ['in code', '`[a](#rain)`\n'],
  ])('none %s', (_, text) => {
    expect(linksOf(text)).toEqual([])
  })

  it('say where they stand', () => {
    const found = linksOf('<b href="#a"> <!-- <a href="#b"> -->\n\n[c](#c)\n').map(({ place }) => place)
    expect(found).toEqual(['html', 'comment', 'text'])
  })

  it('say which definitions their own file uses', () => {
    const chapter = chapterOf('[x] and `[y]`\n\n[X]: #rain\n[y]: #wind\n', 'x', 'y')
    expect(fragmentsOf(chapter)?.links.map(({ label }) => label)).toEqual([
      { id: 'X', url: '#rain', isUsed: true },
      { id: 'Y', url: '#wind', isUsed: false },
    ])
  })
})

it('anchors are the ids of raw HTML, and the names of links in it', () => {
  const text = '<a name="a" id=b></a> <meta name="c"> <i id=\'d\'> <!-- <i id="e"> -->\n'
  expect(fragmentsOf(chapterOf(text))?.anchors.map(({ id }) => id)).toEqual(['b', 'a', 'd'])
})

it('a chapter of other things has no fragments', () => {
  expect(fragmentsOf(chapterOf('Rain, {{#include a.md}} and [wind](wind.md).\n'))).toBeUndefined()
})

describe('whether a text can have any', () => {
  it.each(['# Rain', 'Rain\n  ---', '> Rain\n> ===\r\n', '[a](#b)', '<i id=a>'])('%j can', (text) => {
    expect(mayHaveFragments(text)).toBe(true)
  })
  it.each(['{{#include a.md}}\n{{ #include b.md}}', '[a](b.md)', 'a - b = c'])('%j cannot', (text) => {
    expect(mayHaveFragments(text)).toBe(false)
  })
})

describe('leading a link elsewhere', () => {
  it.each([
    ['[a](vane.md#rain "Rain")', 'wind', '[a](vane.md#wind "Rain")'],
    ['[a](<#rain>)', 'été', '[a](<#été>)'],
    ['[a](caf%C3%A9.md#rain%C3%A9)', 'été', '[a](caf%C3%A9.md#%C3%A9t%C3%A9)'],
    ['[a](#rain)', 'a(b', '[a](#a(b)'],
    ['[a](#rain)', 'a&b', '[a](#a%26b)'],
    ['<a href="#rain">', 'wind', '<a href="#wind">'],
  ])('%j to %j', (text, id, after) => {
    const chapter = chapterOf(text)
    const [link] = fragmentsOf(chapter)?.links ?? []
    const merge = mergeEdits(link ? [leadTo(chapter, link, id, 'a reason')] : [])
    expect(merge.ok && applyEdits(text, merge.edits)).toBe(after)
  })

  it('shows the whole destination', () => {
    const chapter = chapterOf('[a](vane.md#rain)')
    const [link] = fragmentsOf(chapter)?.links ?? []
    if (!link) throw new Error('no link')
    const change = leadTo(chapter, link, 'wind', 'a reason')
    expect([at(chapter, change), change.shown]).toEqual([
      'rain',
      { legacy: 'vane.md#rain', current: 'vane.md#wind' },
    ])
  })
})
