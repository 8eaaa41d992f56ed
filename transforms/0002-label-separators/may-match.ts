/** Which texts are looked at, told without a parser: labels are looked for in the source, wherever they stand. */
import type { Settings } from 'mdshift'
import { grammarOf, type LabelGrammar } from './grammar.ts'

/**
 * A label that has a hyphen and no tilde. One that neither a namespace begins nor a resource ends may be named for the host
 * that its definition leads to, in whatever file.
 */
export function mayMatch(text: string, { labels, grammar }: Settings): boolean {
  if (!text.includes('[')) return false
  if ([...labels.keys()].some((label) => !label.includes('-'))) return true
  return HYPHENATED.test(text) || (text.includes('-') && isPlain(grammarOf(grammar)) !== true)
}

/** What stands between two brackets, one of which may be escaped. */
const HYPHENATED = /[[\]][^[\]~-]*-[^[\]~]*[[\]]/

/** A label that a namespace begins or a resource ends, one that a person decided about, or a definition of one that its host begins. */
export function mayStart(text: string, settings: Settings): boolean {
  if (settings.labels.size > 0) return mayMatch(text, settings)
  if (!text.includes('[')) return false
  const grammar = grammarOf(settings.grammar)
  if (isPlain(grammar) !== true) return mayMatch(text, settings)
  const { begun, ended } = formsOf(grammar)
  return begun.test(text) || hasEnded(text, ended) || hasHost(text)
}

/** Words that a label as written can only hold as they are: a space may be folded, and a bracket escaped. */
function isPlain({ namespaces, resources }: LabelGrammar): boolean {
  return [...namespaces.keys(), ...resources].every((word) => /^[^\s[\]~\\>]+$/.test(word))
}

interface Forms {
  readonly begun: RegExp
  readonly ended: RegExp
}

const known = new WeakMap<LabelGrammar, Forms>()

function formsOf(grammar: LabelGrammar): Forms {
  const forms = known.get(grammar) ?? makeForms(grammar)
  known.set(grammar, forms)
  return forms
}

/** In front of a label, and behind it, stand spaces, line ends, and the `>` of quotes. */
function makeForms({ namespaces, resources }: LabelGrammar): Forms {
  const anyOf = (words: readonly string[]) =>
    words.length === 0
      ? '[^\\s\\S]'
      : `(?:${words.map((word) => word.replace(/[.*+?^${}()|/]/g, '\\$&')).join('|')})`
  return {
    begun: new RegExp(`\\[[\\s>]*${anyOf([...namespaces.keys()])}-[^\\]~]{0,2000}\\]`, 'iu'),
    ended: new RegExp(`-${anyOf(resources)}(?:-badge)?[\\s>]*\\]`, 'giu'),
  }
}

/** Whether a label without a tilde ends so. */
function hasEnded(text: string, ended: RegExp): boolean {
  for (const { index } of text.matchAll(ended)) if (!isCurrent(text, index)) return true
  return false
}

/** Whether a tilde stands between an offset and the bracket before it. */
function isCurrent(text: string, offset: number): boolean {
  for (let at = offset - 1; at >= 0; at--) {
    const character = text[at]
    if (character === '~') return true
    if (character === '[' || character === ']') return false
  }
  return false
}

const ADDRESS = /[\s>]*(<[^>]*|[^\s<>]\S*|)/y
const HOST = /^<?https?:\/\/(?:www\.)?([^/?#:&\\\s]+)/i

/** `[crates.io-category-slugs]: https://crates.io/…`: the definition of a label that begins with the host it leads to. */
function hasHost(text: string): boolean {
  for (let at = text.indexOf(']:'); at >= 0; at = text.indexOf(']:', at + 2)) {
    const open = Math.max(text.lastIndexOf('[', at - 1), text.lastIndexOf(']', at - 1))
    const label = text.slice(open + 1, at)
    if (label.includes('~')) continue
    const isWhole = text[open] === '[' && text[open - 1] !== '\\'
    if (isWhole && !label.includes('-')) continue
    ADDRESS.lastIndex = at + 2
    const address = ADDRESS.exec(text)?.[1] ?? ''
    // What is escaped or encoded in it is not read here.
    if (/[&\\]/.test(address.slice(0, 300)) && !/^<?https?:\/\/[\w.-]+[/?#:]/i.test(address)) return true
    const host = HOST.exec(address)?.[1]
    // A label of other letters may be the same as one that looks otherwise.
    const isSure = isWhole && /^[\0-\x7f]*$/.test(label)
    if (host !== undefined && (!isSure || plain(label.replace(/^[\s>]+/, '')).startsWith(`${plain(host)}-`)))
      return true
  }
  return false
}

/** As hosts and labels are compared. */
function plain(name: string): string {
  return name.toLowerCase().replace(/[_.]/g, '-')
}
