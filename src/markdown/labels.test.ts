import { describe, expect, it } from 'vitest'
import { chapterOf } from '../../test/support/chapter.ts'
import type { Edit } from '../model.ts'
import { applyEdits, mergeEdits } from '../transform/edits.ts'
import { fragileLabels, labelsOf, relabel } from './labels.ts'

const LABELS = ['c-rain', 'badge', 'rain gauge', 'a\\]b', 'a [b] c']

const usesIn = (text: string, ...labels: readonly string[]) => labelsOf(chapterOf(text, ...LABELS, ...labels))
const labelsIn = (text: string, ...labels: readonly string[]) =>
  usesIn(text, ...labels).map(({ label }) => label)

describe('the labels of a chapter', () => {
  it.each<[string, string, string[]]>([
    ['of definitions', '[c-rain]: /x\n[C-Wind]: /y\n', ['c-rain', 'C-Wind']],
    ['of full references', '[text][c-rain]\n', ['c-rain']],
    ['of collapsed and shortcut references', '[c-rain][] [c-rain]\n', ['c-rain', 'c-rain']],
    ['of images', '![a][c-rain] ![c-rain][] ![c-rain]\n', ['c-rain', 'c-rain', 'c-rain']],
    ['of a badge and its link', '[![a][badge]][c-rain]\n', ['c-rain', 'badge']],
    ['in order', '[a][badge] [c-rain]\n\n[c-rain]: /x\n', ['badge', 'c-rain', 'c-rain']],
    ['as written, escapes kept', '[x][a\\]b]\n', ['a\\]b']],
    ['without the spaces in their brackets', '[x][ c-rain ]\n', ['c-rain']],
    ['over two lines', '[x][rain\ngauge]\n', ['rain\ngauge']],
    ['on one line, where a quote’s mark would stand in them', '> [x][rain\n> gauge]\n', ['rain gauge']],
    [
      'in tables, headings and quotes',
      '# [c-rain]\n\n| [c-rain] |\n|---|\n\n> [c-rain]\n',
      ['c-rain', 'c-rain', 'c-rain'],
    ],
    ['in an alt text', '![a [b][c-rain] d][badge]\n', ['badge', 'c-rain']],
    ['in the alt text of an inline image', '![a [b][c-rain] d](/x)\n', ['c-rain']],
  ])('%s', (_, text, labels) => {
    const uses = usesIn(text)
    expect(uses.map(({ label }) => label)).toEqual(labels)
  })

  it.each([
    ['of footnotes', '[^c-rain]\n\n[^c-rain]: rain\n'],
    ['in code', '`[x][c-rain]`\n\n    [c-rain]\n'],
    ['in raw HTML', '<b title="[c-rain]">\n'],
    ['in a directive or a wikilink', '{{hi:[c-rain]}} [[c-rain]]\n'],
    ['in a URL', '[x](/[c-rain])\n'],
    ['escaped', '\\[c-rain]\n'],
    ['that nothing defines', '[c-wind] [x][c-wind]\n'],
  ])('none %s', (_, text) => {
    expect(labelsIn(text)).toEqual([])
  })

  it('stand where they say, and compare as CommonMark has it', () => {
    const text = '> [x][ C-Rain ] ![y][rain\r\n> Gauge]\n'
    expect(usesIn(text).map(({ start, end, id }) => [text.slice(start, end), id])).toEqual([
      ['C-Rain', 'C-RAIN'],
      ['rain\r\n> Gauge', 'RAIN GAUGE'],
    ])
  })
})

describe('relabel', () => {
  /** A text with its first use of a label given another. */
  function relabelled(text: string, label = 'c~rain~docs'): string {
    const [use] = usesIn(text)
    const edits: Edit[] = use ? [relabel(use, label, 'a reason')] : []
    const merge = mergeEdits(edits)
    return merge.ok ? applyEdits(text, merge.edits) : ''
  }

  it.each([
    ['a definition', '[c-rain]: /x "t"\n', '[c~rain~docs]: /x "t"\n'],
    ['a full reference', '[text][c-rain]\n', '[text][c~rain~docs]\n'],
    ['a full reference that shows its label', '[c-rain][c-rain]\n', '[c-rain][c~rain~docs]\n'],
    ['a collapsed one keeps its text', '[C-Rain][] b\n', '[C-Rain][c~rain~docs] b\n'],
    ['a shortcut keeps its text', '[C-Rain] b\n', '[C-Rain][c~rain~docs] b\n'],
    ['an image', '![a][badge] b\n', '![a][c~rain~docs] b\n'],
    ['a collapsed image', '![badge][] b\n', '![badge][c~rain~docs] b\n'],
    ['a shortcut image', '![badge] b\n', '![badge][c~rain~docs] b\n'],
    ['spaces in the brackets stay', '[x][ c-rain ]\n', '[x][ c~rain~docs ]\n'],
    ['over two lines in a quote', '> [x][rain\n> gauge] b\n', '> [x][c~rain~docs] b\n'],
    ['with an escaped bracket', '[x][a\\]b]\n', '[x][c~rain~docs]\n'],
  ])('%s', (_, before, after) => {
    expect(relabelled(before)).toBe(after)
  })

  it('tells a report what was and what is, also where it inserts', () => {
    const [use] = usesIn('[C-Rain][]\n')
    expect(use && relabel(use, 'c~rain~docs', 'a reason')).toMatchObject({
      because: 'a reason',
      shown: { legacy: 'C-Rain', current: 'c~rain~docs', at: { start: 1, end: 7 } },
    })
  })
})

describe('fragile labels', () => {
  const fragileIn = (text: string, ...labels: readonly string[]) => fragileLabels(chapterOf(text, ...labels))

  it('are defined, and in a directive or a wikilink', () => {
    expect(fragileIn('{{hi:[c-rain]}} [[c-wind]] [c-sun]\n', 'c-rain', 'c-wind', 'c-sun')).toEqual({
      inDirectives: ['C-RAIN', 'C-WIND'],
      inFrontMatter: [],
      undefined: [],
    })
  })

  it('are defined, and in front matter', () => {
    const text = '---\nsee: a [gauge][c-rain]\ntags: [c-wind, hail]\nalso: "[c-sun]"\n---\n\n[c-wind]\n'
    expect(fragileIn(text, 'c-rain', 'c-wind')).toEqual({
      inDirectives: [],
      inFrontMatter: ['C-RAIN'],
      undefined: [],
    })
  })

  it('are of the current syntax, and text in front matter', () => {
    expect(fragileIn('---\nsee: "[c~rain~docs]"\n---\n')?.undefined).toEqual(['C~RAIN~DOCS'])
  })

  it('are of the current syntax, and text', () => {
    expect(fragileIn('[c~rain~docs] `[c~wind~docs]` [c~sun~docs]\n', 'c~sun~docs')).toEqual({
      inDirectives: [],
      inFrontMatter: [],
      undefined: ['C~RAIN~DOCS'],
    })
  })

  it('are none in code, in comments, or in the text of a link', () => {
    expect(fragileIn('`[a~b]` <!-- [c~d] --> [e~f](/x)\n\n```\n[g~h]\n```\n')).toBeUndefined()
  })
})
