import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseFileFacts } from './book/file-facts.ts'
import { hasFrontMatter } from './front-matter.ts'

describe('front matter', () => {
  it.each([
    ['a key', '---\ntitle: Rain\n---\n'],
    ['a key without a value, and items', '---\ntags:\n- rain\n  - wind\n-\n---\n'],
    ['keys of several kinds', '---\nog.title: a\n"b c": d\n\'e\' : f\nskip:\n---\n'],
    ['collections over lines', '---\ntags: [\n  rain,\n  wind\n]\nmap: {\n  a: b\n}\n---\n'],
    ['a text over lines, comments, blank lines', '---\nsummary: >\n  Rain\n\n  and wind\n# no\n---\n'],
    ['other line ends, and spaces behind the fences', '---  \r\ntitle: Rain\r\n---\t\r\n'],
    ['the whole file', '---\ntitle: Rain\n---'],
  ])('is %s', (_, text) => {
    expect(hasFrontMatter(text)).toBe(true)
  })

  it.each([
    ['a rule and a paragraph', '---\n\nRain: much.\n\n---\n'],
    ['a rule and a heading', '---\nRain and wind\n---\n'],
    ['two rules', '---\n---\n'],
    ['without an end', '---\ntitle: Rain\n'],
    ['a longer rule', '----\ntitle: Rain\n----\n'],
    ['not at the front', '\n---\ntitle: Rain\n---\n'],
    ['indented', ' ---\ntitle: Rain\n---\n'],
    ['of TOML', '+++\ntitle = "Rain"\n+++\n'],
    ['prose with a colon', '---\nIn short: rain\n---\n'],
    ['prose behind a key', '---\ntitle: Rain\nand then some wind\n---\n'],
    ['around a definition', '---\ntitle: Rain\n\n[c-rain]: https://docs.rs/rain\n---\n'],
    ['around a definition in an item', '---\nx:\n- [c-rain]: /rain\n---\n'],
    ['around a fence', '---\ntitle: Rain\n  ```\n---\n'],
    ['around raw HTML', '---\nsummary: >\n  <div>\n---\n'],
    ['around an include', '---\ntitle: Rain\n  {{#include refs.md}}\n---\n'],
    ['around a heading with an id', '---\ntitle: Rain\n# Wind {#skip}\n---\n'],
  ])('is nothing that is %s', (_, text) => {
    expect(hasFrontMatter(text)).toBe(false)
  })

  it('defines and includes nothing, whichever way it is read', () => {
    const line = fc.constantFrom(
      ...['title: Rain', 'x:', '- y', '-', '  z', '', '# a', ']', '  [b]: /c', '[d]: /e', '- [f]: /g', '---'],
      ...[
        'k: |',
        '    [h]: /i',
        '```',
        '  ~~~',
        '<div>',
        '  <!--',
        '- <pre>',
        '{{#include a.md}}',
        '> <p>',
        '[^1]: x',
      ],
      ...['[j', 'k]:', '  /l', '1. [m]: /n', '===', '* ```', '--- ', 'see: [o]: /p', '- - [q]: /r', '{a: b}'],
    )
    let real = 0
    fc.assert(
      fc.property(fc.array(line, { maxLength: 7 }), (lines) => {
        const text = `---\nkey: value\n${lines.join('\n')}\n---\n[last]: /s\n\n{{#include b.md}}\n`
        if (!hasFrontMatter(text)) return
        real += 1
        const as = (shift: number, { definitions, includes }: ReturnType<typeof parseFileFacts>) => ({
          definitions: definitions.map(({ label, start }) => [label, start - shift]),
          includes: includes.map(({ target, start, rendered }) => [target, start - shift, rendered]),
        })
        const asMdbook = as(1, parseFileFacts('a.md', `\n${text}`))
        expect({ text, ...as(0, parseFileFacts('a.md', text)) }).toEqual({ text, ...asMdbook })
      }),
      { numRuns: 4000 },
    )
    expect(real).toBeGreaterThan(100)
  })
})
