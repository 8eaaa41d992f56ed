import type { Nodes } from 'mdast'
import { visit } from 'unist-util-visit'
import { describe, expect, it } from 'vitest'
import { chapterOf, nodesOf } from '../../test/support/chapter.ts'
import { labelId } from '../label-id.ts'
import { endOf, parseChapter, sourceOf, startOf } from './parse.ts'

/** What the source says where nodes of a type stand. */
function sources(text: string, type: Nodes['type'], ...labels: readonly string[]): string[] {
  const chapter = chapterOf(text, ...labels)
  return nodesOf(chapter, type).map((node) => sourceOf(chapter, node))
}

describe('the places of nodes', () => {
  it.each<[string, string, Nodes['type'], string[]]>([
    ['paragraphs with CRLF', 'rain\r\nwind\r\n\r\nsun\r\n', 'paragraph', ['rain\r\nwind', 'sun']],
    ['headings with CRLF', '# rain\r\n\r\nwind\r\n---\r\n', 'heading', ['# rain', 'wind\r\n---']],
    ['links with CRLF', 'a\r\nb [rain](/rain)\r\n', 'link', ['[rain](/rain)']],
    ['links over a CRLF', '> [rain\r\n> gauge](/rain)\r\n', 'link', ['[rain\r\n> gauge](/rain)']],
    ['definitions with CRLF', 'a\r\n\r\n[x]: /x\r\n[y]: /y\r\n', 'definition', ['[x]: /x', '[y]: /y']],
    ['code with CRLF', '```\r\nrain\r\n```\r\n', 'code', ['```\r\nrain\r\n```']],
    [
      'table cells with CRLF',
      '| a | b |\r\n|---|---|\r\n| c | d |\r\n',
      'tableCell',
      ['| a ', '| b |', '| c ', '| d |'],
    ],
    ['behind a lone carriage return', 'rain\r\r[x]: /x\r', 'definition', ['[x]: /x']],
    ['behind mixed line ends', 'a\rb\nc\r\n*rain*\n', 'emphasis', ['*rain*']],
    ['behind a character of two code units', '😀 *rain*\n', 'emphasis', ['*rain*']],
    [
      'behind a second byte order mark, which is text',
      '\uFEFF *rain* [x]\n\n[x]: /x\n',
      'emphasis',
      ['*rain*'],
    ],
    ['behind a tab', '-\t*rain*\n', 'emphasis', ['*rain*']],
    ['in an indented list item with tabs', '1.\ta\n\n\t*rain*\n', 'emphasis', ['*rain*']],
    ['wikilinks with CRLF', 'a\r\n[[rain]]\r\n', 'mdbookWikilink', ['[[rain]]']],
    ['directives with CRLF', 'a\r\n\r\n{{#include b.md}}\r\nc\r\n', 'mdbookDirective', ['{{#include b.md}}']],
  ])('%s', (_, text, type, found) => {
    expect(sources(text, type)).toEqual(found)
  })

  it('are all within the text, and children within their parents', () => {
    const text =
      '> # Rain {#rain}\r\n>\r\n> - [x] [a][b] ![c](d "e")\r\n> - {{hi:f}} [[g]]\r\n\r\n[b]: /b\r\n'
    const chapter = chapterOf(text)
    visit(chapter.tree, (node, _, parent) => {
      expect(startOf(node)).toBeLessThanOrEqual(endOf(node))
      expect(endOf(node)).toBeLessThanOrEqual(text.length)
      if (parent) {
        expect(startOf(node)).toBeGreaterThanOrEqual(startOf(parent))
        expect(endOf(node)).toBeLessThanOrEqual(endOf(parent))
      }
    })
  })
})

describe('what mdBook reads', () => {
  it.each<[string, string, Nodes['type'], string[]]>([
    ['tables', '| a |\n|---|\n| b |\n', 'table', ['| a |\n|---|\n| b |']],
    ['strikethrough', 'a ~~rain~~ b ~wind~\n', 'delete', ['~~rain~~', '~wind~']],
    ['footnotes', 'a[^1]\n\n[^1]: rain\n', 'footnoteReference', ['[^1]']],
    ['bare URLs are text', 'see https://example.org and rain@example.org\n', 'link', []],
    ['autolinks', 'see <https://example.org>\n', 'link', ['<https://example.org>']],
    ['front matter', '---\ntitle: rain\n---\n\nwind\n', 'yaml', ['---\ntitle: rain\n---']],
    ['front matter is none further down', '\n---\ntitle: rain\n---\n', 'thematicBreak', ['---']],
    [
      'a rule and a heading are no front matter',
      '---\nRain and wind\n---\n',
      'heading',
      ['Rain and wind\n---'],
    ],
    ['math is none', 'a $b_c$ d_\n', 'emphasis', []],
  ])('%s', (_, text, type, found) => {
    expect(sources(text, type)).toEqual(found)
  })

  it('task list items', () => {
    const items = nodesOf(chapterOf('- [x] rain\n- [ ] wind\n- sun\n'), 'listItem')
    expect(items.map(({ checked }) => checked)).toEqual([true, false, null])
  })
})

describe('labels', () => {
  it('that are presumed are read as references, and are not defined', () => {
    const rain = labelId('c-rain')
    const chapter = parseChapter(
      'a.md',
      '[text][c-rain] [c-wind]\n',
      () => false,
      (id) => id === rain,
    )
    expect(nodesOf(chapter, 'linkReference').map((node) => sourceOf(chapter, node))).toEqual([
      '[text][c-rain]',
    ])
    expect(chapter.isDefined(rain)).toBe(false)
  })

  it('are asked for as CommonMark compares them', () => {
    const asked = new Set<string>()
    parseChapter('a.md', '[Rain\n  gauge] [ẞ]\n', (id) => {
      asked.add(id)
      return false
    })
    expect([...asked]).toEqual([labelId('rain gauge'), labelId('ss')])
  })

  it('keep their escapes when they are asked for', () => {
    expect(sources('[a\\]b] [a\\*b]\n', 'linkReference', 'a\\]b', 'a*b')).toEqual(['[a\\]b]'])
  })

  it('of one chapter are not known in the next', () => {
    chapterOf('[c-rain]\n\n[c-rain]: /x\n', 'c-wind')
    expect(sources('[c-rain] [c-wind]\n', 'linkReference')).toEqual([])
  })

  it('an unknown one before a known one does not hide it', () => {
    expect(sources('[a] [b] [c-rain]\n\n[a]: /a\n', 'linkReference', 'c-rain')).toEqual(['[a]', '[c-rain]'])
  })
})

describe('sourceOf', () => {
  it('of the whole tree is the text', () => {
    const text = '\n# rain\r\n\r\nwind  \n'
    const chapter = chapterOf(text)
    expect(sourceOf(chapter, chapter.tree)).toBe(text)
  })
})
