import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { chapterOf, nodesOf } from '../../test/support/chapter.ts'
import { endOf, startOf } from '../markdown/parse.ts'
import { readFileFacts } from './file-facts.ts'

const definitionsOf = (text: string) => readFileFacts('rain.md', text).definitions
const labelsOf = (text: string) => definitionsOf(text).map(({ label }) => label)
const includesOf = (text: string) =>
  readFileFacts('rain.md', text).includes.map(
    ({ target, rendered }) => `${target}${rendered ? '' : ' (verbatim)'}`,
  )

describe('the definitions of a file', () => {
  it('are told with all their parts, and stand where they say', () => {
    const text = 'See [rain].\n\n  [Rain  Gauge]: <https://example.org/a&amp;b> "A \\"gauge\\""\n'
    const [definition] = definitionsOf(text)
    expect(definition).toMatchObject({
      label: 'Rain  Gauge',
      id: 'RAIN GAUGE',
      destination: 'https://example.org/a&b',
      title: 'A "gauge"',
    })
    expect(text.slice(definition?.start, definition?.end)).toBe(
      '[Rain  Gauge]: <https://example.org/a&amp;b> "A \\"gauge\\""',
    )
  })

  it('a hidden definition has its page in the title', () => {
    expect(definitionsOf('[page]: # "rain.md#gauges"')).toMatchObject([
      { label: 'page', destination: '#', title: 'rain.md#gauges' },
    ])
  })

  it('over several lines of a quote are told without the quote', () => {
    const text = '> [rain\r\n> gauge]:\r\n> /x\r\n> "a\r\n> title"\r\n'
    const [definition] = definitionsOf(text)
    expect(definition).toMatchObject({ id: 'RAIN GAUGE', destination: '/x', title: 'a\r\ntitle' })
    expect(text.slice(definition?.start, definition?.end)).toBe(text.slice(2, -2))
  })

  it('stand where they say behind a second byte order mark', () => {
    const text = '\uFEFFrain\n\n[a]: /a\n'
    expect(definitionsOf(text).map(({ start, end }) => text.slice(start, end))).toEqual(['[a]: /a'])
    expect(labelsOf('\uFEFF[a]: /a\n')).toEqual([])
  })

  it('titles and destinations of one definition are not those of the next', () => {
    expect(definitionsOf('[a]: /a "title"\n[b]: <>\n[c]: /c\n')).toMatchObject([
      { label: 'a', destination: '/a', title: 'title' },
      { label: 'b', destination: '', title: '' },
      { label: 'c', destination: '/c', title: '' },
    ])
  })

  it.each<[string, string, string[]]>([
    ['one behind another', '[a]: /a\n[b]: /b\n', ['a', 'b']],
    ['the same label twice', '[a]: /a\n[A]: /b\n', ['a', 'A']],
    ['in a quote', '> [a]: /a\n', ['a']],
    ['in a list item', '- [a]: /a\n\n  [b]: /b\n', ['a', 'b']],
    ['in a quote in a list item', '- > [a]: /a\n', ['a']],
    ['behind a heading', '# Rain\n[a]: /a\n', ['a']],
    ['behind a table', '| a |\n|---|\n\n[a]: /a\n', ['a']],
    ['with CRLF', '[a]: /a\r\n[b]: /b\r\n', ['a', 'b']],
    ['with lone carriage returns', '[a]: /a\r[b]: /b\r', ['a', 'b']],
    ['with its destination on the next line', '[a]:\n/a\n', ['a']],
    ['with an escaped bracket', '[a\\]b]: /a\n', ['a\\]b']],
    ['right behind an include', '{{#include refs.md}}\n[a]: /a\n', ['a']],
    ['right behind a directive of another kind', '{{#title Rain}}\n[a]: /a\n', ['a']],
    ['between includes', '{{#include x.md}}\n[a]: /a\n{{#include y.md}}\n', ['a']],
    ['in a quote, right behind an include', '> {{#include refs.md}}\n> [a]: /a\n', ['a']],
    ['in a div, behind a blank line', '<div>\n\n[a]: /a\n\n</div>\n', ['a']],
    ['behind a comment that is closed', '<!-- rain -->\n\n[a]: /a\n', ['a']],
  ])('%s', (_, text, labels) => {
    expect(labelsOf(text)).toEqual(labels)
  })

  it.each([
    ['in a fence', '```\n[a]: /a\n```\n'],
    ['in a fence that nothing closes', '~~~\nrain\n\n[a]: /a\n'],
    ['in indented code', '    [a]: /a\n'],
    ['in a comment', '<!--\n\n[a]: /a\n\n-->\n'],
    ['in a comment that nothing closes', '<!-- rain\n\n[a]: /a\n'],
    ['in a div, with no blank line before', '<div>\n[a]: /a\n</div>\n'],
    ['within a paragraph', 'rain\n[a]: /a\n'],
    ['within a paragraph that begins with an include in text', 'rain {{#include x.md}}\n[a]: /a\n'],
    ['with text behind it', '[a]: /a rain\n'],
    ['of a footnote', '[^a]: rain\n'],
    ['with an empty label', '[ ]: /a\n'],
    ['with brackets in its label', '[[a]]: /a\n'],
  ])('none %s', (_, text) => {
    expect(labelsOf(text)).toEqual([])
  })
})

describe('the definitions of any text', () => {
  it('are those that the parser of chapters finds', () => {
    const piece = fc.constantFrom(
      ...[
        'a',
        ' ',
        '\n',
        '\r\n',
        '\n\n',
        '\n> ',
        '\n- ',
        '\n  ',
        '\n    ',
        '\t',
        '\n# ',
        '\n===\n',
        '\n---\n',
      ],
      ...[
        '[q]: /u\n',
        '[r s]: /v "t"',
        '[x]: <> \n',
        "[y\nz]:\n/w '&amp;'",
        '[q]',
        ']',
        '[^1]: ',
        '{#k}',
        '{{hi:x}}',
      ],
      ...[
        '{{#include b.md}}',
        '<div>',
        '</div>\n',
        '\n<pre>\n',
        '<!--',
        '-->',
        '\n```\n',
        '\n~~~\n',
        '|',
        '\n|---|\n',
      ],
    )
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 14 }), (pieces) => {
        const text = pieces.join('')
        const found = nodesOf(chapterOf(text), 'definition').map((node) => ({
          start: startOf(node),
          end: endOf(node),
          destination: node.url,
          title: node.title ?? '',
        }))
        const facts = definitionsOf(text).map(({ start, end, destination, title }) => ({
          start,
          end,
          destination,
          title,
        }))
        expect({ text, facts }).toEqual({ text, facts: found })
      }),
      { numRuns: 600 },
    )
  })
})

describe('the includes of a file', () => {
  it.each<[string, string, string[]]>([
    ['in a paragraph', 'See {{#include a.md}}.', ['a.md']],
    ['in a quote and a list item', '> {{#include a.md}}\n\n- {{#include b.md}}\n', ['a.md', 'b.md']],
    ['in a div', '<div>\n{{#include a.md}}\n</div>\n', ['a.md']],
    ['in a fence', '```rust\n{{#include a.rs}}\n```\n\n{{#include b.md}}\n', ['a.rs (verbatim)', 'b.md']],
    ['in indented code', 'rain\n\n    {{#include a.rs}}\n', ['a.rs (verbatim)']],
    ['in a comment', '<!--\n{{#include a.md}}\n-->\n', ['a.md (verbatim)']],
    ['in <pre>', '<pre>\n\n{{#include a.txt}}\n</pre>\n', ['a.txt (verbatim)']],
    ['in <script>', '<script>\n{{#include a.js}}\n</script>\n', ['a.js (verbatim)']],
    ['behind a fence that nothing closes', '```\nrain\n\n{{#include a.md}}\n', ['a.md (verbatim)']],
    ['in an element whose name begins like pre', '<preface>\n{{#include a.md}}\n', ['a.md']],
    ['in a fence in a list item', '- rain\n\n  ```\n  {{#include a.rs}}\n  ```\n', ['a.rs (verbatim)']],
  ])('%s', (_, text, includes) => {
    expect(includesOf(text)).toEqual(includes)
  })
})
