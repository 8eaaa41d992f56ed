/** Which texts are looked at, told without a parser. */
import { findRepairs } from './repair.ts'

/** Damage as it stands, or a link to a damaged heading, which has one of its letters, in plain text or percent-encoded. */
export function mayMatch(text: string): boolean {
  return mayStart(text) || FRAGMENT.test(text)
}

/** Damage as it stands, or beside a character reference: a link is changed only for the sake of such a heading. */
export function mayStart(text: string): boolean {
  return (LEAD.test(text) && findRepairs(text).length > 0) || (text.includes('&') && REFERENCES.test(text))
}

/** What the first byte of a character of several bytes was read as, and something behind it: in most texts there is none. */
const LEAD = /[\u00c2-\u00f4][^\0-\x7f]/

const REFERENCE = String.raw`&(?!(?:lt|gt|amp|quot|apos);)[#\w]+;`
const REFERENCES = new RegExp(String.raw`${REFERENCE}(?:${REFERENCE}|[^\0-\x7f])|[^\0-\x7f]${REFERENCE}`)
const FRAGMENT = /#[^\s()[\]<>"'#]*(?:[^\0-\x7f]|%[c-f][\da-f])/i
