import fs from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { commonMark, extensions } from '../../test/support/trials/corpus.ts'
import { parseFileFacts } from './file-facts.ts'
import { scanFacts } from './scan-facts.ts'

/** What the scan says, where it says anything, is what the parser says. */
function agrees(text: string): boolean {
  const scanned = scanFacts(text)
  if (!scanned) return false
  const { definitions, includes } = parseFileFacts('', text)
  expect({ text, ...scanned }).toEqual({ text, definitions, includes })
  return true
}

const LINES = [
  ...[
    '',
    '',
    '',
    ' ',
    'rain',
    '  wind',
    '    code {{#include c.rs}}',
    '\tcode',
    '# Rain',
    '=====',
    '---',
    '-',
  ],
  ...[
    '[^1]: [a]: /x',
    '[^1]: [a',
    '[^1]: [a][b]: c',
    '- [a][b]: c',
    '[a]: /x_(y)',
    '[a]: /x(y',
    '[a]: (y)',
    'x]: /y',
    '\\]: /y',
    '[a\\]b]: /z',
    '[a [b]: /c',
    '- [ ] [a]: /t',
    '[a][',
    '[x',
    '[a]: /x',
    '[a b]: /y "t"',
    '[a]:',
    '[^1]: rain',
    '[^1]:',
    '> [a]: /q',
    '- [a]: /l',
    '[a]: /x "t',
    '"t"',
    '[a]',
    'b]: /c',
  ],
  ...[
    '```',
    '```',
    '````',
    '~~~',
    '``` rust `',
    '```rust,{{#include i.rs}}',
    '> ```',
    '- ```',
    '  ```',
    '    ```',
    '[^1]: ```',
    '- [ ] ```',
  ],
  ...[
    '<!-- c -->',
    '<!-- {{#include c.md}} -->',
    '<!--',
    '-->',
    '<!-->',
    '<pre>',
    '</pre>',
    '<div>',
    '</div>',
    '- <!--',
    '> <pre>',
    ' <!-- c -->',
  ],
  ...['<https://example.org>', '<b>', '<?php', '?>', '<!DOCTYPE', '<script>', '</script>'],
  ...[
    '{{#include a.md}}',
    '{{#include a.md:1:2}} ',
    ' {{#include a.md}}',
    '> {{#include q.md}}',
    '- {{#include l.md}}',
    'x {{#include',
    'a.md}}',
  ],
  ...[
    '| a | b |',
    '|---|---|',
    '1. rain',
    '* rain',
    '> rain',
    '\\{{#include e.md}}',
    '`',
    '**',
    '$$',
    '\uFEFF[a]: /x',
    'title: rain',
    '\u2028',
  ],
]

describe('a scan of lines', () => {
  it('says what the parser says, or nothing', () => {
    const line = fc.constantFrom(...LINES)
    const ending = fc.constantFrom('\n', '\n', '\n', '\r\n', '\r')
    let sure = 0
    fc.assert(
      fc.property(fc.array(fc.tuple(line, ending), { maxLength: 9 }), (lines) => {
        if (agrees(lines.flat().join(''))) sure += 1
      }),
      { numRuns: Number(process.env['RUNS'] ?? 1500) },
    )
    expect(sure).toBeGreaterThan(100)
  })

  it('says what the parser says of the examples of the specification, or nothing', () => {
    expect([...commonMark, ...extensions].filter(({ text }) => agrees(text)).length).toBeGreaterThan(200)
  })

  it('says what the parser says of each fixture, or nothing', () => {
    const folder = fileURLToPath(new URL('../../__fixtures__', import.meta.url))
    const files = fs
      .readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.md'))
    const texts = files.map((file) => fs.readFileSync(path.join(folder, file), 'utf8').replace(/^\uFEFF/, ''))
    expect(texts.filter(agrees).length).toBeGreaterThan(files.length / 3)
  })

  it.each([
    [
      'a chapter',
      '# Rain\n\n{{#include a.incl.md}}\n\n```rust\nlet a = b[c]: d\n```\n\nWind.\n\n{{#include ../refs.md}}\n\n[a]: /x\n[b]: # "t"\n',
    ],
    ['Windows line ends', '[a]: /x\r\n\r\n```\r\n{{#include a.rs}}\r\n```\r\n'],
    ['a comment of one line', '<!-- {{#include a.md}} -->\n[a]: /x\n'],
    ['a fence that nothing closes', '```\n[a]: /x\n'],
  ])('is sure of %s', (_, text) => {
    expect(agrees(text)).toBe(true)
  })

  it.each([
    ['a definition below text', 'rain\n[a]: /x\n'],
    ['a title on the next line', '[a]: /x\n"t"\n'],
    ['a definition in a quote', '> [a]: /x\n'],
    ['a label of two lines', '[a\nb]: /x\n'],
    ['a fence in a list', '- ```\n'],
    ['a comment of two lines', '<!--\n-->\n'],
    ['an indented include', 'rain\n\n    {{#include a.md}}\n'],
    ['front matter', '---\ntitle: Rain\n---\n'],
    ['a lone carriage return', 'rain\r[a]: /x\n'],
  ])('leaves %s to the parser', (_, text) => {
    expect(scanFacts(text)).toBeUndefined()
  })
})
