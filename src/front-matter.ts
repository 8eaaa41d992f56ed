/**
 * Whether a chapter begins with YAML front matter. mdBook has none: it reads the lines as text between two
 * rules. So only what has the form of front matter is taken for it, and nothing that would mean something to the
 * rest of the book: no definition, no include, no id, no block that goes on behind the closing line.
 */

const FENCE = /^---[ \t]*$/

/** `title: Rain`, `"og:title": Rain`. */
const KEY = /^(?:[\w.-]+|"[^"]+"|'[^']+')[ \t]*:(?:[ \t].*)?$/

/** What may stand between keys: nothing, a comment, an item, the end of a collection, an indented line. */
const BETWEEN = /^(?:[ \t]*|#.*|-(?:[ \t].*)?|[\]}],?[ \t]*|[ \t]+\S.*)$/

/** A definition, an include, an id, or a block that the closing `---` does not end. */
const REACHES_OUT = /\]:|\{#|<#|^[ \t]*(?:(?:[-+*>]|\d+[.)])[ \t]+)*(?:<|```|~~~)/

/**
 * Whether a text begins with front matter: `---`, then a key, then nothing but lines of YAML, up to a line
 * of `---`.
 *
 * @param text without byte order mark
 * @example
 * hasFrontMatter('---\ntitle: Rain\n---\n') // → true
 * hasFrontMatter('---\n\nRain\n---\n') // → false: a rule, and a heading
 */
export function hasFrontMatter(text: string): boolean {
  if (!text.startsWith('---')) return false
  const [first = '', second = '', ...rest] = text.split(/\r\n|\r|\n/)
  const end = rest.findIndex((line) => FENCE.test(line))
  if (end < 0 || !FENCE.test(first) || !KEY.test(second)) return false
  const body = [second, ...rest.slice(0, end)]
  return body.every((line) => (KEY.test(line) || BETWEEN.test(line)) && !REACHES_OUT.test(line))
}
