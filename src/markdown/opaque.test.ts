import { describe, expect, it } from 'vitest'
import { at, chapterOf } from '../../test/support/chapter.ts'
import { opaqueOf } from './opaque.ts'

describe('what is opaque', () => {
  const opaqueIn = (text: string, ...labels: readonly string[]) => {
    const chapter = chapterOf(text, ...labels)
    return opaqueOf(chapter).map((opaque) => `${opaque.kind}: ${at(chapter, opaque)}`)
  }

  it.each<[string, string, string[]]>([
    ['code', 'a `b` c\n', ['code: `b`']],
    ['a fence, with its fences', '```rust\nb\n```\n', ['code: ```rust\nb\n```']],
    ['indented code, with its indent', 'a\n\n    b\n', ['code:     b']],
    ['raw HTML in text', 'a <b title="c"> d\n', ['html: <b title="c">']],
    ['a comment over lines', '<!-- a\n\nb -->\n', ['comment: <!-- a\n\nb -->']],
    [
      'comments among raw HTML, each apart',
      '<div><!-- a --> b <i>c</i>\n<!-- d --><!-->\n',
      ['html: <div>', 'comment: <!-- a -->', 'html:  b <i>c</i>\n', 'comment: <!-- d -->', 'comment: <!-->'],
    ],
    ['front matter, with its fences', '---\na: b\n---\n\nc\n', ['front matter: ---\na: b\n---']],
    ['a link’s destination', '[a](</b c> "d")\n', ['url: /b c']],
    ['an image’s destination', '![a](/b)\n', ['url: /b']],
    ['a definition’s destination, and its label', '[a]: /b "c"\n', ['label: a', 'url: /b']],
    ['a reference’s label', '[a][x]\n', ['label: x']],
    ['a directive', 'a {{hi:b}} c\n', ['directive: {{hi:b}}']],
    ['an include on a line of its own', '{{#include b.md}}\n', ['directive: {{#include b.md}}']],
    ['a wikilink', '[[a | b]]\n', ['directive: [[a | b]]']],
  ])('%s', (_, text, opaque) => {
    expect(opaqueIn(text, 'x')).toEqual(expect.arrayContaining(opaque))
    expect(opaqueIn(text, 'x')).toHaveLength(opaque.length)
  })

  it('is nothing in plain prose', () => {
    expect(opaqueIn('# a\n\n*b* c [d]\n\n> e\n', 'd')).toEqual([])
  })

  it.each<[string, string, string[]]>([
    ['between tags', '<p>rain\n<b>wind</b></p>\n', ['rain\n', 'wind']],
    ['in a quote', '> <p>rain\n> wind</p>\n', ['rain\n> wind']],
    ['not beside a tag over two lines of a quote', '> <a title="rain"\n> href="wind">sun</a>\n', []],
    ['not in a comment', '<p><!-- rain --></p>\n', []],
  ])('says where raw HTML is read: %s', (_, text, readable) => {
    const chapter = chapterOf(text)
    const spans = opaqueOf(chapter).flatMap((opaque) =>
      opaque.kind === 'html' ? (opaque.readable ?? []) : [],
    )
    expect([...new Set(spans.map((span) => at(chapter, span)))]).toEqual(readable)
  })
})
