/** Wrong results that look right, which a proof has to refuse, and right ones that look wrong, which it may not. */
import { describe, expect, it } from 'vitest'
import { attempt, type HandEdit, type Texts } from './support/attempt.ts'

type Case = readonly [situation: string, texts: Texts, edits: readonly HandEdit[]]

const rain = '[c-rain]: https://example.org/rain\n'
const newId: HandEdit = ['a.md', '# Rain {‸#rain‸', '#wet']
const toCurrent = (path: string): HandEdit => [path, 'c-rain', 'c~rain']

describe('refused is', () => {
  it.each<Case>([
    [
      'a lost definition behind a label that nothing defines',
      { 'a.md': '[Rain][c~rain], [wind][c-rain]\n\n{{#include refs.md}}\n', 'refs.md': '[c~rain]: /rain\n' },
      [
        ['refs.md', 'c~rain', 'c~wet'],
        ['a.md', 'c-rain', 'c~rain'],
      ],
    ],
    [
      'one label for two that nothing defines',
      { 'a.md': '[Rain][c-rain], [wind][c-wind]\n' },
      [
        ['a.md', 'c-rain', 'c~weather'],
        ['a.md', 'c-wind', 'c~weather'],
      ],
    ],
    [
      'a definition that another one hides from now on',
      { 'a.md': '[c-wind]: /wind\n\n[Rain][c-rain]\n\n[c-rain]: /rain\n' },
      [['a.md', '[‸c-wind‸]:', 'c-rain']],
    ],
    [
      'a definition that another one stops hiding',
      { 'a.md': '[Rain][c-rain]\n\n[c-rain]: /rain\n\n[c-rain]: /wind\n' },
      [['a.md', '[‸c-rain‸]: /rain', 'c-wet']],
    ],
    [
      'an id that a comment names',
      { 'a.md': '<!-- id="rain" -->\n\n# Rain {#rain}\n\n[A](#rain)\n' },
      [newId],
    ],
    [
      'an id that another attribute ends in',
      { 'a.md': '<p data-id="rain"></p>\n\n# Rain {#rain}\n\n[A](#rain)\n' },
      [newId],
    ],
    [
      'an id that an attribute speaks of',
      { 'a.md': '<p title="an id=rain">a</p>\n\n# Rain {#rain}\n\n[A](#rain)\n' },
      [newId],
    ],
    [
      'an id that is the name of an input',
      { 'a.md': '<input name="rain">\n\n# Rain {#rain}\n\n[A](#rain)\n' },
      [newId],
    ],
    [
      'an id that a script spells',
      { 'a.md': '<script>"<a id=rain>"</script>\n\n# Rain {#rain}\n\n[A](#rain)\n' },
      [newId],
    ],
    [
      'an id that raw HTML leads to with a character reference',
      { 'a.md': '# Rain {#rain}\n\n<a href="&#35;rain">A</a>\n' },
      [newId],
    ],
    [
      'a link from one element of raw HTML to its neighbour',
      { 'a.md': '<p id="rain"></p><p id="wind"></p>\n\n[A](#rain)\n' },
      [['a.md', '(‸#rain‸)', '#wind']],
    ],
    [
      'ids that change places',
      { 'a.md': '# Rain {#rain}\n\n# Wind {#wind}\n\n[A](#rain)\n' },
      [
        ['a.md', '# Rain {‸#rain‸', '#wind'],
        ['a.md', '# Wind {‸#wind‸', '#rain'],
      ],
    ],
    [
      'an id that a heading before it takes',
      { 'a.md': '# Rain {#rain}\n\n# Wind {#wind}\n\n[A](#wind)\n' },
      [['a.md', '# Rain {‸#rain‸', '#wind']],
    ],
    ['a scheme that only looks like another', { 'a.md': '[A](httq://x)\n' }, [['a.md', 'httq', 'http']]],
    ['a host that only looks like another', { 'a.md': '[A](wwv.x)\n' }, [['a.md', 'wwv', 'www']]],
    [
      'another address in a footnote that nothing refers to',
      { 'a.md': 'Rain.\n\n[^1]: See [a][c-rain].\n\n[c-rain]: /rain\n[c-wind]: /wind\n' },
      [['a.md', 'a][‸c-rain‸', 'c-wind']],
    ],
    ['an index mark with a brace in it', { 'a.md': 'Rain {{hi:a}b}} falls.\n' }, [['a.md', 'a}b', 'a}c']]],
    [
      'a line too many before an included one',
      { 'a.md': '{{#include b.md:3}}\n', 'b.md': 'Rain falls.\n\nWind\n\nSun\n' },
      [['b.md', 'Rain‸ ‸falls', '\n']],
    ],
    [
      'another name for an included part',
      { 'a.md': '{{#include b.md:rain}}\n', 'b.md': 'ANCHOR: rain\n\nRain\n\nANCHOR_END: rain\n' },
      [['b.md', 'ANCHOR: ‸rain‸', 'wind']],
    ],
    [
      'a label in a fence that an included file leaves open',
      {
        'a.md': '{{#include b.md}}\n\n[A][c-rain]\n\n{{#include refs.md}}\n',
        'b.md': '```\n',
        'refs.md': rain,
      },
      [toCurrent('a.md')],
    ],
    ['a line break less', { 'a.md': 'Rain  \nWind\n' }, [['a.md', 'Rain‸  ‸', '']]],
    ['a line break more', { 'a.md': 'Rain\nWind\n' }, [['a.md', 'Rain', 'Rain  ']]],
    ['two lists that become one', { 'a.md': '- a\n\n<!-- -->\n\n- b\n' }, [['a.md', '\n<!-- -->\n', '']]],
    ['a cell more', { 'a.md': '| a | b |\n|---|---|\n| x | y |\n' }, [['a.md', 'x', 'x | z']]],
    ['a heading made by what stands below', { 'a.md': '> Rain\n> Wind\n' }, [['a.md', 'Wind', '---']]],
    ['an escape that gets lost', { 'a.md': 'a \\*b\\* c\n' }, [['a.md', '\\*b\\*', '*b*']]],
    ['a ticked box', { 'a.md': '- [ ] Rain\n' }, [['a.md', '[‸ ‸]', 'x']]],
    [
      'addresses that change places',
      { 'a.md': '[a](x) [b](y)\n' },
      [
        ['a.md', '(‸x‸', 'y'],
        ['a.md', '(‸y‸', 'x'],
      ],
    ],
    ['an alt text that is struck out', { 'a.md': '![a b c](u)\n' }, [['a.md', 'a b c', 'a ~b~ c']]],
    ['a picture more', { 'a.md': '![a](u)\n' }, [['a.md', 'a', 'a](v)![b']]],
  ])('%s', async (_, texts, edits) => {
    const { failures, files } = await attempt(texts, edits)
    expect(new Set(['MDS012', 'MDS013'])).toContain(failures[0]?.code)
    const blamed = edits.map(([path]) => path)
    expect(files.filter(({ path, edits: made }) => blamed.includes(path) && made.length > 0)).toEqual([])
  })

  it.each<Case>([
    ['a link more', { 'a.md': '<p>Rain</p>\n' }, [['a.md', 'Rain', '<a href="/rain">Rain</a>']]],
    ['another picture', { 'a.md': '<img src="rain.png">\n' }, [['a.md', 'rain.png', 'wind.png']]],
    ['another address', { 'a.md': '<a href="rain">Rain</a>\n' }, [['a.md', '"‸rain‸"', 'wind']]],
  ])('in raw HTML that may be edited, %s', async (_, texts, edits) => {
    const { failures } = await attempt(texts, edits, { settings: { html: 'rewrite' } })
    expect(failures.map(({ code }) => code)).toEqual(['MDS013'])
  })
})

describe('accepted is', () => {
  const lines = 'One ⮳\n[A][c-rain] two ⮳\nthree ⮳\n'
  const arrows = (path: string, ...before: string[]): HandEdit[] =>
    before.map((words): HandEdit => [path, `${words}‸⮳‸`, '↗'])
  it.each<Case>([
    ['a bare address in capitals', { 'a.md': 'Go to WWW.x now.\n' }, [['a.md', 'WWW.x', 'WWW.y']]],
    ['a mail address in a text', { 'a.md': 'Ask her now.\n' }, [['a.md', 'her', 'her@example.org']]],
    [
      'a text beside one',
      { 'a.md': 'me@example.org ⮳ http://example.org ⮳\n' },
      arrows('a.md', '@example.org '),
    ],
    ['a byte order mark within a text', { 'a.md': '\uFEFFRain ⮳\n' }, arrows('a.md', '')],
    [
      'other attributes of a heading',
      { 'a.md': '# Rain {#rain lang=de}\n' },
      [['a.md', '#rain lang=de', '#rain .wet lang=en data-x=1']],
    ],
    ['no attributes any more', { 'a.md': '# Rain {#rain}\n\n[A](#rain)\n' }, [['a.md', ' {#rain}', '']]],
    [
      'what is included in code',
      { 'a.md': '```\n{{#include refs.md}}\n```\n', 'refs.md': rain },
      [toCurrent('refs.md')],
    ],
    [
      'what is included in code within a line',
      { 'a.md': 'Say ` {{#include refs.md}} ` now.\n', 'refs.md': rain },
      [toCurrent('refs.md')],
    ],
    [
      'what is included in raw HTML',
      { 'a.md': '<div>\n{{#include b.md}}\n</div>\n', 'b.md': 'Rain ⮳\n' },
      arrows('b.md', ''),
    ],
    [
      'what is included in a comment',
      { 'a.md': '<!--\n{{#include b.md}}\n-->\n', 'b.md': 'Rain ⮳\n' },
      arrows('b.md', ''),
    ],
    [
      'what is included twice',
      {
        'a.md': '{{#include b.md}}\n\n{{#include b.md}}\n\n{{#include refs.md}}\n',
        'b.md': lines,
        'refs.md': rain,
      },
      [...arrows('b.md', 'One ', 'two '), toCurrent('b.md'), toCurrent('refs.md')],
    ],
    [
      'what is included by its lines',
      { 'a.md': '{{#include b.md:2:3}}\n\n{{#include refs.md}}\n', 'b.md': lines, 'refs.md': rain },
      [...arrows('b.md', 'One ', 'two ', 'three '), toCurrent('b.md'), toCurrent('refs.md')],
    ],
    [
      'what is included by its name',
      {
        'a.md': '{{#include b.md:rain}}\n',
        'b.md':
          'One ⮳\n\n<!-- ANCHOR: rain -->\ntwo ⮳\n<!-- ANCHOR: wind -->\nthree ⮳\n<!-- ANCHOR_END: rain -->\n',
      },
      arrows('b.md', 'One ', 'two ', 'three '),
    ],
    [
      'files that include each other',
      { 'a.md': 'One ⮳\n\n{{#include b.md}}\n', 'b.md': 'two ⮳\n\n{{#include a.md}}\n' },
      [...arrows('a.md', ''), ...arrows('b.md', '')],
    ],
    [
      'lines that end in two ways, lazily quoted',
      { 'a.md': '# Rain {#rain}\r\n\r\none ⮳\r\n> two ⮳\nthree ⮳\r\n' },
      [['a.md', '#rain‸}‸', ' .wet}'], ...arrows('a.md', 'one ', 'two ', 'three ')],
    ],
    ['lines that end in CR', { 'a.md': 'one ⮳\rtwo ⮳\r\r# Rain\r' }, arrows('a.md', 'one ', 'two ')],
    [
      'characters of two units',
      { 'a.md': '🌧 *🌧* ⮳ [🌧][c-rain]⮳\n\n[c-rain]: /🌧\n' },
      [...arrows('a.md', '* ', ']'), toCurrent('a.md'), ['a.md', '[‸c-rain‸]:', 'c~rain']],
    ],
    ['an escaped bar in a cell', { 'a.md': '| a | b |\n|---|---|\n| x | y |\n' }, [['a.md', 'x', 'x \\| z']]],
    [
      'character references',
      { 'a.md': 'a &copy; b &#x2BB3; c &#0; d\n' },
      [
        ['a.md', '&copy;', '&reg;'],
        ['a.md', '&#x2BB3;', '↗'],
        ['a.md', ' d', ' e'],
      ],
    ],
    [
      'a label over lines of a quote',
      { 'a.md': '> [a][c-rain\n> cloud]\n\n[c-rain cloud]: /rain\n' },
      [
        ['a.md', 'c-rain\n> cloud', 'c~rain'],
        ['a.md', 'c-rain cloud', 'c~rain'],
      ],
    ],
    [
      'a label that is folded',
      { 'a.md': '[a][C-Straẞe]\n\n[c-strasse]: /rain\n' },
      [
        ['a.md', 'C-Straẞe', 'c~rain'],
        ['a.md', 'c-strasse', 'c~rain'],
      ],
    ],
    [
      'footnotes',
      { 'a.md': 'One[^1] ⮳\n\n[^1]: two ⮳\n\n    three ⮳\n\n[^2]: four ⮳\n' },
      arrows('a.md', 'One[^1] ', 'two ', 'three ', 'four '),
    ],
    ['tabs', { 'a.md': '-\tone ⮳\n\n\ttwo ⮳\n\n\t\tcode\n' }, arrows('a.md', 'one ', 'two ')],
    ['what looks like front matter', { 'a.md': '---\ntitle: Rain\n---\n\none ⮳\n' }, arrows('a.md', '')],
    ['a label that nothing defines', { 'a.md': '# One [a][c-rain]\n' }, [toCurrent('a.md')]],
    ['a link that is mended', { 'a.md': '[A](#gone)\n\n# Rain {#rain}\n' }, [['a.md', '{‸#rain‸', '#gone']]],
  ])('%s', async (_, texts, edits) => {
    const { failures, files, proof } = await attempt(texts, edits)
    expect(failures).toEqual([])
    expect(files.flatMap(({ edits: made }) => made)).toHaveLength(edits.length)
    expect(proof?.chapters).toBe(Object.keys(texts).length)
  })

  it('in raw HTML that may be edited, a text, and a link that follows its heading', async () => {
    const { failures } = await attempt(
      { 'a.md': '# Rain {#rain}\n\n<a href="#rain">⮳</a>\n' },
      [newId, ['a.md', '"‸#rain‸"', '#wet'], ['a.md', '⮳', '↗']],
      { settings: { html: 'rewrite' } },
    )
    expect(failures).toEqual([])
  })
})
