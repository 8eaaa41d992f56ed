import { describe, expect, it } from 'vitest'
import { labelId } from '../label-id.ts'
import { b } from './builders.ts'
import { PrintError } from './collection/source.ts'
import { blocksOf, inlinesOf, md } from './md.ts'

describe('md', () => {
  it('gives back what nobody changed, byte by byte', () => {
    const text = '\uFEFF#  a \r\n\r\n*  b\r\n * c\t\r\n\r\n[x]: <y>'
    expect(md(text).toSource()).toBe(text)
    expect(md('').toSource()).toBe('')
  })

  it('leaves the byte order mark and the line endings', () => {
    expect(
      md('\uFEFFa\r\n\r\nb\r\n')
        .find('paragraph')
        .at(0)
        .insertAfter([b.thematicBreak(), b.paragraph('c')])
        .toSource(),
    ).toBe('\uFEFFa\r\n\r\n---\r\n\r\nc\r\n\r\nb\r\n')
  })

  it('writes the whole chapter, whatever collection is asked', () => {
    const links = md('# a\n\n[b](c)\n').find('link')
    expect(links.setUrl('d').closest('paragraph').toSource()).toBe('# a\n\n[b](d)\n')
    expect(links.remove().toSource()).toBe('# a\n')
  })

  it('knows labels that are defined elsewhere', () => {
    const isDefined = (id: string) => id === labelId('slab')
    expect(md('[slab] [fog]').find('linkReference').length).toBe(0)
    expect(md('[slab] [fog]', { isDefined }).find('linkReference').length).toBe(1)
  })

  it('writes a second change after the first was taken', () => {
    const root = md('a b\n')
    expect(root.replaceText('a', 'c').toSource()).toBe('c b\n')
    expect(root.replaceText('b', 'd').toSource()).toBe('c d\n')
  })

  it('takes nodes of another text as they are written there', () => {
    const table = md('|  a|b |\n|:-|-|\n').find('table').get().node
    const quote = md('> x\n').find('paragraph').insertAfter(table)
    expect(quote.toSource()).toBe('> x\n>\n> |  a|b |\n> |:-|-|\n')
  })

  it('names the place of what Markdown cannot say', () => {
    const root = md('# a\n\nb *c*\n', { path: 'rain/a.md' })
    root.find('emphasis').replaceWith([b.inlineCode('x'), b.inlineCode('y')])
    const error = thrownBy(() => root.toSource())
    expect(error).toBeInstanceOf(PrintError)
    expect(error).toMatchObject({
      name: 'PrintError',
      code: 'MDS016',
      message: expect.stringMatching(/^rain\/a\.md:3:\d+: Markdown cannot say what was asked for: /),
      place: expect.stringMatching(/^rain\/a\.md:3:\d+$/),
      line: 3,
      column: expect.any(Number),
    })
  })
})

describe('blocksOf and inlinesOf', () => {
  it('give nothing of nothing', () => {
    expect([blocksOf(''), inlinesOf('')]).toEqual([[], []])
  })

  it('know labels that are defined elsewhere', () => {
    const isDefined = (id: string) => id === labelId('slab')
    expect(inlinesOf('[slab]', { isDefined })).toMatchObject([{ type: 'linkReference' }])
    expect(blocksOf('[slab]', { isDefined })).toMatchObject([{ children: [{ type: 'linkReference' }] }])
  })

  it('throw for what they are not', () => {
    expect(() => blocksOf('---\na: b\n---\n')).toThrow(/^yaml is no block that can stand in another/)
    expect(() => inlinesOf('# a')).toThrow(/^one paragraph was expected, not "# a"$/)
    expect(() => inlinesOf('a\n\nb')).toThrow(TypeError)
  })
})

function thrownBy(act: () => unknown): unknown {
  try {
    return act()
  } catch (thrown) {
    return thrown
  }
}
