import { markdownToHtml } from 'satteri'
import { describe, expect, it } from 'vitest'
import { migrateText } from '../../../test/support/book.ts'
import definitionLists from './index.ts'

/** Whether the parser that mdBook's is kin to makes a definition list of it. */
function hasList(text: string): boolean {
  const { html } = markdownToHtml(text, { features: { definitionList: true, gfm: true } })
  return html.includes('<dl>')
}

async function isReported(text: string): Promise<boolean> {
  const { findings } = await migrateText(text, { migrations: [definitionLists] })
  return findings.length > 0
}

describe('a definition list is reported, and nothing else', () => {
  it.each([
    'a\n: b\n',
    'a\n   : b\n',
    'a\n    : b\n',
    'a\n\t: b\n',
    'a\n\n: b\n',
    'a\n\n: b\n\n: c\n',
    'a\nb\n: c\n',
    '*a*\n: b\n',
    'a *b\n: c*\n',
    'a\\\n: b\n',
    'a\r\n: b\r\n',
    ': a\n',
    ': a\n: b\n',
    '# a\n: b\n',
    'a\n===\n: b\n',
    'a\n\n# b\n\n: c\n',
    '- a\n\n: b\n',
    '- a\n  : b\n',
    '- a\n : b\n',
    '1. a\n\n   : b\n',
    '> a\n> : b\n',
    '> a\n: b\n',
    '> - a\n>   : b\n',
    '> - a\n> : b\n',
    '- > a\n  > : b\n',
    '[x]: y\n: b\n',
    '| a |\n|---|\n: b\n',
    '<div>\na\n: b\n</div>\n',
    '```\na\n: b\n```\n',
    'a\n\\: b\n',
    'a\n&#58; b\n',
    'a : b\n',
  ])('%j', async (text) => {
    expect(await isReported(text)).toBe(hasList(text))
  })

  it('needs no space behind the colon: mdBook wants none', async () => {
    expect(await isReported('a\n:smile:\n')).toBe(true)
  })
})
