import fc from 'fast-check'
import { markdownToHtml } from 'satteri'
import { describe, expect, it } from 'vitest'
import { at, chapterOf, fieldsOf, nodesOf } from '../../test/support/chapter.ts'
import { headingText } from './heading-id.ts'
import { attributesStart } from './mdbook-syntax.ts'
import { sourceOf } from './parse.ts'

/** The headings of a text: what is seen, then the braces as the source has them. */
function headingsOf(text: string): string[] {
  const chapter = chapterOf(text)
  return nodesOf(chapter, 'heading').map((heading) => {
    const braces = at(chapter, chapter.spans.fields(heading).attributes)
    return [headingText(heading), ...(braces === undefined ? [] : [braces])].join(' | ')
  })
}

const attributesOf = (text: string) => nodesOf(chapterOf(text), 'heading')[0]?.attributes

describe('the attributes of a heading', () => {
  it.each<[string, string, string]>([
    ['ATX', '## Rain {#rain}\n', 'Rain | {#rain}'],
    ['ATX without a final newline', '## Rain {#rain}', 'Rain | {#rain}'],
    ['ATX with CRLF', '## Rain {#rain}\r\n\r\nText\r\n', 'Rain | {#rain}'],
    ['behind tabs, before tabs', '#\tRain\t{#rain}\t\t\n', 'Rain | {#rain}'],
    ['before trailing spaces', '## Rain {#rain}   \n', 'Rain | {#rain}'],
    ['right behind the text', '## Rain{#rain}\n', 'Rain | {#rain}'],
    ['with spaces in the braces', '## Rain { #rain  .wide }\n', 'Rain | { #rain  .wide }'],
    ['indented', '   ## Rain {#rain}\n', 'Rain | {#rain}'],
    ['only the last braces', '## Rain {#a} {#b}\n', 'Rain {#a} | {#b}'],
    ['behind code', '## `rain()` {#rain}\n', 'rain() | {#rain}'],
    ['behind a link', '## [Rain](/rain) {#rain}\n', 'Rain | {#rain}'],
    ['behind an index mark', '## Rain {{hi:gauge}} {#rain}\n', 'Rain  | {#rain}'],
    ['nothing but attributes', '## {#rain}\n', ' | {#rain}'],
    ['in a quote', '> ## Rain {#rain}\n', 'Rain | {#rain}'],
    ['in a quote in a list item', '- > ## Rain {#rain}\n', 'Rain | {#rain}'],
    ['in a list item', '1. # Rain {#rain}\n\n   Text\n', 'Rain | {#rain}'],
    ['behind a closing sequence', '## Rain ## {#rain}\n', 'Rain | {#rain}'],
    ['setext', 'Rain {#rain}\n===\n', 'Rain | {#rain}'],
    ['setext, nothing but attributes', '{#rain}\n===\n', ' | {#rain}'],
    ['setext over two lines, at the end', 'Rain\nand wind {#rain}\n---', 'Rain\nand wind | {#rain}'],
  ])('%s', (_, text, heading) => {
    expect(headingsOf(text)).toEqual([heading])
  })

  it.each<[string, string, string]>([
    ['before a closing sequence', '## Rain {#rain} ##\n', 'Rain {#rain}'],
    ['before text', '## {#rain} Rain\n', '{#rain} Rain'],
    ['with a brace in them', '## Rain {#a{b}c}\n', 'Rain {#a{b}c}'],
    ['with a backslash in them', '## Rain {#a\\b}\n', 'Rain {#a\\b}'],
    ['that are escaped at the end', '## Rain {#rain\\}\n', 'Rain {#rain}'],
    ['with a tag in them', '## Rain {#a<b>}\n', 'Rain {#a}'],
    ['not closed', '## Rain {#rain\n', 'Rain {#rain'],
    ['closed twice, a directive', '## Rain {{#rain}}\n', 'Rain '],
    ['alone on the last of several lines', 'Rain\n{#rain}\n===\n', 'Rain\n{#rain}'],
    ['alone on the last line in a quote', '> Rain\n> {#rain}\n> ---\n', 'Rain\n{#rain}'],
    ['alone on the last line, at the end', 'Rain\n{#rain}\n---', 'Rain\n{#rain}'],
    ['in the first of two lines', 'Rain {#rain}\nand wind\n===\n', 'Rain {#rain}\nand wind'],
  ])('none %s', (_, text, heading) => {
    expect(headingsOf(text)).toEqual([heading])
  })

  it('are no attributes at the end of a paragraph', () => {
    expect(nodesOf(chapterOf('Rain {#rain}\n'), 'text').map(({ value }) => value)).toEqual(['Rain {#rain}'])
  })

  it.each([
    ['{#rain .wide}', { id: 'rain', classes: ['wide'], others: [] }],
    ['{.a .b}', { id: undefined, classes: ['a', 'b'], others: [] }],
    ['{#a #b}', { id: 'b', classes: [], others: [] }],
    ['{ #rain key=value data }', { id: 'rain', classes: [], others: ['key=value', 'data'] }],
    ['{# .}', { id: undefined, classes: [], others: ['#', '.'] }],
    ['{}', { id: undefined, classes: [], others: [] }],
  ])('are read: %s', (braces, attributes) => {
    expect(attributesOf(`## Rain ${braces}\n`)).toEqual(attributes)
    expect(attributesOf(`Rain ${braces}\n---\n`)).toEqual(attributes)
  })

  it('leave a heading without braces without attributes', () => {
    expect(attributesOf('## Rain\n')).toBeUndefined()
  })

  it('are what pulldown-cmark, mdBook’s own parser, takes for them', () => {
    const word = fc.constantFrom(
      'Rain',
      'a b',
      '{#i}',
      '{#i .c}',
      '{.c #i #j}',
      '{ #i }',
      ' ',
      '\t',
      '`c`',
      '*e*',
    )
    const line = fc
      .array(word, { minLength: 1, maxLength: 5 })
      .map((words) => words.join(''))
      .filter((text) => /^[^\s{]/.test(text))
    const heading = fc.constantFrom(
      (text: string) => `## ${text}`,
      (text: string) => `${text}\n===`,
      (text: string) => `first\n${text}\n---`,
    )
    const around = fc.constantFrom(
      (text: string) => text,
      (text: string) => `> ${text.replaceAll('\n', '\n> ')}`,
      (text: string) => `- ${text.replaceAll('\n', '\n  ')}`,
    )
    const end = fc.constantFrom('\n', '\r\n')
    fc.assert(
      fc.property(line, heading, around, end, (text, asHeading, put, eol) => {
        const markdown = `${put(asHeading(text))}\n`.replaceAll('\n', eol)
        const { html } = markdownToHtml(markdown, {
          features: { headingAttributes: true, frontmatter: false },
        })
        const rendered = /<h\d(?: id="([^"]*)")?(?: class="([^"]*)")?>(.*?)<\/h\d>/s.exec(html)
        const [found] = nodesOf(chapterOf(markdown), 'heading')
        expect([
          found?.attributes?.id,
          found?.attributes?.classes.join(' '),
          found && headingText(found).trim(),
        ]).toEqual([
          rendered?.[1],
          found?.attributes ? (rendered?.[2] ?? '') : undefined,
          rendered?.[3]
            ?.replace(/<[^>]*>/g, '')
            .replaceAll('\r\n', '\n')
            .trim()
            .replaceAll('\n', eol),
        ])
      }),
      { numRuns: 300 },
    )
  })
})

describe('attributesStart', () => {
  it.each([
    ['Rain {#rain}', 5],
    ['Rain {#rain} \t', 5],
    ['{a}{b}', 3],
    ['Rain {{b}', 6],
    ['Rain', -1],
    ['Rain {#rain} x', -1],
    ['Rain }', -1],
    ['', -1],
  ])('of %j is %d', (text, start) => {
    expect(attributesStart(text)).toBe(start)
  })
})

/** All opaque nodes of mdBook's own syntax, in order, as written. */
function opaqueIn(text: string, ...labels: readonly string[]): string[] {
  const chapter = chapterOf(text, ...labels)
  return [...nodesOf(chapter, 'mdbookDirective'), ...nodesOf(chapter, 'mdbookWikilink')].map((node) =>
    sourceOf(chapter, node),
  )
}

describe('a directive', () => {
  const children = (text: string) => chapterOf(text).tree.children.map(({ type }) => type)

  it.each<[string, string, string[]]>([
    ['in text', 'Rain {{hi:gauge}} and {{i:wind}}.\n', ['{{hi:gauge}}', '{{i:wind}}']],
    ['with Markdown in it', 'a {{hi:*rain* [x](y) `c`}} b\n', ['{{hi:*rain* [x](y) `c`}}']],
    ['with a brace in it', 'a {{b } c}} d\n', ['{{b } c}}']],
    ['with braces at its end: the first two close it', 'a {{b}}} c\n', ['{{b}}']],
    ['in a link', '[a {{hi:rain}} b](/c)\n', ['{{hi:rain}}']],
    ['in emphasis', '*a {{hi:rain}} b*\n', ['{{hi:rain}}']],
    ['in a heading', '# Rain {{hi:gauge}}\n', ['{{hi:gauge}}']],
    ['in a table cell', '| a |\n|---|\n| {{hi:rain}} |\n', ['{{hi:rain}}']],
    ['over two lines', 'a {{hi:rain\ngauge}} b\n', ['{{hi:rain\ngauge}}']],
    ['over three lines, ending the text', '{{!crate\nslab\n}}', ['{{!crate\nslab\n}}']],
    ['over two lines with CRLF', '{{hi:rain\r\ngauge}}\r\n', ['{{hi:rain\r\ngauge}}']],
    ['over two lines in a quote', '> a {{hi:rain\n> gauge}} b\n', ['{{hi:rain\n> gauge}}']],
    ['over two lines in a list item', '- a {{hi:rain\n  gauge}} b\n', ['{{hi:rain\n  gauge}}']],
    ['include on a line of its own', 'a\n\n{{#include b.md}}\n', ['{{#include b.md}}']],
    ['include with spaces behind it', '{{#include b.md}} \t\n', ['{{#include b.md}}']],
    ['include in a quote', '> {{#include b.md}}\n', ['{{#include b.md}}']],
  ])('%s', (_, text, found) => {
    expect(opaqueIn(text)).toEqual(found)
  })

  it.each([
    ['in code', '`{{hi:rain}}`\n'],
    ['in a fence', '```\n{{hi:rain}}\n```\n'],
    ['in raw HTML', '<b title="{{hi:rain}}">\n'],
    ['that nothing closes', 'a {{hi:rain b\n'],
    ['that a blank line ends', 'a {{hi:rain\n\nb}}\n'],
    ['of one brace', 'a {hi:rain} b\n'],
    ['with its braces apart', 'a { {hi:rain} } b\n'],
    ['escaped', 'a \\{{hi:rain}} b\n'],
  ])('none %s', (_, text) => {
    expect(opaqueIn(text)).toEqual([])
  })

  it('keeps its value without the quote that it stands in', () => {
    const [directive] = nodesOf(chapterOf('> {{hi:rain\n> gauge}}\n'), 'mdbookDirective')
    expect(directive?.value).toBe('{{hi:rain\ngauge}}')
  })

  it('hides the labels in it', () => {
    expect(nodesOf(chapterOf('{{hi:[rain]}} [rain]\n', 'rain'), 'linkReference')).toHaveLength(1)
  })

  it('on a line of its own is a block: what stands behind it begins afresh', () => {
    expect(children('{{#include a.md}}\n[x]: /x\n')).toEqual(['mdbookDirective', 'definition'])
    expect(children('{{#include a.md}}\n# Rain\n')).toEqual(['mdbookDirective', 'heading'])
    expect(children('{{#include a.md}}\n{{#include b.md}}\nRain\n')).toEqual([
      'mdbookDirective',
      'mdbookDirective',
      'paragraph',
    ])
  })

  it('ends a paragraph', () => {
    expect(children('Rain\n{{#include a.md}}\n[x]: /x\n')).toEqual([
      'paragraph',
      'mdbookDirective',
      'definition',
    ])
  })

  it('is text where something stands beside it, or where it is an index mark', () => {
    expect(children('{{#include a.md}} rain\n[x]: /x\n')).toEqual(['paragraph'])
    expect(children('Rain {{#include a.md}}\n[x]: /x\n')).toEqual(['paragraph'])
    expect(children('{{hi:rain}}\n[x]: /x\n')).toEqual(['paragraph'])
  })
})

describe('a wikilink', () => {
  it.each<[string, string, string[]]>([
    ['to a page', 'See [[rain]].\n', ['[[rain]]']],
    ['with a text', '[[rain | The rain gauge]]\n', ['[[rain | The rain gauge]]']],
    ['whose page is a label too', '[[rain]]\n', ['[[rain]]']],
    ['two of them', '[[rain]] [[wind]]\n', ['[[rain]]', '[[wind]]']],
    ['two of them, side by side', '[[rain]][[wind]]\n', ['[[rain]]', '[[wind]]']],
    ['in a link', '[see [[rain]] now](/x)\n', ['[[rain]]']],
    ['in a table cell', '| a |\n|---|\n| [[rain]] |\n', ['[[rain]]']],
    ['in a quote', '> [[rain]]\n', ['[[rain]]']],
    ['at the end of the text', '[[rain]]', ['[[rain]]']],
  ])('%s', (_, text, found) => {
    expect(opaqueIn(text, 'rain', 'wind')).toEqual(found)
  })

  it.each<[string, string]>([
    ['in brackets before a destination: a link', '[[1]](/rain)\n'],
    ['a reference in brackets', '[[text][rain]]\n'],
    ['before a label', '[[rain]][rain]\n'],
    ['before a colon', '[[rain]]: /rain\n'],
    ['empty', '[[]]\n'],
    ['over two lines', '[[rain\ngauge]]\n'],
    ['not closed', '[[rain]\n'],
    ['apart', '[ [rain] ]\n'],
    ['a picture in a link', '[![rain][rain]][rain]\n'],
    ['escaped', '\\[[rain]]\n'],
    ['in code', '`[[rain]]`\n'],
  ])('none %s', (_, text) => {
    expect(nodesOf(chapterOf(text, 'rain'), 'mdbookWikilink')).toEqual([])
  })

  it('near misses stay what CommonMark says that they are', () => {
    const linked = chapterOf('[[1]](/rain)\n')
    expect(nodesOf(linked, 'link').map((node) => fieldsOf(linked, node))).toEqual([
      { text: '[1]', destination: '/rain' },
    ])
    const nested = chapterOf('[[text][rain]]\n', 'rain')
    expect(nodesOf(nested, 'linkReference').map((node) => fieldsOf(nested, node))).toEqual([
      { text: 'text', label: 'rain' },
    ])
    const defined = chapterOf('[[rain]]: /rain\n', 'rain')
    expect(nodesOf(defined, 'definition')).toEqual([])
    expect(nodesOf(defined, 'linkReference')).toHaveLength(1)
  })
})

describe('labels that the includes of a chapter define', () => {
  const referencesIn = (text: string, ...labels: readonly string[]) => {
    const chapter = chapterOf(text, ...labels)
    return [...nodesOf(chapter, 'linkReference'), ...nodesOf(chapter, 'imageReference')].map((node) =>
      sourceOf(chapter, node),
    )
  }

  it.each<[string, string, string[]]>([
    ['full', '[text][c-rain]\n', ['[text][c-rain]']],
    ['collapsed', '[c-rain][]\n', ['[c-rain][]']],
    ['shortcut', '[c-rain]\n', ['[c-rain]']],
    ['in another case, over two lines', '[text][C-RAIN\n]\n', ['[text][C-RAIN\n]']],
    ['a badge', '[![rain][badge]][c-rain]\n', ['[![rain][badge]][c-rain]', '![rain][badge]']],
    ['in a table', '| [a][c-rain] |\n|---|\n| [b][c-rain] |\n', ['[a][c-rain]', '[b][c-rain]']],
    ['in a heading and a quote', '# [c-rain]\n\n> [c-rain]\n', ['[c-rain]', '[c-rain]']],
  ])('%s', (_, text, found) => {
    expect(referencesIn(text, 'c-rain', 'badge')).toEqual(found)
  })

  it('are not known where nothing defines them', () => {
    expect(referencesIn('[text][c-wind] [c-wind] ![x][c-wind] [e.g. this]\n', 'c-rain')).toEqual([])
  })

  it('do not pair with what is unknown', () => {
    expect(referencesIn('[a][rain blog][c-rain]\n', 'c-rain')).toEqual(['[rain blog][c-rain]'])
  })

  it('add to those of the chapter, wherever in it they are defined', () => {
    expect(referencesIn('[own] [c-rain]\n\n[own]: /own\n', 'c-rain')).toEqual(['[own]', '[c-rain]'])
  })

  it('do not make a footnote of a label', () => {
    expect(referencesIn('[^1] [c-rain]\n\n[^1]: rain\n', 'c-rain')).toEqual(['[c-rain]'])
  })
})
