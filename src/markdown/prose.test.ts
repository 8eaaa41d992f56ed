import { describe, expect, it } from 'vitest'
import { at, chapterOf } from '../../test/support/chapter.ts'
import { proseOf } from './prose.ts'

/** All prose that says something; what may not be edited is told with the reason. */
function proseIn(text: string, ...labels: readonly string[]): string[] {
  return proseOf(chapterOf(text, ...labels))
    .filter(({ value }) => value.trim() !== '')
    .map(({ value, bound }) => (bound ? `${value} (${bound})` : value))
}

describe('the prose of a chapter', () => {
  it.each<[string, string, string[]]>([
    ['text', 'rain and wind\n', ['rain and wind']],
    [
      'text of headings, lists, quotes and tables',
      '# a\n\n- b\n\n> c\n\n| d |\n|---|\n| e |\n',
      ['a', 'b', 'c', 'd', 'e'],
    ],
    ['text of a task list item', '- [x] rain\n', ['rain']],
    ['text of a footnote', 'a[^1]\n\n[^1]: rain\n', ['a', 'rain']],
    ['the text of a link', '[rain](/x)\n', ['rain']],
    ['the text of a full reference', '[rain][x]\n', ['rain']],
    ['an alt text', '![rain](/x)\n', ['rain']],
    ['an alt text of a reference', '![rain][x]\n', ['rain']],
    [
      'the titles of a link, an image and a definition',
      '[a](/x "b") ![c](/x "d")\n\n[e]: /x "f"\n',
      ['a', 'b', 'c', 'd', 'f'],
    ],
    ['what is struck out', 'a ~~rain~~\n', ['a ', 'rain']],
    ['text with character references', 'rain &amp; wind\n', ['rain & wind']],
    ['text beside a directive', 'a {{hi:rain}} b\n', ['a ', ' b']],
    ['text in a div, behind a blank line', '<div>\n\nrain\n\n</div>\n', ['rain']],
  ])('is %s', (_, text, prose) => {
    expect(proseIn(text, 'x').sort()).toEqual(prose.sort())
  })

  it.each([
    ['code', '`rain`\n\n    rain\n\n```rain\nrain\n```\n'],
    ['raw HTML and comments', '<rain title="rain">\n\n<!-- rain -->\n'],
    ['destinations', '[](/rain) ![](/rain)\n'],
    ['labels of definitions', '[rain]: /x\n'],
    ['directives and wikilinks', '{{hi:rain}} [[rain]]\n'],
    ['attributes of headings', '# {#rain .rain}\n'],
  ])('is not %s', (_, text) => {
    expect(proseIn(text)).toEqual([])
  })

  it.each<[string, string, string[]]>([
    ['the text of a shortcut is its label', '[rain]\n', ['rain (label)']],
    ['so is that of a collapsed reference', '[rain][]\n', ['rain (label)']],
    ['and the alt text of an image’s', '![rain] ![rain][]\n', ['rain (label)', 'rain (label)']],
    ['emphasis in it too', '[*rain*]\n', []],
    ['the text of an autolink is its URL', '<https://rain.example>\n', ['https://rain.example (url)']],
    ['a badge in a shortcut is bound by its own label only', '[![a][rain]][rain]\n', ['a']],
  ])('%s', (_, text, prose) => {
    expect(proseIn(text, 'rain').filter((value) => value.includes('(') || value === 'a')).toEqual(prose)
  })

  it('stands where it says', () => {
    const text = '> rain &amp; ![a \\[b\\] c](/x "d &copy; e")\r\n> wind\r\n'
    const chapter = chapterOf(text)
    const sources = proseOf(chapter).map(({ value, span }) => at(chapter, span(0, value.length)))
    expect(sources.map((source) => source?.trim()).sort()).toEqual(
      ['rain &amp;', 'a \\[b\\] c', 'd &copy; e', '> wind'].sort(),
    )
  })

  it('has the value that a reader sees, and the place in the source, in alt texts too', () => {
    const text = '![rain &#11187; wind](/x)\n'
    const chapter = chapterOf(text)
    const [prose] = proseOf(chapter)
    expect(prose?.value).toBe('rain ⮳ wind')
    expect(at(chapter, prose?.span(5, 6))).toBe('&#11187;')
  })
})
