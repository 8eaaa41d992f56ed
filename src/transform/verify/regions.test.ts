import { describe, expect, it } from 'vitest'
import { chapterOf } from '../../../test/support/chapter.ts'
import { editsBetween } from '../../markdown/print/difference.ts'
import { regionsOf } from './regions.ts'

/** The regions between two texts, each as it was and as it is. */
const regions = (before: string, after: string, isMade: (text: string) => boolean = () => true) =>
  regionsOf(chapterOf(before), chapterOf(after), editsBetween(before, after), ({ text }) => isMade(text)).map(
    (region) => [
      before.slice(region.before.start, region.before.end).trim(),
      after.slice(region.after.start, region.after.end).trim(),
    ],
  )

describe('a region is', () => {
  it.each<[string, string, string, [string, string][]]>([
    ['a block in which words change', 'a b\n\nc\n\nd\n', 'a b\n\nx\n\nd\n', [['c', 'x']]],
    ['a block that comes', 'a\n\nc\n', 'a\n\nb\n\nc\n', [['', 'b']]],
    ['a block that goes', 'a\n\nb\n\nc\n', 'a\n\nc\n', [['b', '']]],
    ['the first block', 'a\n\nb\n', '# a\n\nb\n', [['a', '# a']]],
    ['a whole file', '', 'a\n', [['', 'a']]],
    ['two blocks that become one', 'a\n\nb\n\nc\n', 'a b\n\nc\n', [['a\n\nb', 'a b']]],
    ['a whole list', '- a\n- b\n\nc\n', '- a\n- x\n\nc\n', [['- a\n- b', '- a\n- x']]],
    [
      'each of two places',
      'a\n\nb\n\nc\n',
      'x\n\nb\n\ny\n',
      [
        ['a', 'x'],
        ['c', 'y'],
      ],
    ],
    ['all that becomes code', 'a\n\nb\n', '```\na\n\nb\n', [['a\n\nb', '```\na\n\nb']]],
  ])('%s', (_, before, after, expected) => {
    expect(regions(before, after)).toEqual(expected)
  })
})

it('there is none where no edit comes from a tree', () => {
  expect(regions('a\n\nb\n', 'x\n\nb\n', () => false)).toEqual([])
})
