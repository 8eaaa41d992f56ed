import type { Root, RootContent } from 'mdast'
import { describe, expect, it } from 'vitest'
import { chapterOf } from '../../../test/support/chapter.ts'
import { firstDifference } from '../../markdown/compare.ts'
import { withOrigins } from '../../markdown/origin.ts'
import { askedTree, withOpen } from './asked-tree.ts'

/** Whether a tree made by hand says what a text does. */
const says = (nodes: readonly unknown[], text: string, ...labels: string[]) => {
  const tree: Root = { type: 'root', children: nodes as RootContent[] }
  const actual = askedTree(chapterOf(text, ...labels).tree)
  return firstDifference(withOpen(askedTree(tree), actual), actual) === undefined
}
const text = (value: string) => ({ type: 'text', value })
const paragraph = (...children: unknown[]) => ({ type: 'paragraph', children })
const item = (...children: unknown[]) => ({ type: 'listItem', children })

describe('an author may', () => {
  it.each<[string, unknown, string]>([
    ['put texts beside each other', paragraph(text('a'), text(''), text('b')), 'ab\n'],
    [
      'leave out what a list is by default',
      { type: 'list', children: [item(paragraph(text('a')))] },
      '- a\n',
    ],
    [
      'say of one item that it is loose',
      { type: 'list', spread: true, children: [item(paragraph(text('a')))] },
      '- a\n',
    ],
    [
      'make a list loose by one item',
      {
        type: 'list',
        children: [{ ...item(paragraph(text('a'))), spread: true }, item(paragraph(text('b')))],
      },
      '- a\n\n- b\n',
    ],
    [
      'leave out what a list counts from',
      { type: 'list', ordered: true, children: [item(paragraph(text('a')))] },
      '1. a\n',
    ],
    [
      'leave out the columns of a table',
      {
        type: 'table',
        children: [{ type: 'tableRow', children: [{ type: 'tableCell', children: [text('a')] }] }],
      },
      '| a |\n|---|\n',
    ],
    [
      'give an empty title',
      paragraph({ type: 'link', url: 'b', title: '', children: [text('a')] }),
      '[a](b)\n',
    ],
    ['say nothing of a picture', paragraph({ type: 'image', url: 'b' }), '![](b)\n'],
    [
      'give attributes that say nothing',
      { type: 'heading', depth: 1, attributes: { classes: [] }, children: [text('a')] },
      '# a\n',
    ],
    [
      'give an id alone',
      { type: 'heading', depth: 1, attributes: { id: 'b' }, children: [text('a')] },
      '# a {#b}\n',
    ],
    ['name a label alone', { type: 'definition', label: 'A  b', url: 'c' }, '[A b]: c\n'],
    [
      'name what a label is compared by alone',
      { type: 'definition', identifier: 'a b', url: 'c' },
      '[a b]: c\n',
    ],
    ['end lines as the file does not', { type: 'code', lang: null, value: 'a\r\nb' }, '```\na\nb\n```\n'],
  ])('%s', (_, node, written) => {
    expect(says([node], written)).toBe(true)
  })

  it('change what a label is compared by, and leave how it is written', () => {
    const { tree } = withOrigins(chapterOf('[a]: c\n'))
    Object.assign(tree.children[0] ?? {}, { identifier: 'b' })
    expect(says(tree.children, '[b]: c\n')).toBe(true)
    expect(says(tree.children, '[a]: c\n')).toBe(false)
  })
})

describe('a text says something else than', () => {
  it.each<[string, unknown, string]>([
    ['a text', paragraph(text('a')), 'b\n'],
    ['a break of lines', paragraph(text('a b')), 'a\nb\n'],
    ['a label', { type: 'definition', label: 'a', url: 'c' }, '[b]: c\n'],
    ['an address', paragraph({ type: 'link', url: 'b', children: [text('a')] }), '[a](c)\n'],
    ['the depth of a heading', { type: 'heading', depth: 1, children: [text('a')] }, '## a\n'],
    ['an id', { type: 'heading', depth: 1, attributes: { id: 'b' }, children: [text('a')] }, '# a {#c}\n'],
    [
      'a loose list',
      { type: 'list', spread: true, children: [item(paragraph(text('a'))), item(paragraph(text('b')))] },
      '- a\n- b\n',
    ],
    [
      'the number of a list',
      { type: 'list', ordered: true, start: 2, children: [item(paragraph(text('a')))] },
      '1. a\n',
    ],
    ['a task', { type: 'list', children: [{ ...item(paragraph(text('a'))), checked: true }] }, '- [ ] a\n'],
    ['two nodes', paragraph(text('a')), 'a\n\nb\n'],
  ])('%s', (_, node, written) => {
    expect(says([node], written)).toBe(false)
  })
})

it('a label is the same however its brackets are escaped', () => {
  const reference = { type: 'linkReference', referenceType: 'full', label: 'a]b', children: [text('c')] }
  expect(says([paragraph(reference)], '[c][a\\]b]\n', 'a\\]b')).toBe(true)
})
