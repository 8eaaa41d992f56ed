/** The layouts that every text is tried in. */

/** A text put elsewhere: every line of it stays what it was, behind what its containers need. */
export type Layout = (text: string) => string

export const LAYOUTS: Readonly<Record<string, Layout>> = {
  'as it is': (text) => text,
  CRLF: (text) => text.replace(/\r\n?|\n/g, '\r\n'),
  'a byte order mark, no final newline': (text) => `\uFEFF${text.replace(/[\r\n]+$/, '')}`,
  'in a quote': (text) => lines(text, '> ', '>'),
  'in a list item': (text) => `- Before it.\n\n${lines(text, '  ', '')}- Behind it.\n`,
  'in a quote in a list item': (text) => `1. Before it.\n\n${lines(text, '   > ', '   >')}`,
  'in a list item, by tabs': (text) => `-\tBefore it.\n\n${lines(text, '\t', '')}`,
}

function lines(text: string, prefix: string, ofBlank: string): string {
  const inner = text.replace(/\r\n?/g, '\n').replace(/\n$/, '')
  return `${inner.replace(/^.*$/gm, (line) => (line === '' ? ofBlank : prefix + line))}\n`
}
