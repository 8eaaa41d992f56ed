/** The fences that mdbook-admonish takes for its own. */
import type { Code } from 'mdast'
import { endOf, type NearMiss, startOf } from 'mdshift'

/**
 * The words behind `admonish` in a fence's first line; `undefined` where it is no fence of mdbook-admonish.
 *
 * @param text that the fence was parsed from
 */
export function wordsOf(code: Code, text: string): string | undefined {
  if (code.lang !== 'admonish' || /^.*admonish\t/.test(sourceIn(code, text))) return undefined
  return code.meta ?? ''
}

/** Whether a fence has an end of its own; one without goes on to the end of all that it stands in. */
export function isClosed(code: Code, text: string): boolean {
  const [, fence = '', rest = ''] = /^(`{3,}|~{3,})([\s\S]*)$/.exec(sourceIn(code, text)) ?? []
  const told = rest.replace(/(?<![ \t])[ \t]+$/, '')
  const [last = ''] = /(?<![`~])[`~]*$/.exec(told) ?? []
  const [before = ''] = /(?<![\s>])[\s>]*$/.exec(told.slice(0, told.length - last.length)) ?? []
  return /[\r\n]/.test(before) && last.startsWith(fence)
}

/** Where a fence's first line stands: what a report shows of it. */
export function firstLineOf(code: Code, text: string): { start: number; end: number } {
  const start = startOf(code)
  const [line = ''] = sourceIn(code, text).split(/\r?\n/)
  return { start, end: start + line.length }
}

/** Fences that are nearly those of mdbook-admonish. */
export function almostAdmonish(code: Code, text: string): NearMiss[] {
  if (wordsOf(code, text) !== undefined) return []
  const because = ALMOST.find(({ isIt }) => isIt(code))?.because
  return because === undefined ? [] : [{ ...firstLineOf(code, text), because }]
}

const ALMOST: readonly { readonly because: string; isIt(code: Code): boolean }[] = [
  {
    because: 'mdbook-admonish wants a space behind its name, and this is a tab',
    isIt: ({ lang }) => lang === 'admonish',
  },
  {
    because: 'mdbook-admonish knows its name in small letters, as a word of its own',
    isIt: ({ lang }) => /^\{?\.?admonish/i.test(lang ?? ''),
  },
]

function sourceIn(code: Code, text: string): string {
  return text.slice(startOf(code), endOf(code))
}
