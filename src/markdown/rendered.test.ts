import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { freeId, mdbookId } from './heading-id.ts'
import { render, renderMarked } from './rendered.ts'

/** Tokens as they would be written: tags, raw HTML, texts; line ends between blocks left out. */
const shown = (text: string) =>
  render(text)
    .tokens.filter((token) => token.kind !== 'text' || token.text.trim() !== '')
    .map(({ kind, name, attributes, text: words }) => {
      if (kind === 'close') return `</${name}>`
      const own = Object.entries(attributes).map(([key, value]) => ` ${key}=${value}`)
      return kind === 'open' ? `<${name}${own.join('')}>` : words
    })
    .join('')

describe('a rendered chapter', () => {
  it.each([
    ['has links and their titles', '[a](b "c")', '<p><a href=b title=c>a</a></p>'],
    [
      'has no links of bare addresses',
      'http://a.b www.a.b mailto:a@b.c',
      '<p>http://a.b www.a.b mailto:a@b.c</p>',
    ],
    ['keeps their capitals', 'HTTPS://A.B WWW.A.B', '<p>HTTPS://A.B WWW.A.B</p>'],
    ['has no links of bare mail addresses', 'me@a.bc, *you@a.bc*', '<p>me@a.bc, <em>you@a.bc</em></p>'],
    [
      'makes no links of bare addresses that begin with a character reference',
      '&#x68;ttp://a.b &#119;ww.a.b',
      '<p>http://a.b www.a.b</p>',
    ],
    ['has links in angle brackets', '<http://a.b>', '<p><a href=http://a.b>http://a.b</a></p>'],
    [
      'tells schemes from what looks like them',
      '[a](httq://b) wwv.a',
      '<p><a href=httq://b>a</a>wwv.a</p>'.replace('wwv', ' wwv'),
    ],
    ['leaves quotes and dashes as they are', `"a" -- '...'`, `<p>"a" -- '...'</p>`],
    ['has raw HTML as it is written', 'a <b>c</b>', '<p>a <b>c</b></p>'],
    ['has attributes of headings', '# A {#b .c}', '<h1 id=b className=c>A</h1>'],
    [
      'takes no line of dashes for front matter',
      '---\na\n---\n',
      '<hr><h2>a</h2>'.replace('<hr>', '<hr></hr>'),
    ],
    ['keeps a byte order mark within', '\uFEFFa', '<p>\u2060a</p>'],
  ])('%s', (_, text, html) => {
    expect(shown(text)).toBe(html)
  })

  it('shows footnotes that nothing refers to, and nothing that would refer to them', () => {
    const { tokens } = render('a\n\n[^1]: [b](c)\n')
    expect(tokens.some(({ attributes }) => attributes['href'] === 'c')).toBe(true)
    expect(tokens.some(({ attributes }) => 'dataFootnoteRef' in attributes)).toBe(false)
  })

  it('knows where texts come from, by UTF-16 code units', () => {
    const text = '🌧 *🌧* &amp;\n\n> a\n> b\n'
    const places = render(text).tokens.flatMap(({ kind, span }) =>
      kind === 'text' && span ? [text.slice(span.start, span.end)] : [],
    )
    expect(places).toEqual(['🌧 ', '🌧', ' &amp;', 'a\n> b'])
  })
})

describe('a text with marks', () => {
  const marks = [
    { label: 'm', destination: 'mark:0' },
    { label: 'n', destination: 'mark:1' },
  ]
  const lines = '[m]: mark:0\n[n]: mark:1\n'

  it('is shown as it is without them where they are definitions', () => {
    const text = `# Rain [a]\n\n${lines}[a]: /a "A"\n`
    expect(renderMarked(text, marks, 0)).toEqual(render(text))
    expect(renderMarked(text, marks, 1000)).toEqual(render(text))
  })

  it.each([
    ['a paragraph goes on', `words\n${lines}`],
    ['one of them is in code', `[m]: mark:0\n\n    [n]: mark:1\n`],
    ['another definition is the first', `[n]: /elsewhere\n\n${lines}`],
    ['there are none', 'words\n'],
  ])('is not where %s', (_, text) => {
    expect(renderMarked(text, marks, 0)).toBeUndefined()
  })
})

describe('the anchors of a chapter', () => {
  const anchorsIn = (text: string) => [...render(text).anchors.keys()]

  it.each([
    ['texts of headings', '# Rain `falls`\n\n## Wind!\n', ['rain-falls', 'wind']],
    ['numbered where a text comes again', '# Rain\n\n# Rain\n\n# Rain\n', ['rain', 'rain-1', 'rain-2']],
    ['ids of their own', '# Rain {#wet}\n', ['wet']],
    ['without index marks', '# Rain {{hi:a b}}\n', ['rain']],
    ['ids and names in raw HTML', '<a name="a"></a> <b id="c">\n\n<p id="d">\n', ['a', 'c', 'd']],
  ])('%s', (_, text, ids) => {
    expect(anchorsIn(text)).toEqual(ids)
  })

  it('lead to different elements of one block of raw HTML', () => {
    const { anchors } = render('<p id="a"></p><p id="b"></p>\n')
    expect(anchors.get('a')).not.toBe(anchors.get('b'))
  })

  it('lead to the first of two that have one id', () => {
    const [first, both] = [render('# A {#a}\n'), render('# A {#a}\n\n# B {#a}\n')]
    expect(both.anchors.get('a')).toBe(first.anchors.get('a'))
  })

  it("are mdBook's for any headings", () => {
    const word = fc.constantFrom('Rain', 'wind', 'Æther', '42', 'a_b', 'x-y', 'SUN')
    const headings = fc.array(fc.array(word, { minLength: 1, maxLength: 2 }), { maxLength: 6 })
    fc.assert(
      fc.property(headings, (texts) => {
        const made = new Set<string>()
        for (const words of texts) made.add(freeId(mdbookId(words.join(' ')), (id) => made.has(id)))
        const text = texts.map((words) => `# ${words.join(' ')}\n`).join('\n')
        expect(anchorsIn(text)).toEqual([...made])
      }),
      { seed: 1 },
    )
  })
})
