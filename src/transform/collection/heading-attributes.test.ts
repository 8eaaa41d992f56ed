import type { Root } from 'mdast'
import { describe, expect, it } from 'vitest'
import { expectChange } from '../../../test/support/codemod.ts'
import type { Collection } from '../collection.ts'
import { md } from '../md.ts'

const CASES: readonly [string, string, (root: Collection<Root>) => unknown, string][] = [
  ['an id', '# A', (root) => root.find('heading').setHeadingId('a'), '# A {#a}'],
  ['another id', '# A {.c #a k=v}', (root) => root.find('heading').setHeadingId('b'), '# A {.c #b k=v}'],
  ['no id', '# A {#a .c}', (root) => root.find('heading').setHeadingId(undefined), '# A {.c}'],
  ['no braces', '# A {#a}', (root) => root.find('heading').setHeadingId(undefined), '# A'],
  [
    'ids made of headings',
    '# A\n\n## B',
    (root) => root.find('heading').setHeadingId(({ depth }) => (depth === 1 ? 'top' : undefined)),
    '# A {#top}\n\n## B',
  ],
  ['a class', '# A', (root) => root.find('heading').addClass('c'), '# A {.c}'],
  ['a class behind others', '# A {.c}', (root) => root.find('heading').addClass('d'), '# A {.c .d}'],
  ['a class that it has', '# A {.c}', (root) => root.find('heading').addClass('c'), '# A {.c}'],
  ['one class less', '# A {#a .c .d}', (root) => root.find('heading').removeClass('c'), '# A {#a .d}'],
  ['a class that it has not', '# A {}', (root) => root.find('heading').removeClass('c'), '# A {}'],
  ['the last class less', '# A {.c}', (root) => root.find('heading').removeClass('c'), '# A'],
]

describe('attributes of headings', () => {
  it.each(CASES)('become %s', (_, input, change, output) => {
    expectChange(input, change, output)
  })

  it.each(['', 'a b', '#a', '.a', 'a}', 'a\\b', 'a"'])('are not made of %j', (word) => {
    const headings = md('# A').find('heading')
    expect(() => headings.setHeadingId(word)).toThrow(TypeError)
    expect(() => headings.addClass(word)).toThrow(TypeError)
    expect(headings.get().node.attributes).toBeUndefined()
  })
})
