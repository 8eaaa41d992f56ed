import { describe, expect, it } from 'vitest'
import { VARIANTS, type VariantName } from './variants.ts'

/** What a layout makes of one chapter; nothing where it cannot be tried. */
function put(name: VariantName, text: string): string | undefined {
  const [pair] = VARIANTS[name].of({ input: { 'a.md': text }, output: { 'a.md': text } })
  return pair?.input['a.md']
}

describe('a chapter', () => {
  it.each<[VariantName, string, string | undefined]>([
    ['crlf', 'a\nb\r\nc', 'a\r\nb\r\nc'],
    ['crlf', 'a\r\n', undefined],
    ['bom', 'a\n', '\uFEFFa\n'],
    ['bom', '\uFEFFa\n', undefined],
    ['no-final-newline', 'a\n\n', 'a\n'],
    ['no-final-newline', 'a\r\n', 'a'],
    ['no-final-newline', 'a', undefined],
    ['front-matter', '# A\n', '---\ntitle: Rain\n---\n\n# A\n'],
    ['front-matter', '---\nx: y\n---\n', undefined],
    ['front-matter', '\uFEFF# A\n', undefined],
    ['block-quote', 'a\n\n  b\n', '> a\n>\n>   b\n'],
    ['block-quote', 'a\r\n\r\nb', '> a\r\n>\r\n> b'],
    ['block-quote', 'a\u2028b\n', '> a\u2028b\n'],
    ['block-quote', 'a\n\n\tb\n', undefined],
    ['block-quote', 'a\tb\n', '> a\tb\n'],
    ['block-quote', '---\nx: y\n---\n', undefined],
    ['block-quote', 'a\n\n{{#include b.md}}\n', '> a\n>\n{{#include b.md}}\n'],
    ['block-quote', '```\n{{#include b.rs}}\n```\n', '> ```\n> {{#include b.rs}}\n> ```\n'],
    ['list-item', 'a\n\n- b\n', '- An item.\n\n  a\n\n  - b\n'],
    ['in-fence', 'a', '~~~~~~~~~~ text\na\n~~~~~~~~~~\n'],
    ['in-fence', '~~~~~~~~~~\n', '~~~~~~~~~~~ text\n~~~~~~~~~~\n~~~~~~~~~~~\n'],
    ['twice', 'a\n', 'a\n'],
  ])('in %s: %j', (name, text, expected) => {
    expect(put(name, text)).toBe(expected)
  })
})

describe('a book', () => {
  const input = { 'a.md': 'a\n\n{{#include parts/b.md}}\n', 'parts/b.md': 'b\n' }
  const output = { ...input, 'parts/b.md': 'c\n' }

  it.each(['bom', 'front-matter', 'block-quote', 'list-item'] as const)('in %s keeps its parts', (name) => {
    const [pair, ...others] = VARIANTS[name].of({ input, output })
    expect(others).toEqual([])
    expect(pair?.input['a.md']).not.toBe(input['a.md'])
    expect([pair?.input['parts/b.md'], pair?.output['parts/b.md']]).toEqual(['b\n', 'c\n'])
  })

  it('is put in a fence file by file', () => {
    expect(VARIANTS['in-fence'].of({ input, output }).map((pair) => Object.keys(pair.input))).toEqual([
      ['a.md'],
      ['parts/b.md'],
    ])
  })
})
