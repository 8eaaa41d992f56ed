import { describe, expect, it } from 'vitest'
import { definitionRuns, labelKey } from './definition-runs.ts'

const keysIn = (text: string) => definitionRuns(text).runs.map(({ lines }) => lines.map(({ key }) => key))

describe('definitions in runs', () => {
  it('are lines of the plainest form, one below the other, behind the first line', () => {
    const text = '[a]: /a\n[b]: /b "B"\r\n[c d]:\t# \n\n\n[e-f]: https://e.org/f?g#h\n[i]: /i'
    expect(keysIn(text)).toEqual([['B', 'CD', '', 'E-F']])
    const { runs, byKey } = definitionRuns(text)
    expect(runs[0]).toMatchObject({ start: 8, end: text.indexOf('[i]') })
    expect(byKey.get('CD')?.map(({ start, end }) => text.slice(start, end))).toEqual(['[c d]:\t# \n'])
  })

  it.each([
    ['a footnote', '[^a]: /a'],
    ['one with an escape in its label', '[a\\b]: /a'],
    ['one with a bar, which a table may have escaped', '[a|b]: /a'],
    ['one with letters that have more than one form', '[aß]: /a'],
    ['one in angle brackets', '[a]: <a b>'],
    ['one with brackets in its address', '[a]: /a(b)'],
    ['one with a title that ends elsewhere', '[a]: /a "b'],
    ['one with a title of another kind', "[a]: /a 'b'"],
    ['one with an address on the next line', '[a]:\n/a'],
    ['one with something behind it', '[a]: /a b'],
    ['one that is indented', ' [a]: /a'],
    ['one without a label', '[ ]: /a'],
    ['one behind a carriage return', 'x\r[a]: /a'],
  ])('are not %s', (_, line) => {
    expect(keysIn(`x\n\n${line}\n`)).toEqual([])
  })
})

describe('the key of a label', () => {
  it.each([
    ['in another case', 'C-Slab', 'c-sLAB'],
    ['with other white space', ' a\u00a0 b\n', 'a b'],
    ['over lines of a quote', 'a\n> > b', 'a b'],
    ['with a long s', 'maſt', 'mast'],
    ['with a sign for kelvin', '\u212aelvin', 'kelvin'],
    ['with a sharp s', 'ß', 'ss'],
    ['with a ligature', 'ﬁne', 'fine'],
  ])('is that of one %s', (_, one, other) => {
    expect(labelKey(one)).toBe(labelKey(other))
  })
})
