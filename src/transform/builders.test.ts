import type { Heading, Nodes, PhrasingContent } from 'mdast'
import { describe, expect, expectTypeOf, it } from 'vitest'
import { bare } from '../../test/support/codemod.ts'
import { b } from './builders.ts'
import { md } from './md.ts'

const BLOCKS: readonly [string, Nodes][] = [
  ['> a *b*\n>\n> c', b.blockquote([b.paragraph(['a ', b.emphasis('b')]), 'c'])],
  ['---\na: b\n---', b.yaml('a: b')],
  ['```\na\n```', b.code('a')],
  ['```rust ignore\na\n```', b.code('a', { lang: 'rust', meta: 'ignore' })],
  ['[C-Slab]: https://a.b', b.definition('C-Slab', 'https://a.b')],
  ['[a\\]b]: c "d"', b.definition('a\\]b', 'c', 'd')],
  ['[^rain]: a', b.footnoteDefinition('rain', 'a')],
  ['# a', b.heading(1, 'a')],
  ['## a `b` {#c .d}', b.heading(2, ['a ', b.inlineCode('b')], { id: 'c', classes: ['d'] })],
  ['<div></div>', b.html('<div></div>')],
  ['* a\n* b', b.list(['a', b.listItem('b')])],
  ['3. a\n4. b', b.list(['a', 'b'], { start: 3 })],
  ['1. a', b.list(['a'], { ordered: true })],
  ['* [ ] a\n* [x] b', b.list([b.listItem('a', { checked: false }), b.listItem('b', { checked: true })])],
  ['* a\n\n  b', b.list([b.listItem(['a', 'b'], { spread: true })])],
  ['* a\n\n* b', b.list(['a', 'b'], { spread: true })],
  ['{{#include a.md}}', b.directive('{{#include a.md}}')],
  ['a', b.paragraph('a')],
  [
    '| a | b |\n| - | :-: |\n| *c* | d |',
    b.table(
      [
        ['a', 'b'],
        [b.emphasis('c'), 'd'],
      ],
      [null, 'center'],
    ),
  ],
  ['| a |\n| - |\n| b |', b.table([b.tableRow([b.tableCell('a')]), ['b']])],
  ['***', b.thematicBreak()],
  ['a & \\*\\\nb', b.paragraph([b.text('a & *'), b.break(), 'b'])],
]

const INLINES: readonly [string, PhrasingContent][] = [
  ['`a`', b.inlineCode('a')],
  ['*a*', b.emphasis('a')],
  ['**a *b***', b.strong(['a ', b.emphasis('b')])],
  ['~~a~~', b.delete('a')],
  ['<b>', b.html('<b>')],
  ['![a](b "c")', b.image('b', 'a', 'c')],
  ['![](b)', b.image('b')],
  ['![a\\*]', b.imageReference('a\\*')],
  ['![c][A]', b.imageReference('A', 'c')],
  ['[a](b)', b.link('b', 'a')],
  ['[`a` b](c "d")', b.link('c', [b.inlineCode('a'), ' b'], 'd')],
  ['[A]', b.linkReference('A')],
  ['[a\\*]', b.linkReference('a\\*')],
  ['[*b*][a]', b.linkReference('a', b.emphasis('b'))],
  ['[^1]', b.footnoteReference('1')],
  ['{{hi:a}}', b.directive('{{hi:a}}')],
  ['[[a | b]]', b.wikilink('[[a | b]]')],
]

const isDefined = (id: string) => ['A', 'A\\*'].includes(id)

describe('builders', () => {
  it.each(BLOCKS)('%s', (text, node) => {
    expect([bare(node)]).toEqual(md(text).get().node.children.map(bare))
  })

  it.each(INLINES)('%s among text', (text, node) => {
    const paragraph = md(`x ${text} x\n\n[^1]: y\n`, { isDefined }).find('paragraph').get().node
    expect(bare(b.paragraph(['x ', node, ' x']))).toEqual(bare(paragraph))
  })

  it('are all shown here', () => {
    const shown = [...BLOCKS, ...INLINES].flatMap(([, node]) => typesIn(node))
    const names = shown.map((type) => type.replace(/^mdbook(.)/, (_, letter: string) => letter.toLowerCase()))
    expect([...new Set(names)].toSorted()).toEqual(Object.keys(b).toSorted())
  })

  it('make one text of strings side by side, and none of an empty one', () => {
    expect(b.paragraph(['a', 'b', '', b.break(), 'c']).children).toEqual([
      b.text('ab'),
      b.break(),
      b.text('c'),
    ])
    expect(b.link('a', '').children).toEqual([])
  })

  it('pass fields of other nodes on', () => {
    const { node } = md('```rust\na\n```\n').find('code').get()
    expect(b.code(node.value, node)).toEqual(b.code('a', { lang: 'rust' }))
  })

  it.each<[string, () => unknown]>([
    ['no label', () => b.definition('', 'a')],
    ['a bracket in a label', () => b.linkReference('a[b')],
    ['a footnote for a label', () => b.linkReference('^a')],
    ['white space in a footnote', () => b.footnoteReference('a b')],
    ['a directive that ends early', () => b.directive('{{a}} b}}')],
    ['a directive without braces', () => b.directive('#include a.md')],
    ['a wikilink without brackets', () => b.wikilink('a')],
    ['a wikilink over lines', () => b.wikilink('[[a\nb]]')],
  ])('throw for %s', (_, build) => {
    expect(build).toThrow(TypeError)
  })

  it('are typed', () => {
    expectTypeOf(b.heading(2, 'a')).toEqualTypeOf<Heading>()
    // @ts-expect-error no depth
    b.heading(7, 'a')
    // @ts-expect-error a block is no inline
    b.emphasis(b.paragraph('a'))
    // @ts-expect-error an item is no block
    b.blockquote(b.listItem('a'))
  })
})

function typesIn(node: Nodes): string[] {
  return [node.type, ...('children' in node ? node.children.flatMap(typesIn) : [])]
}
