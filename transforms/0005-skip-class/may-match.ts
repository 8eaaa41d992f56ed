/** Which texts are looked at, told without a parser. */
import { mayBeMalformed } from './attributes.ts'

/** An id that mdBook makes of `<#skip>` has the word in it too. */
export function mayMatch(text: string): boolean {
  return /#[^\s#]*skip/i.test(text) || mayBeMalformed(text)
}

/** The word itself, whose `#` may be a character reference: a link to `#rain-skip` is changed only for the sake of such a heading. */
export function mayStart(text: string): boolean {
  if (text.includes('#skip') || (text.includes(';skip') && /#[^\s#]*;skip/.test(text))) return true
  return mayBeMalformed(text)
}
