import { describe, expect, it } from 'vitest'
import { htmlTags, linksInHtml } from './html-tags.ts'

const idsIn = (html: string) => htmlTags(html).map(({ attributes }) => attributes.get('id'))

describe('the tags of raw HTML', () => {
  it.each([
    ['quoted in both ways, and bare', `<a id="x"><a id='y'><a id=z>`, ['x', 'y', 'z']],
    ['in capitals', '<A ID="x">', ['x']],
    ['over lines', '<a\n  id = "x"\n>', ['x']],
    ['that close themselves', '<a id="x"/><br id=y />', ['x', 'y']],
    ['of which a quote holds the end', '<a title="a > b" id="x">', ['x']],
    ['with an attribute twice', '<a id="x" id="y">', ['x']],
    ['with character references, and no escapes', '<a id="a&amp;b\\&#x63;">', ['a&b\\c']],
    ['cut off', '<a id="x" ', ['x']],
    ['in comments: none', '<!-- <a id="x"> --><a id="y"><!-- <a id="z">', ['y']],
    ['in scripts: their own', '<script id="x">"<a id=y>"</script><a id="z">', ['x', 'z']],
    ['that close: none', '</a id="x">', []],
    ['without an id', '<a data-id="x" title="id=y">id="z"', [undefined]],
  ])('%s', (_, html, ids) => {
    expect(idsIn(html)).toEqual(ids)
  })
})

it('links of raw HTML are addresses and pictures, in order', () => {
  expect(linksInHtml('<a href="x"><img src=y></a><a name="z"><!-- <a href="w"> -->')).toEqual(['x', 'y'])
})
