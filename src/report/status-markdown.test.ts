import fc from 'fast-check'
import MarkdownIt from 'markdown-it'
import { markdownToHtml } from 'satteri'
import { describe, expect, it } from 'vitest'
import { of, SUN, statusOfChapters, WIND } from '../../test/support/status.ts'
import { statusMarkdown } from './status-markdown.ts'
import { visible } from './terminal.ts'

const markdownIt = new MarkdownIt({ html: true, linkify: true })
const RENDERERS = {
  'markdown-it': (text: string) => markdownIt.render(text),
  satteri: (text: string) => markdownToHtml(text, { features: { gfm: true } }).html,
}

/** The first cell of the first row, as its reader sees it, and how many cells there are in all. */
function cellsOf(html: string): { first: string; number: number; rest: string } {
  const cells = [...html.matchAll(/<td[^>]*>(.*?)<\/td>/gs)].map((match) => match[1] ?? '')
  const [first = ''] = cells
  const code = /^(?:<code>[^<]*<\/code>)+$/.test(first) ? first.replace(/<[^>]*>/g, '') : `no code: ${first}`
  const text = code
    .replace(/&#(\d+);/g, (_, number) => String.fromCodePoint(Number(number)))
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&quot;/g, '"')
    .replace(/&amp;/g, '&')
  return { first: text, number: cells.length, rest: html.replace(/<td[^>]*>.*?<\/td>/gs, '') }
}

describe('a status for a pull request', () => {
  it('is the burndown line and a table of folders', () => {
    const chapters = { 'src/a.md': [of(WIND, 'change')], 'b.md': [] }
    const drifts = [{ migration: '0002-wind', applied: '2025-06-26' }]
    expect(statusMarkdown(statusOfChapters(chapters, { drifts }), false)).toEqual([
      'mdshift: 1 of 2 chapters is at format 3 (50.0 %), 1 to go; 1 edit pending, 0 need a decision',
      '',
      '| folder | chapters | format 1 | format 2 | format 3 | at 3 |',
      '| --- | ---: | ---: | ---: | ---: | ---: |',
      '| `.` | 1 | 0 | 0 | 1 | 100.0 % |',
      '| `src` | 1 | 1 | 0 | 0 | 0.0 % |',
      '| all | 2 | 1 | 0 | 1 | 50.0 % |',
      '',
      '**Warning:** `0002-wind`: it was applied on 2025-06-26, and its meaning has changed since: run `mdshift migrate`, review, and commit.',
    ])
  })

  it('has a table of chapters where they are asked for', () => {
    const lines = statusMarkdown(
      statusOfChapters({ 'src/a.md': [of(SUN, 'undecided')] }, { unread: ['b.md'] }),
      true,
    )
    expect(lines.slice(-4)).toEqual([
      '| chapter | format | to change | to decide | left by policy |',
      '| --- | ---: | ---: | ---: | ---: |',
      '| `src/a.md` | 2 | 0 | 1 | 0 |',
      '| `b.md` | ? | 0 | 0 | 0 |',
    ])
  })

  const HOSTILE = [
    'a|b',
    'a\\|b',
    '`a` | b',
    '``',
    '<img src=x onerror=alert(1)>',
    '</code><b>x',
    '[a](https://example.org)',
    '![a](b)',
    '@someone #1 https://example.org',
    '&lt;&#124;&copy;',
    '*a* _b_ ~~c~~',
    ' a ',
    'a\nb\r\n| c |',
    '\u202e\u001b[2J',
    'Wetter/雨 ⮳',
    '{{#include a.md}}',
  ]

  it.each(Object.entries(RENDERERS))('shows names of files as they are, says %s', (_, render) => {
    for (const name of HOSTILE) {
      const lines = statusMarkdown(statusOfChapters({ [`${name}/x.md`]: [] }), false)
      const { first, number, rest } = cellsOf(render(lines.join('\n')))
      expect([first, number]).toEqual([visible(name), 12])
      expect(rest).not.toMatch(/<(?:a|img|b)\b/)
    }
  })

  it.each(Object.entries(RENDERERS))('shows any name as it is, says %s', (_, render) => {
    const name = fc.string({ unit: fc.constantFrom(...'ab |\\`<>[]()&;#*_~@!:.'), minLength: 1 })
    fc.assert(
      fc.property(name, (text) => {
        const lines = statusMarkdown(statusOfChapters({ [`${text}/x.md`]: [] }), false)
        const { first, number } = cellsOf(render(lines.join('\n')))
        expect([first, number]).toEqual([text, 12])
      }),
      { seed: 20261122, numRuns: 300 },
    )
  })
})
