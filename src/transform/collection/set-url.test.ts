import type { Link } from 'mdast'
import { describe, expect, it } from 'vitest'
import { expectChange, treeDifference } from '../../../test/support/codemod.ts'
import { b } from '../builders.ts'
import { md } from '../md.ts'
import { setUrl } from './set-url.ts'

describe('setUrl', () => {
  it.each([
    ['a link', '[a](x "t")', '[a](y "t")'],
    ['a picture', '![a](x)', '![a](y)'],
    ['a definition', '[a]\n\n[a]: x', '[a]\n\n[a]: y'],
    ['a link whose text is its address', '[x](x)', '[x](y)'],
  ])('gives %s another address', (_, input, output) => {
    expectChange(input, (root) => root.find(['link', 'image', 'definition']).setUrl('y'), output)
  })

  it.each([
    ['<https://a.b>', 'https://c.d', '<https://c.d>'],
    ['<a@b.c>', 'mailto:d@e.f', '<d@e.f>'],
    ['<mailto:a@b.c>', 'mailto:d@e.f', '<mailto:d@e.f>'],
    ['<a@b.c>', 'https://c.d', '<https://c.d>'],
    ['<https://a.b>', 'c.md', '[c.md](c.md)'],
  ])('lets the text of %s follow to %s', (input, url, output) => {
    const root = md(input)
    root.find('link').setUrl(url)
    expect(treeDifference(root, output)).toBeUndefined()
  })

  it('makes an address of the one that there is', () => {
    expectChange(
      '[a](http://x.y) [b](z)',
      (root) => root.find('link').setUrl((url) => url.replace(/^http:/, 'https:')),
      '[a](https://x.y) [b](z)',
    )
  })

  it('changes a node that an author made', () => {
    const link: Link = b.link('https://a.b', 'https://a.b')
    setUrl(link, 'x')
    expect(link).toEqual(b.link('x', 'https://a.b'))
  })

  it('returns the collection', () => {
    const links = md('[a](b)').find('link')
    expect(links.setUrl('c')).toBe(links)
  })
})
