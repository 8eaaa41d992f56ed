import { describe, expect, it } from 'vitest'
import { render } from '../../markdown/rendered.ts'
import { apart } from './apart.ts'
import { compareRendered } from './rendered.ts'
import { shownBy } from './shown.ts'

/** Two texts with a region each, between two `‸`. */
const parted = (...texts: readonly [string, string]) => {
  const [before, after] = texts.map((text) => {
    const [front = '', inside = '', ...behind] = text.split('‸')
    const range = { start: front.length, end: front.length + inside.length }
    return { rendered: render(front + inside + behind.join('')), range }
  })
  if (!before || !after) throw new Error('two texts are two')
  return apart(before.rendered, after.rendered, [{ before: before.range, after: after.range }])
}

/** What is the matter outside of the regions. */
const breachOf = (before: string, after: string) => {
  const parts = parted(before, after)
  return compareRendered(parts.before, parts.after, []).breach?.message
}

describe('outside of a region', () => {
  it.each([
    ['a block that changes', 'a\n\n‸b\n‸\nc\n', 'a\n\n‸> d\n‸\nc\n'],
    ['a block that comes', 'a\n\n‸‸c\n', 'a\n\n‸# B\n\n‸c\n'],
    ['a block that goes', 'a\n\n‸b\n\n‸c\n', 'a\n\n‸‸c\n'],
    ['a footnote whose mark goes', 'a[^2]\n\n‸b[^1]\n\n[^1]: c\n‸\n\n[^2]: d\n', 'a[^2]\n\n‸b\n‸\n[^2]: d\n'],
    [
      'a footnote counted otherwise',
      '‸a\n‸\nb[^2] c[^2]\n\n[^2]: d\n',
      '‸a[^1]\n\n[^1]: e\n‸\nb[^2] c[^2]\n\n[^2]: d\n',
    ],
    ['the only footnote that goes', 'a\n\n‸b[^1]\n\n[^1]: c\n‸', 'a\n\n‸b\n‸'],
  ])('all is as it was beside %s', (_, before, after) => {
    expect(breachOf(before, after)).toBeUndefined()
  })

  it.each([
    ['a word', 'a\n\n‸b\n‸\nc\n', 'a\n\n‸d\n‸\ne\n'],
    ['a block that is swallowed', 'a\n\n‸b\n‸\nc\n', 'a\n\n‸```\n‸\nc\n'],
    ['a block that becomes one with a region', 'a\n\n‸b\n\n‸c\n', 'a\n\n‸b\n‸c\n'],
    ['a footnote', 'a[^1]\n\n‸b\n‸\n[^1]: c\n', 'a[^1]\n\n‸d\n‸\n[^1]: e\n'],
  ])('%s is seen to change', (_, before, after) => {
    expect(breachOf(before, after)).toBeDefined()
  })

  it('ids lead to the same elements, however many a region has', () => {
    const { before, after } = parted('‸# A\n\n‸# B\n\n<a id="c">\n', '‸# A\n\n## D\n\n‸# B\n\n<a id="c">\n')
    for (const id of ['a', 'b', 'c']) expect(after.anchors.get(id)).toBe(before.anchors.get(id))
    expect(before.anchors.has('d')).toBe(false)
    expect(new Set(after.anchors.values()).size).toBe(4)
  })

  it('an id that a region takes from what stands behind it leads elsewhere', () => {
    const { before, after } = parted('‸‸# A\n', '‸# A\n\n‸# A\n')
    expect(after.anchors.get('a')).not.toBe(before.anchors.get('a'))
  })
})

it('what stands in a region is told apart, footnotes with it', () => {
  const [inside] = parted('a\n\n‸b[^1]\n\n[^1]: c\n‸', 'a\n\n‸b\n‸').inside
  expect(shownBy(inside?.before ?? [])).toEqual(['b', '<note 1>', '<note 1>', 'c'])
  expect(shownBy(inside?.after ?? [])).toEqual(['b'])
})
