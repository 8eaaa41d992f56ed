import { describe, expect, it } from 'vitest'
import { chapterOf } from '../../test/support/chapter.ts'
import { firstDifference } from './compare.ts'

const differenceOf = (expected: string, actual: string) => {
  const found = firstDifference(chapterOf(expected).tree, chapterOf(actual).tree)
  return found && [found.expected?.type, found.actual?.type]
}

describe('two trees', () => {
  it.each([
    ['wherever they stand', 'a *b*\n', '\n\na _b_'],
    ['with a lazy line or without', '> a\n> b\n', '> a\nb\n'],
    ['with a title that is not given', '[a](b)\n', '[a](<b>)\n'],
  ])('say the same %s', (_, expected, actual) => {
    expect(differenceOf(expected, actual)).toBeUndefined()
  })

  it.each([
    ['a text', 'a *b*\n', 'a *c*\n', ['text', 'text']],
    ['an address', '[a](b)\n', '[a](c)\n', ['link', 'link']],
    ['the depth of a heading', '# a\n', '## a\n', ['heading', 'heading']],
    ['the kind of a node', '*a*\n', '**a**\n', ['emphasis', 'strong']],
    ["a heading's id", '# a {#b}\n', '# a {#c}\n', ['heading', 'heading']],
    ["a heading's attributes", '# a {.b}\n', '# a\n', ['heading', 'heading']],
    ['attributes that a heading has not', '# a\n', '# a {.b}\n', ['heading', 'heading']],
    ['a title', '[a](b "c")\n', '[a](b)\n', ['link', 'link']],
    ['a title that is none', '[a](b)\n', '[a](b "c")\n', ['link', 'link']],
    ['a task that is done', '- [ ] a\n', '- [x] a\n', ['listItem', 'listItem']],
    ['the sides of a table', '|a|\n|-|\n', '|a|\n|:-|\n', ['table', 'table']],
    ['a loose list', '- a\n- b\n', '- a\n\n- b\n', ['list', 'list']],
    ['a node too many', 'a\n', 'a\n\nb\n', [undefined, 'paragraph']],
    ['a node too few', 'a\n\nb\n', 'a\n', ['paragraph', undefined]],
    ['the first of two places', '*a* `b`\n', '*c* `d`\n', ['text', 'text']],
  ])('differ by %s', (_, expected, actual, types) => {
    expect(differenceOf(expected, actual)).toEqual(types)
  })
})
