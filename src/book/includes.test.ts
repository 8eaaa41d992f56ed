import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { IncludedPart } from '../model.ts'
import { findIncludes, resolveTarget, spanOfPart, takePart } from './includes.ts'

const found = (text: string) => findIncludes(text).map(({ start, end }) => text.slice(start, end))
const targets = (text: string) => findIncludes(text).map(({ target }) => target)
const partOf = (argument: string) => findIncludes(`{{#include ${argument}}}`)[0]?.part
const lines = (from: number, to: number): IncludedPart => ({ kind: 'lines', from, to })
const REST = Number.MAX_SAFE_INTEGER

describe('findIncludes', () => {
  it.each<[string, string, string[]]>([
    ['on a line of its own', 'a\n\n{{#include refs.md}}\n', ['{{#include refs.md}}']],
    ['within a line', 'a {{#include refs.md}} b', ['{{#include refs.md}}']],
    ['several, in order', '{{#include a.md}}{{#include b.md}}', ['{{#include a.md}}', '{{#include b.md}}']],
    ['with spaces wherever mdBook takes them', '{{  #include   a.md   }}', ['{{  #include   a.md   }}']],
    ['with its path on the next line', '{{#include\na.md}}', ['{{#include\na.md}}']],
    ['as rustdoc_include', '{{#rustdoc_include a.rs}}', ['{{#rustdoc_include a.rs}}']],
    ['in code, where mdBook reads it too', '```\n{{#include a.rs}}\n```\n', ['{{#include a.rs}}']],
  ])('an include %s', (_, text, all) => {
    expect(found(text)).toEqual(all)
  })

  it.each([
    ['escaped', '\\{{#include a.md}}'],
    ['another preprocessor word', '{{#title Rain}} {{#playground a.rs}}'],
    ['without a path', '{{#include}} {{#include }}'],
    ['without a number sign', '{{include a.md}}'],
    ['with a space behind the number sign', '{{# include a.md}}'],
    ['closed by one brace', '{{#include a.md}'],
    ['in capitals', '{{#INCLUDE a.md}}'],
  ])('none that is %s', (_, text) => {
    expect(findIncludes(text)).toEqual([])
  })

  it('an escape reaches to the last braces of its line, as mdBook has it', () => {
    expect(targets('\\{{#include a.md}} {{#include b.md}}\n{{#include c.md}}')).toEqual(['c.md'])
  })

  it('takes the first word of what stands behind the keyword', () => {
    expect(targets('{{#include a.md editable hidden}}')).toEqual(['a.md'])
  })

  it('ends the path at the first colon', () => {
    expect(targets('{{#include ../notes/rain.md:2:4}} {{#include rain.md:heavy}}')).toEqual([
      '../notes/rain.md',
      'rain.md',
    ])
  })
})

describe('the part that an include takes', () => {
  it.each<[string, IncludedPart]>([
    ['a.md', { kind: 'all' }],
    ['a.md:', { kind: 'all' }],
    ['a.md::', { kind: 'all' }],
    ['a.md:3', lines(2, 3)],
    ['a.md:0', lines(0, 1)],
    ['a.md:3:', lines(2, REST)],
    ['a.md:3:5', lines(2, 5)],
    ['a.md::5', lines(0, 5)],
    ['a.md:3:five', lines(2, REST)],
    ['a.md::five', { kind: 'all' }],
    ['a.md:5:3', lines(4, 3)],
    ['a.md:heavy', { kind: 'anchor', name: 'heavy' }],
    ['a.md:heavy:3', { kind: 'anchor', name: 'heavy' }],
    ['a.md:-3', { kind: 'anchor', name: '-3' }],
    ['a.md:3x', { kind: 'anchor', name: '3x' }],
    ['a.md:3:5:7', lines(2, 5)],
  ])('%s', (argument, part) => {
    expect(partOf(argument)).toEqual(part)
  })
})

describe('takePart', () => {
  const text = 'one\r\ntwo\nthree\n'

  it.each<[string, string, IncludedPart, string]>([
    ['one line', text, lines(1, 2), 'two'],
    ['a range', text, lines(0, 2), 'one\ntwo'],
    ['from a line to the end', text, lines(1, REST), 'two\nthree'],
    ['more lines than there are', text, lines(2, 9), 'three'],
    ['lines behind the end', text, lines(7, 9), ''],
    ['a range that runs backwards', text, lines(2, 1), ''],
    ['the last of two empty lines', 'a\n\n\n', lines(1, REST), '\n'],
  ])('%s', (_, whole, part, taken) => {
    expect(takePart(whole, part)).toBe(taken)
  })

  const anchored = [
    'before',
    '<!-- ANCHOR: all -->',
    'one',
    '<!-- ANCHOR: inner-part -->',
    'two',
    '<!-- ANCHOR_END: inner-part -->',
    'three',
    '<!-- ANCHOR_END: all -->',
    'after',
  ].join('\n')

  it.each<[string, string, string]>([
    ['an anchor, without the marks of others', 'all', 'one\ntwo\nthree'],
    ['an anchor within', 'inner-part', 'two'],
    ['an anchor that is not there', 'none', ''],
    ['an anchor that is the beginning of another', 'inner', ''],
  ])('%s', (_, name, taken) => {
    expect(takePart(anchored, { kind: 'anchor', name })).toBe(taken)
  })

  it('an anchor that nothing ends reaches to the end', () => {
    expect(takePart('// ANCHOR:x\na\nb\n', { kind: 'anchor', name: 'x' })).toBe('a\nb')
  })

  it('the first of two anchors of one name', () => {
    const twice = 'ANCHOR: x\na\nANCHOR_END: x\nb\nANCHOR: x\nc\nANCHOR_END: x\n'
    expect(takePart(twice, { kind: 'anchor', name: 'x' })).toBe('a')
  })
})

describe('spanOfPart', () => {
  const text = 'one\r\ntwo\nANCHOR: x\nthree\nANCHOR_END: x\nfour\n'

  it.each<[string, IncludedPart, string]>([
    ['the whole', { kind: 'all' }, text],
    ['one line', lines(1, 2), 'two\n'],
    ['lines that end with CRLF', lines(0, 1), 'one\r\n'],
    ['from a line to the end', lines(5, REST), 'four\n'],
    ['lines behind the end', lines(9, 12), ''],
    ['an anchor, without its marks', { kind: 'anchor', name: 'x' }, 'three\n'],
    ['an anchor that is not there', { kind: 'anchor', name: 'y' }, ''],
  ])('%s', (_, part, source) => {
    const { start, end } = spanOfPart(text, part)
    expect(text.slice(start, end)).toBe(source)
  })

  it('an anchor that nothing ends reaches to the end', () => {
    const { start, end } = spanOfPart('a\nANCHOR: x\nb\nc', { kind: 'anchor', name: 'x' })
    expect([start, end]).toEqual([12, 15])
  })

  it('is where the text stands that takePart takes', () => {
    const line = fc.constantFrom(
      'one\n',
      'two\r\n',
      '\n',
      'ANCHOR: a\n',
      'ANCHOR_END: a\n',
      'ANCHOR: b\n',
      'end',
    )
    const part = fc.oneof<fc.Arbitrary<IncludedPart>[]>(
      fc.tuple(fc.nat(8), fc.nat(4)).map(([from, count]) => lines(from, from + count)),
      fc.constantFrom('a', 'b').map((name) => ({ kind: 'anchor', name })),
    )
    fc.assert(
      fc.property(fc.array(line, { maxLength: 8 }), part, (all, taken) => {
        const whole = all.join('')
        const { start, end } = spanOfPart(whole, taken)
        const found = takePart(whole.slice(start, end), lines(0, REST)).split('\n')
        const isMark = (text: string) => taken.kind === 'anchor' && text.includes('ANCHOR')
        expect(found.filter((text) => !isMark(text)).join('\n')).toBe(takePart(whole, taken))
      }),
      { numRuns: 500 },
    )
  })
})

describe('resolveTarget', () => {
  it.each([
    ['rain.md', 'refs.md', 'refs.md'],
    ['wind/gusts.md', 'refs.md', 'wind/refs.md'],
    ['wind/gusts.md', './refs.md', 'wind/refs.md'],
    ['wind/gusts.md', '../refs/all.md', 'refs/all.md'],
    ['gusts.md', '../outside.md', '../outside.md'],
    ['wind/gusts.md', '/books/weather/refs.md', 'refs.md'],
    ['wind/gusts.md', '/books/garden/refs.md', '../garden/refs.md'],
  ])('from %s, %s is %s', (from, target, resolved) => {
    expect(resolveTarget(from, target, '/books/weather')).toBe(resolved)
  })
})
