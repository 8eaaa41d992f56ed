import type {
  Emphasis,
  Heading,
  Html,
  Image,
  Link,
  ListItem,
  PhrasingContent,
  Root,
  Strong,
  Text,
} from 'mdast'
import { findAndReplace } from 'mdast-util-find-and-replace'
import { visit } from 'unist-util-visit'
import { describe, expect, expectTypeOf, it } from 'vitest'
import { expectChange, treeDifference } from '../../test/support/codemod.ts'
import { b } from './builders.ts'
import type { Beside, FlowContent } from './collection/content.ts'
import type { Fields } from './collection/match.ts'
import type { NodePath } from './collection/path.ts'
import type { Collection } from './collection.ts'
import { md } from './md.ts'

const CHAPTER = `# Rain

A *wet* day, [out][w] and **so *on***.

> ## In a quote
>
> * one [in](a.md)
> * two

## Snow

[w]: weather.md
`

const textsOf = (collection: Collection<Text>) => collection.nodes().map(({ value }) => value)
const headingsOf = (collection: Collection<Heading>) => collection.nodes().map(({ depth }) => depth)

describe('find', () => {
  it('finds what is below, in the order of the text', () => {
    expect(headingsOf(md(CHAPTER).find('heading'))).toEqual([1, 2, 2])
    expect(textsOf(md(CHAPTER).find('heading').find('text'))).toEqual(['Rain', 'In a quote', 'Snow'])
  })

  it.each<[string, Fields<Heading>, number]>([
    ['a field', { depth: 2 }, 2],
    ['nested fields', { children: [{ type: 'text', value: 'Snow' }] }, 1],
    ['a regular expression', { children: [{ value: /^S/ }] }, 1],
    ['a question about a field', { depth: (depth: number) => depth < 2 }, 1],
    ['a field that is absent', { attributes: undefined }, 3],
    ['a field that is another', { depth: 3 }, 0],
    ['more children than there are', { children: [{}, {}] }, 0],
  ])('takes %s', (_, filter, count) => {
    expect(md(CHAPTER).find('heading', filter).length).toBe(count)
  })

  it('asks a function about each node', () => {
    expect(md(CHAPTER).find('link', ({ url }) => url.endsWith('.md')).length).toBe(1)
  })

  it('takes several types', () => {
    expect(
      md(CHAPTER)
        .find(['link', 'linkReference', 'definition'])
        .nodes()
        .map(({ type }) => type),
    ).toEqual(['linkReference', 'link', 'definition'])
  })

  it('does not find the nodes themselves, and each node once', () => {
    const root = md('* a\n  * b\n    * c\n')
    expect(root.find('list').find('list').length).toBe(2)
    expect(textsOf(root.find('list').find('text'))).toEqual(['a', 'b', 'c'])
  })

  it('finds nothing below nodes that are gone', () => {
    const quotes = md(CHAPTER).find('blockquote').remove()
    expect([quotes.length, quotes.find('link').length]).toEqual([1, 0])
  })

  it('finds what was put in', () => {
    const root = md('# a\n')
    root.find('heading').insertAfter(b.paragraph(b.link('x.md', 'x')))
    expect(root.find('link').length).toBe(1)
  })
})

describe('closest', () => {
  it('goes up to the nearest, each once, and never stays where it is', () => {
    const root = md('> > a *b* *c*\n')
    expect(root.find('emphasis').closest('blockquote').length).toBe(1)
    expect(root.find('blockquote').closest('blockquote').get().parent?.node.type).toBe('root')
    expect(root.find('emphasis').closest('heading').length).toBe(0)
  })

  it('takes a filter', () => {
    const nested = md('1. * a *b*\n').find('emphasis')
    expect(nested.closest('list', { ordered: true }).get().ancestors.length).toBe(1)
    expect(nested.closest(['list', 'paragraph']).get().node.type).toBe('paragraph')
  })
})

describe('reading', () => {
  const headings = md(CHAPTER).find('heading')

  it('filters by paths and by fields', () => {
    expect(headings.filter((path) => path.parent?.node.type === 'root').length).toBe(2)
    expect(headings.filter((_, index) => index > 0).length).toBe(2)
    expect(headings.filter({ depth: 1 }).length).toBe(1)
  })

  it('maps to other paths, and leaves out what leads nowhere', () => {
    const parents = headings.map((path) => (path.parent?.node.type === 'root' ? null : path.parent))
    expect(parents.nodes().map(({ type }) => type)).toEqual(['blockquote'])
    expect(headings.map((path) => [path, path]).length).toBe(3)
  })

  it('answers for some and every', () => {
    expect(headings.some(({ node }) => node.depth === 1)).toBe(true)
    expect(headings.every(({ node }) => node.depth === 1)).toBe(false)
    expect(headings.filter({ depth: 6 }).every(() => false)).toBe(true)
  })

  it('counts from both ends', () => {
    expect([headings.length, headings.size(), [...headings].length]).toEqual([3, 3, 3])
    expect([headings.get().node.depth, headings.get(-1).node.depth]).toEqual([1, 2])
    expect(headingsOf(headings.at(-1))).toEqual([2])
    expect(headings.at(3).length).toBe(0)
    expect(() => headings.get(3)).toThrow(
      RangeError('there is no node 3 in a collection of 3: ask its length first'),
    )
  })

  it('gives lists of its own', () => {
    headings.paths().pop()
    headings.nodes().pop()
    expect(headings.length).toBe(3)
  })
})

describe('paths', () => {
  it('know where their node stands', () => {
    const path = md(CHAPTER).find('heading').get(1)
    expect([path.index, path.parent?.node.type, path.parent?.index, path.value === path.node]).toEqual([
      0,
      'blockquote',
      2,
      true,
    ])
  })

  it('follow a node that is moved by hand', () => {
    const root = md('a\n\nb\n\n> c\n')
    const [first, , quote] = root.get().node.children
    const path = root.find('paragraph').get()
    if (quote?.type !== 'blockquote' || first?.type !== 'paragraph') throw new Error('not as it was written')
    root.get().node.children.shift()
    expect([path.isInTree, path.index, path.parent, path.ancestors]).toEqual([
      false,
      undefined,
      undefined,
      [],
    ])
    quote.children.push(first)
    expect([path.isInTree, path.index, path.parent?.node]).toEqual([true, 1, quote])
  })

  it('change the tree one by one', () => {
    expectChange(
      'a\n\nb\n\nc\n\nd\n',
      (root) => {
        const [a, second, c, d] = root.find('paragraph').paths()
        a?.insertBefore(b.heading(1, 'top'))
        second?.insertAfter(b.thematicBreak(), b.paragraph('more'))
        c?.prune()
        d?.replace(b.code('d'), b.paragraph('end'))
      },
      '# top\n\na\n\nb\n\n---\n\nmore\n\n```\nd\n```\n\nend\n',
    )
  })

  it('of nodes that are gone say so', () => {
    const path = md('a\n').find('paragraph').get()
    path.prune()
    expect(() => path.prune()).toThrow(TypeError('paragraph at text.md:1:1 is no longer in the tree'))
  })

  it('of roots have nothing beside them', () => {
    expect(() => md('a').get().prune()).toThrow(/^the root has no place/)
  })

  it('are collections of one, for md', () => {
    const root = md('> a *b*\n\nc *d*\n')
    const counts = root
      .find('paragraph')
      .paths()
      .map((path) => md(path).find('emphasis').length)
    expect(counts).toEqual([1, 1])
    expect(md(root.find('emphasis').get(1)).closest('paragraph').get().parent?.node.type).toBe('root')
  })

  it('are not made of nodes', () => {
    const node: unknown = b.text('a')
    expect(() => md(node as NodePath)).toThrow(/^a text was expected, or a path/)
  })
})

describe('replaceWith', () => {
  it('puts a node there, and returns it', () => {
    const root = md('a *b* c\n')
    const strong = root.find('emphasis').replaceWith(b.strong('x'))
    expect(strong.nodes()).toEqual([b.strong('x')])
    strong.find('text').replaceWith(b.text('y'))
    expect(treeDifference(root, 'a **y** c\n')).toBeUndefined()
  })

  it('takes several nodes, none, and functions', () => {
    expectChange(
      'a\n\n> b\n',
      (root) => root.find('paragraph').replaceWith(({ node }, index) => [b.heading(2, `${index}`), node]),
      '## 0\n\na\n\n> ## 1\n>\n> b\n',
    )
    expectChange('a *b*c\n', (root) => root.find('emphasis').replaceWith([]), 'a c\n')
  })

  it('copies what is given for several places', () => {
    const given = b.strong('x')
    const [one, other] = md('*a* *b*\n').find('emphasis').replaceWith(given).nodes()
    expect(one).toBe(given)
    expect(other).toEqual(given)
    expect(other).not.toBe(given)
  })

  it('wraps a node', () => {
    expectChange(
      'a\n\n* b\n',
      (root) => root.find('paragraph').replaceWith(({ node }) => b.blockquote(node)),
      '> a\n\n* > b\n',
    )
  })

  it('unwraps a node, and goes on with what was in it', () => {
    expectChange(
      '*a **b *c* d***\n',
      (root) => root.find('emphasis').replaceWith(({ node }) => node.children),
      'a **b c d**\n',
    )
  })

  it('goes on with what an outer node gave to a new one', () => {
    expectChange(
      '> a\n>\n> > b\n',
      (root) => root.find('blockquote').replaceWith(({ node }) => b.list([b.listItem(node.children)])),
      '- a\n  - b\n',
    )
  })

  it('passes over what went with an outer one', () => {
    const root = md('> a\n>\n> > b\n')
    const seen: number[] = []
    const quotes = root.find('blockquote')
    quotes.replaceWith((_, index) => {
      seen.push(index)
      return b.paragraph('c')
    })
    expect([seen, quotes.length]).toEqual([[0], 2])
    expect(treeDifference(root, 'c\n')).toBeUndefined()
  })

  it('leaves a node that takes its own place', () => {
    expectChange('*a* b\n', (root) => root.find('emphasis').replaceWith(({ node }) => node), '*a* b\n')
  })

  it('throws for a node that cannot stand there, and names it', () => {
    const html = md('a <b>\n\n<div></div>\n', { path: 'rain/a.md' }).find('html')
    expect(() => html.at(0).replaceWith(b.heading(1, 'x'))).toThrow(
      TypeError('heading cannot stand in paragraph at rain/a.md:1:1'),
    )
    expect(() => html.at(1).replaceWith(b.text('x'))).toThrow(
      TypeError('text cannot stand in root at rain/a.md:1:1'),
    )
    expect(md('<div></div>\n').find('html').replaceWith(b.code('x')).length).toBe(1)
  })

  it('throws for what is no node', () => {
    const text: unknown = 'b'
    const nothing: unknown = undefined
    const paragraphs = md('a\n').find('paragraph')
    expect(() => paragraphs.replaceWith(text as never)).toThrow(
      'beside paragraph at text.md:1:1 only nodes can stand, not a string: `b.text(…)` makes a node of a text',
    )
    expect(() => paragraphs.replaceWith(() => nothing as never)).toThrow(/not undefined/)
  })
})

describe('inserting and removing', () => {
  it('keeps the order of what is given', () => {
    expectChange(
      'a\n\nb\n',
      (root) =>
        root
          .find('paragraph')
          .insertBefore([b.heading(1, '1'), b.heading(2, '2')])
          .insertAfter(({ node }) => [structuredClone(node), b.thematicBreak()]),
      '# 1\n\n## 2\n\na\n\na\n\n---\n\n# 1\n\n## 2\n\nb\n\nb\n\n---\n',
    )
  })

  it('goes into lists and tables', () => {
    expectChange(
      '* a\n* b\n\n| a |\n| - |\n| b |\n',
      (root) => {
        root.find('listItem').at(-1).insertAfter(b.listItem('c'))
        root
          .find('tableRow')
          .at(0)
          .insertAfter(b.tableRow(['x']))
        root.find('tableCell').insertBefore(({ index }) => b.tableCell(`${index}`))
        root.find('table').forEach(({ node }) => {
          node.align = [null, null]
        })
      },
      '* a\n* b\n* c\n\n| 0 | a |\n| - | - |\n| 0 | x |\n| 0 | b |\n',
    )
  })

  it('removes, and leaves collections as they were', () => {
    const root = md('a\n\n> b\n')
    const paragraphs = root.find('paragraph')
    expect(paragraphs.remove().length).toBe(2)
    expect(root.find('paragraph').length).toBe(0)
    let calls = 0
    paragraphs.forEach(() => {
      calls += 1
    })
    expect(calls).toBe(0)
    root.find('blockquote').replaceWith(paragraphs.nodes())
    expect(treeDifference(root, 'a\n\nb\n')).toBeUndefined()
  })

  it('does not go on with what is put in meanwhile', () => {
    const root = md('a\n')
    root.find('paragraph').forEach((path) => {
      path.insertAfter(b.paragraph('b'))
      path.insertBefore(b.paragraph('c'))
    })
    expect(treeDifference(root, 'c\n\na\n\nb\n')).toBeUndefined()
  })

  it('goes through nodes that change places', () => {
    const root = md('a\n\nb\n\nc\n')
    const seen: string[] = []
    root.find('text').forEach(({ node, parent }) => {
      seen.push(node.value)
      root.get().node.children.reverse()
      parent?.parent?.node.children.at(0)
    })
    expect(seen).toEqual(['a', 'b', 'c'])
  })
})

describe('the tree', () => {
  it('is the same for the utilities of unist and mdast', () => {
    const root = md('# Rain\n\nRain, [rain](b.md)\n')
    const tree = root.get().node
    findAndReplace(tree, [/rain/gi, () => b.strong('snow')])
    visit(tree, 'link', (link) => {
      link.url = 'c.md'
    })
    expect(root.find('strong').length).toBe(3)
    expect(treeDifference(root, '# **snow**\n\n**snow**, [**snow**](c.md)\n')).toBeUndefined()
  })
})

describe('types', () => {
  const root = md('# a\n')

  it('follow what is found', () => {
    expectTypeOf(root).toEqualTypeOf<Collection<Root>>()
    expectTypeOf(root.find('heading').get().node).toEqualTypeOf<Heading>()
    expectTypeOf(root.find(['link', 'image']).get).returns.toEqualTypeOf<NodePath<Link | Image>>()
    expectTypeOf(root.find('text').closest('heading').nodes()).toEqualTypeOf<Heading[]>()
    expectTypeOf(root.find('emphasis').replaceWith(({ node }) => b.strong(node.children))).toEqualTypeOf<
      Collection<Strong>
    >()
    expectTypeOf(root.find('emphasis').map(({ parent }) => parent)).toExtend<Collection>()
    const emphases = root
      .find(['emphasis', 'strong'])
      .filter((path): path is NodePath<Emphasis> => path.node.type === 'emphasis')
    expectTypeOf(emphases).toEqualTypeOf<Collection<Emphasis>>()
    expectTypeOf<Collection<Heading>>().toExtend<Collection<Heading | Link>>()
    expectTypeOf<Collection<Heading>>().toExtend<Collection>()
  })

  it('know what may stand where', () => {
    expectTypeOf<Beside<Text>>().toEqualTypeOf<PhrasingContent>()
    expectTypeOf<Beside<Heading>>().toEqualTypeOf<FlowContent>()
    expectTypeOf<Beside<ListItem>>().toEqualTypeOf<ListItem>()
    expectTypeOf<Beside<Root>>().toEqualTypeOf<never>()
    expectTypeOf<Beside<Html>>().toEqualTypeOf<FlowContent | PhrasingContent>()
    const none = root.find('thematicBreak')
    // @ts-expect-error an inline does not stand beside a block
    none.insertAfter(b.text('a'))
    // @ts-expect-error nor in its place
    none.replaceWith(() => b.emphasis('a'))
    // @ts-expect-error no type of node
    root.find('headings')
    // @ts-expect-error no field of headings
    root.find('heading', { level: 1 })
    // @ts-expect-error no depth
    root.find('heading', { depth: 7 })
    // @ts-expect-error what leads nowhere has no address
    none.setUrl('a')
    // @ts-expect-error only headings have classes
    none.addClass('a')
    expect(none.length).toBe(0)
  })
})
