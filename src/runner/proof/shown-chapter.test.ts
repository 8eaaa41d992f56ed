import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { assemble } from '../../book/assemble.ts'
import { type Rendered, render } from '../../markdown/rendered.ts'
import { renderedOf } from './chapter-forms.ts'
import { abridgedIn, isSame, piecesIn, readingsOf, wholeOffset } from './shown-chapter.ts'

const ROOT = '/book'

/** Definitions `d0` to `d19`, a line each. */
const RUN = Array.from({ length: 20 }, (_, number) => `[d${number}]: /to/${number} "D ${number}"\n`).join('')
const PAIRS = Array.from(
  { length: 20 },
  (_, number) => `[d${number}]: /pair/${number}\n${number % 2 ? '\n' : ''}`,
)

function bookOf(texts: Readonly<Record<string, string>>) {
  return { ...readingsOf(new Map(Object.entries(texts)), ROOT), unshown: new Set<string>() }
}

/** What a reader sees, and where in the assembled text it comes from. */
function seen({ tokens, anchors, olderAnchors }: Rendered, at: (offset: number) => number) {
  return {
    tokens: tokens.map(({ span, ...token }) => ({ ...token, at: span && at(span.start) })),
    ids: [...anchors, ...olderAnchors],
  }
}

function expectShown(texts: Readonly<Record<string, string>>, path = 'a.md') {
  const book = bookOf(texts)
  const form = renderedOf(path, book)
  const whole = assemble(book.texts, ROOT, path)
  expect(form && seen(form, form.assembledAt)).toEqual(whole && seen(render(whole.text), (at) => at))
}

function abridged(texts: Readonly<Record<string, string>>) {
  const book = bookOf(texts)
  const pieces = piecesIn('a.md', book)
  return pieces && abridgedIn('a.md', pieces, book, () => true)
}

describe('a chapter without definitions that nothing refers to', () => {
  it('is a small part of it, and has its offsets', () => {
    const texts = { 'a.md': '# A [d7]\n\n{{#include b.md}}\n\nB [d3][d7]\n', 'b.md': `[e]: /e\n${RUN}` }
    const short = abridged(texts)
    const whole = assemble(new Map(Object.entries(texts)), ROOT, 'a.md')
    expect(short?.text.match(/\[d\d+\]:/g)).toEqual(['[d3]:', '[d7]:', '[d18]:', '[d19]:'])
    expect(short && wholeOffset(short, short.text.indexOf('B ['))).toBe(whole?.text.indexOf('B ['))
    expect(short && wholeOffset(short, short.text.indexOf('[d7]:'))).toBe(whole?.text.indexOf('[d7]:'))
    expectShown(texts)
  })

  it('keeps what is mentioned in whatever form', () => {
    const mentions = ['[D1]', '[x][ d2 ]', '![y][d3][]', '> [d4\n> ][]', '`[d5]`', '[[d6]]', '[z](<[d7]>)']
    const short = abridged({ 'a.md': `${mentions.join('\n\n')}\n\n{{#include b.md}}\n`, 'b.md': `\n${RUN}` })
    expect(short?.text.match(/\[d\d+\]:/g)).toHaveLength(7 + 2)
  })

  it('keeps every definition of a label, so that the first of them counts', () => {
    const twice = RUN.replaceAll('[d4]', '[d11]')
    expectShown({ 'a.md': `[d11]\n\n{{#include b.md}}\n`, 'b.md': `\n${twice}` })
  })

  it.each<[string, string]>([
    ['behind a paragraph', 'words\n'],
    ['in a paragraph of a list', '- words\n'],
    ['behind a definition in a list', '- [x]: /y\n'],
    ['behind a list', '- words\n\n'],
    ['in a fence', '```\n'],
    ['behind a fence', '```\n```\n'],
    ['in a comment', '<!--\n'],
    ['behind a comment', '<!-- -->\n'],
    ['in raw HTML', '<div>\n'],
    ['in a script', '<script>\n'],
    ['in a table', '| a |\n|---|\n'],
    ['in a footnote', '[^n]: words\n'],
    ['behind a quote', '> words\n'],
    ['behind a label without an address', '[x]:\n'],
    ['in a title', '[x]: /y "\n'],
    ['in a title that ends in the first of them', '[x]: /y\n"z\n'],
    ['behind a heading', '# words\n'],
    ['in the middle of a line', 'words '],
    ['behind the marks of a list', '- '],
    ['behind spaces', '    '],
    ['behind what looks like a mark', '[\uf8fe0]: /mark\n\n'],
    ['behind a mark that is taken', '[\uf8fe0]: mdshift:left-out-0\n\nwords\n'],
  ])('is shown as it is %s', (_, front) => {
    const bare = RUN.replace(/ ".*"/g, '')
    for (const run of [RUN, bare, PAIRS.join(''), RUN.replaceAll('\n', '\r\n')]) {
      for (const behind of [
        '',
        '- words\n\n[d3]',
        "'title'\n[d3] [d18] [^n]",
        '"\n\n[d3]\n',
        '```\n-->\n</script>\n\n[d3]',
      ]) {
        const part = `[first]: /f\n${run}`
        expectShown({ 'a.md': `[d5]\n\n${front}{{#include b.md}}\n${behind}`, 'b.md': part })
        expectShown({ 'a.md': `[d5]\n\n${front}{{#include b.md:2:}}\n${behind}`, 'b.md': part })
        expectShown({ 'a.md': `[d5]\n\n${front}{{#include b.md}}\n${behind}`, 'b.md': `\n${run}` })
        expectShown({ 'a.md': `[d5]\n\n${front}${run}${behind}` })
      }
    }
  })

  it('shows as many references as all of it would', () => {
    const long = `[long]: /${'x'.repeat(2000)}\n`
    for (const count of [40, 60, 200]) {
      const text = `${'[long] '.repeat(count)}\n\n{{#include b.md}}\n`
      for (const times of [1, 400])
        expectShown({ 'a.md': text, 'b.md': `\n${RUN}${long}${RUN.repeat(times)}` })
    }
  })

  it('is shown as it is in any mixture', () => {
    const piece = fc.constantFrom(
      ...[
        '\n',
        '\n',
        'words\n',
        '[d1] [x][D2]\n',
        '> [d3\n> ]\n',
        '- item\n',
        '  ',
        '```\n',
        '<!--\n',
        '-->\n',
        '<p>\n',
      ],
      ...[
        '| a |\n|---|\n',
        '[^n] [^m]\n',
        '[^n]: note\n',
        '[x]: /y\n"',
        '[e]: /e\n',
        '# H {#h}\n',
        '## H\n',
        '`',
        '[',
        ']',
      ],
      ...[
        '{{#include b.md}}\n',
        '{{#include b.md}}',
        '{{#include c.md:2:30}}\n',
        RUN,
        RUN.slice(0, 400),
        PAIRS.join(''),
      ],
    )
    const text = fc.array(piece, { maxLength: 9 }).map((parts) => parts.join(''))
    fc.assert(
      fc.property(text, text, text, (a, b, c) =>
        expectShown({ 'a.md': a, 'b.md': b, 'c.md': `${c}\n${RUN}` }),
      ),
      { seed: 1, numRuns: 400 },
    )
  })
})

describe('a chapter that reads the same', () => {
  const isSameIn = (old: Record<string, string>, current: Record<string, string>) => {
    const [before, after] = [bookOf(old), bookOf(current)]
    const [one, two] = [piecesIn('a.md', before), piecesIn('a.md', after)]
    return one && two && isSame([one, two], [before, after])
  }

  it.each<[string, boolean, Record<string, string>, Record<string, string>]>([
    ['in other files', true, { 'a.md': 'x{{#include b.md}}z', 'b.md': 'y' }, { 'a.md': 'xyz' }],
    ['with another file beside it', true, { 'a.md': 'x', 'b.md': 'y' }, { 'a.md': 'x', 'b.md': 'z' }],
    ['but for a letter of its own', false, { 'a.md': 'x' }, { 'a.md': 'y' }],
    [
      'but for what it includes',
      false,
      { 'a.md': '{{#include b.md}}', 'b.md': 'y' },
      { 'a.md': '{{#include b.md}}', 'b.md': 'z' },
    ],
    [
      'where it includes a part',
      true,
      { 'a.md': '{{#include b.md:1:1}}', 'b.md': 'y\nx' },
      { 'a.md': '{{#include b.md:1:1}}', 'b.md': 'y\nz' },
    ],
  ])('%s', (_, same, old, current) => {
    expect(isSameIn(old, current)).toBe(same)
  })
})
