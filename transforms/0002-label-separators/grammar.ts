/** What the labels of one book are made of: the tables, with what the book adds and leaves out. */
import type { GrammarSettings } from 'mdshift'
import { type Division, DOCUMENTATION, NAMESPACES, RESOURCES, SITES } from './tables.ts'

/** Plain data; words are in lower case. */
export interface LabelGrammar {
  readonly namespaces: ReadonlyMap<string, Division>
  /** The hosts of `site` namespaces. */
  readonly sites: ReadonlyMap<string, string>
  /** The longer stands first where one ends with another. */
  readonly resources: readonly string[]
  /** Resources that are the documentation of a crate. */
  readonly documentation: ReadonlySet<string>
}

const known = new WeakMap<GrammarSettings, LabelGrammar>()

/** The grammar of a book; made once for the same settings. */
export function grammarOf(settings: GrammarSettings): LabelGrammar {
  const grammar = known.get(settings) ?? makeGrammar(settings)
  known.set(settings, grammar)
  return grammar
}

function makeGrammar({ namespaces, resources }: GrammarSettings): LabelGrammar {
  const divisions = new Map(NAMESPACES)
  const sites = new Map(SITES)
  for (const [word, division] of namespaces) {
    sites.delete(word)
    if (division === false) divisions.delete(word)
    else if (typeof division === 'string') divisions.set(word, division)
    else {
      divisions.set(word, 'site')
      sites.set(word, division.site)
    }
  }
  const isOn = (word: string) => resources.get(word) !== false
  const words = new Set([...RESOURCES, ...resources.keys()])
  return {
    namespaces: divisions,
    sites,
    resources: [...words].filter(isOn).sort((a, b) => b.length - a.length),
    documentation: new Set([...DOCUMENTATION].filter(isOn)),
  }
}
