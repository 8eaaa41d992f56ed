/** Inline syntax that expressions describe; all of them look at one place (`y`), and none can run away. */

/** CommonMark 0.31.2, 2.4. */
export const ESCAPABLE = /^[!-/:-@[-`{-~]$/

/** 2.5; whether a name is one, its decoder says. */
export const ENTITY = /&(?:#(?:[0-9]{1,7}|[xX][0-9a-fA-F]{1,6})|[A-Za-z0-9]{1,31});/y

/** 6.5, with its address; at the front of a text. micromark has no `!` in an address. */
export const AUTOLINK = /^<([A-Za-z][A-Za-z0-9+.-]{1,31}:[^<>\x00-\x20\x7f]*)>/
export const EMAIL =
  /^<([#-'*+\--9=?A-Z^-~]{1,200}@[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?){0,20})>/

/** What may begin raw HTML, 6.6. */
export const HTML_LIKE = /<[A-Za-z/!?]/y

const ATTRIBUTE = `[ \\t\\r\\n]+[A-Za-z_:][\\w.:-]*(?:[ \\t\\r\\n]*=[ \\t\\r\\n]*(?:[^ \\t\\r\\n"'=<>\`]+|'[^']*'|"[^"]*"))?`

/** Raw HTML, 6.6. */
export const TAG = new RegExp(
  `<[A-Za-z][A-Za-z0-9-]*(?:${ATTRIBUTE})*[ \\t\\r\\n]*/?>|</[A-Za-z][A-Za-z0-9-]*[ \\t\\r\\n]*>|<!--(?:>|->|[\\s\\S]*?-->)|<\\?[\\s\\S]*?\\?>|<![A-Za-z][^>]*>|<!\\[CDATA\\[[\\s\\S]*?\\]\\]>`,
  'y',
)

/** `{{…}}`, with one character in it at least. */
export const DIRECTIVE = /\{\{[\s\S]+?\}\}/y

/** `[[page]]`; what goes on with `(`, `[` or `:` is something else, but for another one. */
export const WIKILINK = /\[\[[^[\]\r\n]+\]\](?![(:])(?!\[(?!\[))/y
