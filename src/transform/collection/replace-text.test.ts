import { describe, expect, it } from 'vitest'
import { expectChange } from '../../../test/support/codemod.ts'
import { md } from '../md.ts'
import { replaceText } from './replace-text.ts'

describe('replaceText', () => {
  it.each([
    ['all of a text', 'rain, rain *rain*', 'snow, snow *snow*'],
    ['the texts of links and headings', '# rain\n\n[rain](rain)', '# snow\n\n[snow](rain)'],
    ['the texts of tables', '| rain |\n| - |\n| rain |', '| snow |\n| - |\n| snow |'],
    [
      'no code, raw HTML, alt text or title',
      '`rain` <rain> ![rain](a "rain")',
      '`rain` <rain> ![rain](a "rain")',
    ],
    ['no fences and no rules', '```rain\nrain\n```', '```rain\nrain\n```'],
    ['no directive and no wikilink', '{{hi:rain}} [[rain]]', '{{hi:rain}} [[rain]]'],
    ['no autolink', '<https://rain.org> rain', '<https://rain.org> snow'],
    ['nothing over the ends of markup', 'r*ain* ra`i`n', 'r*ain* ra`i`n'],
    ['no label of a full reference', '[rain][rain]\n\n[rain]: x', '[snow][rain]\n\n[rain]: x'],
    ['the text of a shortcut, for a label', '[rain]\n\n[rain]: x', '[snow][rain]\n\n[rain]: x'],
    ['the text of a collapsed one', '[a rain][]\n\n[A rain]: x', '[a snow][a rain]\n\n[A rain]: x'],
    ['markup in a shortcut', '[a *rain*]\n\n[a *rain*]: x', '[a *snow*][a *rain*]\n\n[a *rain*]: x'],
    ['other shortcuts', '[fog]\n\n[fog]: x', '[fog]\n\n[fog]: x'],
  ])('takes %s', (_, input, output) => {
    expectChange(input, (root) => root.replaceText('rain', 'snow'), output)
  })

  it('keeps the nodes', () => {
    const root = md('a rain b')
    const [text] = root.find('text').nodes()
    root.replaceText('rain', 'snow')
    expect(root.find('text').nodes()[0]).toBe(text)
  })

  it('takes regular expressions, once or everywhere in a text', () => {
    expectChange('a1 a2 *a3 a4*', (root) => root.replaceText(/a(\d)/, 'b$1'), 'b1 a2 *b3 a4*')
    expectChange('a1 a2 *a3 a4*', (root) => root.replaceText(/a(\d)/g, '$1b'), '1b 2b *3b 4b*')
  })

  it('takes a text as it is', () => {
    expectChange('a.c abc', (root) => root.replaceText('a.c', '$&'), '$& abc')
    expectChange('abc', (root) => root.replaceText('', 'x'), 'abc')
  })

  it('takes functions', () => {
    expectChange(
      'v1 and v2',
      (root) => root.replaceText(/v(?<number>\d)/g, (match) => `v${Number(match.groups?.['number']) + 1}`),
      'v2 and v3',
    )
    expectChange('a a', (root) => root.replaceText(/a/, (match) => `${match.index}`), '0 a')
    expectChange('a.c', (root) => root.replaceText('.', ([dot]) => `${dot}${dot}`), 'a..c')
    expectChange('abc', (root) => root.replaceText('', () => 'x'), 'abc')
  })

  it('stays in nodes of a type, and in a collection', () => {
    expectChange(
      '# rain\n\nrain **rain *rain***',
      (root) => root.replaceText('rain', 'snow', { in: ['heading', 'strong'] }),
      '# snow\n\nrain **snow *snow***',
    )
    expectChange(
      '# rain\n\nrain *rain*',
      (root) => root.find('emphasis').replaceText('rain', 'snow', { in: 'paragraph' }),
      '# rain\n\nrain *snow*',
    )
  })

  it('replaces once where nodes of a collection stand in each other', () => {
    expectChange('> > a', (root) => root.find('blockquote').replaceText('a', 'aa'), '> > aa')
  })

  it('knows the reference that a text stands in', () => {
    expectChange('[a]\n\n[a]: x', (root) => root.find('text').replaceText('a', 'b'), '[b][a]\n\n[a]: x')
  })

  it('lets go what becomes empty', () => {
    expectChange('a *b*', (root) => root.replaceText('a ', ''), '*b*')
  })

  it('tells how many texts it changed', () => {
    const root = md('rain rain *rain* fog')
    expect(replaceText(root, 'rain', 'snow')).toBe(2)
    expect(replaceText(root.get().node, /fog|snow/g, '$&')).toBe(0)
  })
})
