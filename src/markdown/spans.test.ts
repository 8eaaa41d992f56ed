import fc from 'fast-check'
import type { Nodes, Text } from 'mdast'
import { describe, expect, it } from 'vitest'
import { at, chapterOf, fieldsOf, nodesOf } from '../../test/support/chapter.ts'

const LABELS = ['b', 'c', 'rain gauge', 'a\\]b']

/** The fields of all nodes of one type, as the source has them. */
function fieldsIn(text: string, type: Nodes['type']): ReturnType<typeof fieldsOf>[] {
  const chapter = chapterOf(text, ...LABELS)
  return nodesOf(chapter, type).map((node) => fieldsOf(chapter, node))
}

describe('the fields of a definition', () => {
  it.each<[string, string, ReturnType<typeof fieldsOf>]>([
    ['plain', '[a]: /x\n', { label: 'a', destination: '/x' }],
    ['with a title', '[a]: /x "t u"\n', { label: 'a', destination: '/x', title: 't u' }],
    ['with a title in single quotes', "[a]: /x 't'\n", { label: 'a', destination: '/x', title: 't' }],
    ['with a title in parentheses', '[a]: /x (t)\n', { label: 'a', destination: '/x', title: 't' }],
    ['with its destination in angle brackets', '[a]: </x y>\n', { label: 'a', destination: '/x y' }],
    ['hidden', '[a]: # "rain.md#x"\n', { label: 'a', destination: '#', title: 'rain.md#x' }],
    ['over lines', '[a\n b]:\n/x\n"t"\n', { label: 'a\n b', destination: '/x', title: 't' }],
    [
      'with escapes and references',
      '[a\\]b]: /x&amp;y "t\\"u"\n',
      { label: 'a\\]b', destination: '/x&amp;y', title: 't\\"u' },
    ],
    ['in a quote', '> [a]: /x "t"\n', { label: 'a', destination: '/x', title: 't' }],
    ['in a quote over lines', '> [a]:\n> /x\n> "t"\n', { label: 'a', destination: '/x', title: 't' }],
    ['in a list item', '- a\n\n  [a]: /x\n', { label: 'a', destination: '/x' }],
    ['with CRLF', 'b\r\n\r\n[a]: /x "t"\r\n', { label: 'a', destination: '/x', title: 't' }],
    ['without a final newline', '[a]: /x', { label: 'a', destination: '/x' }],
    ['without a destination', '[a]: <>\n', { label: 'a' }],
  ])('%s', (_, text, fields) => {
    expect(fieldsIn(text, 'definition')).toEqual([fields])
  })

  it('are not those of the next one', () => {
    expect(fieldsIn('[a]: /x "t"\n[b]: /y\n', 'definition')).toEqual([
      { label: 'a', destination: '/x', title: 't' },
      { label: 'b', destination: '/y' },
    ])
  })
})

describe('the fields of links and references', () => {
  it.each<[string, string, Nodes['type'], ReturnType<typeof fieldsOf>[]]>([
    ['a link', '[a](/x)\n', 'link', [{ text: 'a', destination: '/x' }]],
    ['a link with a title', '[a](</x y> "t")\n', 'link', [{ text: 'a', destination: '/x y', title: 't' }]],
    ['a link with nothing', '[]()\n', 'link', [{ text: '' }]],
    ['a link with emphasis', '[*a* b](/x)\n', 'link', [{ text: '*a* b', destination: '/x' }]],
    ['a full reference', '[a][b]\n', 'linkReference', [{ text: 'a', label: 'b' }]],
    ['a collapsed one', '[b][]\n', 'linkReference', [{ text: 'b' }]],
    ['a shortcut', '[b]\n', 'linkReference', [{ text: 'b' }]],
    ['one with an escape in its label', '[a\\]b]\n', 'linkReference', [{ text: 'a\\]b' }]],
    ['two beside each other', '[a][b][c]\n', 'linkReference', [{ text: 'a', label: 'b' }, { text: 'c' }]],
    [
      'in a quote over lines',
      '> [a\n> x][rain\n> gauge]\n',
      'linkReference',
      [{ text: 'a\n> x', label: 'rain\n> gauge' }],
    ],
    ['in a list', '- [a][b]\n- [c]\n', 'linkReference', [{ text: 'a', label: 'b' }, { text: 'c' }]],
    [
      'in a table',
      '| [a][b] |\n|---|\n| x [c] |\n',
      'linkReference',
      [{ text: 'a', label: 'b' }, { text: 'c' }],
    ],
    ['with CRLF', 'x\r\n[a](/x "t")\r\n', 'link', [{ text: 'a', destination: '/x', title: 't' }]],
    ['in a heading with attributes', '# [a](/x) {#i}\n', 'link', [{ text: 'a', destination: '/x' }]],
    ['in a footnote', '[^1]\n\n[^1]: [a](/x)\n', 'link', [{ text: 'a', destination: '/x' }]],
    ['an autolink', '<https://example.org>\n', 'link', [{}]],
  ])('%s', (_, text, type, fields) => {
    expect(fieldsIn(text, type)).toEqual(fields)
  })
})

describe('the fields of images', () => {
  it.each<[string, string, Nodes['type'], ReturnType<typeof fieldsOf>[]]>([
    ['an image', '![a](/x "t")\n', 'image', [{ text: 'a', destination: '/x', title: 't' }]],
    ['a full reference', '![a][b]\n', 'imageReference', [{ text: 'a', label: 'b' }]],
    ['a shortcut', '![b]\n', 'imageReference', [{ text: 'b' }]],
    ['a badge', '[![a][b]][c]\n', 'imageReference', [{ text: 'a', label: 'b' }]],
    [
      'an alt text with a link in it',
      '![a [d](/y) e](/x)\n',
      'image',
      [{ text: 'a [d](/y) e', destination: '/x' }],
    ],
    ['in a quote in a list', '- > ![a][b]\n', 'imageReference', [{ text: 'a', label: 'b' }]],
  ])('%s', (_, text, type, fields) => {
    expect(fieldsIn(text, type)).toEqual(fields)
  })

  it('a badge’s link has its own', () => {
    expect(fieldsIn('[![a][b]][c] [![d](/e "f")](/g "h")\n', 'linkReference')).toEqual([
      { text: '![a][b]', label: 'c' },
    ])
    expect(fieldsIn('[![a][b]][c] [![d](/e "f")](/g "h")\n', 'link')).toEqual([
      { text: '![d](/e "f")', destination: '/g', title: 'h' },
    ])
  })
})

describe('the source of a field', () => {
  it('over lines in a quote is without the quote', () => {
    const chapter = chapterOf('> [a][rain\r\n> gauge]\r\n', ...LABELS)
    const [reference] = nodesOf(chapter, 'linkReference')
    expect(reference && chapter.spans.fields(reference).label?.source).toBe('rain\r\ngauge')
  })
})

describe('the fields of headings', () => {
  it('are their attributes, with the braces', () => {
    expect(fieldsIn('# a {#i .c}\n\nb { #j }\n---\n\n## c\n', 'heading')).toEqual([
      { attributes: '{#i .c}' },
      { attributes: '{ #j }' },
      {},
    ])
  })
})

/** The first text node of a text, and where parts of its value stand. */
function firstText(text: string) {
  const chapter = chapterOf(text, ...LABELS)
  const [node] = nodesOf(chapter, 'text')
  if (!node) throw new Error('no text')
  return {
    value: node.value,
    source: (from: number, to: number) => at(chapter, chapter.spans.ofText(node, from, to)),
  }
}

/** What the source says for a part of a text's value. */
function sourceOfPart(text: string, part: string): string | undefined {
  const { value, source } = firstText(text)
  const from = value.indexOf(part)
  expect(from, value).toBeGreaterThanOrEqual(0)
  return source(from, from + part.length)
}

describe('where a part of a text stands', () => {
  it.each<[string, string, string, string]>([
    ['plain', 'rain and wind\n', 'and', 'and'],
    ['behind an escape', 'a \\* rain\n', 'rain', 'rain'],
    ['an escape itself', 'a \\* rain\n', '*', '\\*'],
    ['before an escape', 'rain \\* b\n', 'rain', 'rain'],
    ['around an escape', 'a\\*b\n', 'a*b', 'a\\*b'],
    ['behind a character reference', 'a &amp; rain\n', 'rain', 'rain'],
    ['a character reference itself', 'a &amp; rain\n', '&', '&amp;'],
    ['a numeric one', 'a &#11187; rain\n', '⮳', '&#11187;'],
    ['a hexadecimal one', 'a &#x2BB3; rain\n', '⮳', '&#x2BB3;'],
    ['half of one that is two code units', 'a &#x1F327; rain\n', '\u{1F327}'.charAt(1), '&#x1F327;'],
    ['what looks like one', 'a &rain; b\n', '&rain;', '&rain;'],
    ['on the second line', 'a\nrain\n', 'rain', 'rain'],
    ['over a line ending', 'a rain\nb\n', 'rain\nb', 'rain\nb'],
    ['over CRLF', 'a rain\r\nb\r\n', 'rain\r\nb', 'rain\r\nb'],
    ['a line ending', 'a\nb\n', '\n', '\n'],
    ['on a line that is indented', 'a\n   rain\n', 'rain', 'rain'],
    ['over an indent', 'a\n   rain\n', 'a\nrain', 'a\n   rain'],
    ['over a quote’s mark', '> a\n> rain\n', 'a\nrain', 'a\n> rain'],
    ['on a lazy line', '> a\nrain\n', 'rain', 'rain'],
    ['in a list item', '- a\n  rain\n', 'rain', 'rain'],
    ['in a task list item', '- [x] a rain\n', 'rain', 'rain'],
    ['in one, at its start', '- [ ] rain\n', 'rain', 'rain'],
    ['in one, with escapes', '1. [x] \\*rain &amp; b\n', '*rain &', '\\*rain &amp;'],
    ['in one, over lines', '- [x] a\n  rain\n', 'rain', 'rain'],
    ['in a heading', '# a rain #\n', 'rain', 'rain'],
    ['in a setext heading', 'a\nrain\n===\n', 'rain', 'rain'],
    ['in a heading with attributes', '## a rain {#i}\n', 'rain', 'rain'],
    ['in a table cell', '| a rain |\n|---|\n', 'rain', 'rain'],
    ['in a table cell with a pipe', '| a \\| rain |\n|---|\n', '| rain', '\\| rain'],
    ['in emphasis', '*a rain*\n', 'rain', 'rain'],
    ['with brackets that are no link', 'a [x] rain\n', '[x] rain', '[x] rain'],
    ['with stars that are no emphasis', 'a * b ** rain\n', '** rain', '** rain'],
    ['with tildes that strike nothing', 'a ~ rain\n', '~ rain', '~ rain'],
    ['with braces that are no directive', 'a {{ rain\n', '{{ rain', '{{ rain'],
    ['behind trailing spaces', 'a rain \nb\n', 'rain\nb', 'rain \nb'],
    ['of an autolink', '<https://example.org/rain>\n', 'rain', 'rain'],
    ['of two code units', 'a 😀 rain\n', '😀', '😀'],
  ])('%s', (_, text, part, source) => {
    expect(sourceOfPart(text, part)).toBe(source)
  })

  it('behind a hard break', () => {
    const chapter = chapterOf('a  \nrain\\\nwind\n')
    const texts = nodesOf(chapter, 'text')
    expect(texts.map((node) => at(chapter, chapter.spans.ofText(node, 0, node.value.length)))).toEqual([
      'a',
      'rain',
      'wind',
    ])
  })

  it('is nowhere behind the end', () => {
    const chapter = chapterOf('rain\n')
    const [node] = nodesOf(chapter, 'text')
    expect(node && chapter.spans.ofText(node, 4, 5)).toBeUndefined()
  })

  it('every letter of every text is where its span says, in any mixture of syntax', () => {
    const word = fc.constantFrom(
      ...[
        'a',
        'bc',
        ' ',
        '\n',
        '\r\n',
        '\n\n',
        '\n> ',
        '\n- ',
        '\n  ',
        '\n- [x] ',
        '\\*',
        '\\[',
        '&amp;',
        '&#11187;',
      ],
      ...[
        '*',
        '**',
        '_',
        '~',
        '`',
        '[',
        '](u)',
        '[b]',
        ']',
        '![',
        '{{',
        '}}',
        '{{hi:x}}',
        '[[p]]',
        '|',
        '\n|---|\n',
      ],
      ...[
        '\n## ',
        ' {#i}',
        '<b>',
        '<!--',
        '-->',
        '\n[^1]: ',
        '\n[k]: /u "t"\n',
        '\t',
        '😀',
        '<h:a>',
        '\\\n',
        '  \n',
      ],
    )
    const isPlaced = (text: string, node: Text, index: number, source: string | undefined) =>
      expect({ text, index, source }).toEqual({ text, index, source: node.value.charAt(index) })
    fc.assert(
      fc.property(fc.array(word, { minLength: 1, maxLength: 12 }), (words) => {
        const text = words.join('')
        const chapter = chapterOf(text, 'b')
        for (const node of nodesOf(chapter, 'text')) {
          for (const { index } of node.value.matchAll(/[a-z]/g)) {
            isPlaced(text, node, index, at(chapter, chapter.spans.ofText(node, index, index + 1)))
          }
        }
      }),
      { numRuns: 800 },
    )
  })
})
