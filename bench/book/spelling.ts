/**
 * What the two states of a generated book spell differently, and nothing else: a text is made once for each, from the
 * same draws.
 */
export type State = 'legacy' | 'current'

/** One label, before anything is said of how it is written. */
export interface Label {
  readonly namespace?: 'c' | 'cat' | 'ex' | 'p' | 'blog'
  readonly subject: string
  readonly resource?: 'docs' | 'crates.io' | 'lib.rs' | 'repo' | 'website'
  readonly recipe?: string
  readonly badge?: boolean
}

export interface Spelling {
  readonly state: State
  label(label: Label): string
  /** What a badge says where it has no picture. */
  alt(label: Label): string
  /** Behind a link that leads out of the book. */
  readonly arrow: string
  /** An arrow, and an apostrophe, that an editor may have taken for other characters. */
  readonly damagedArrow: string
  readonly damagedApostrophe: string
  /** The attributes of a heading that the contents leave out. */
  skipped(id: string): string
  /** Where links to that heading lead. */
  skippedAnchor(id: string): string
}

export const SPELLINGS: Readonly<Record<State, Spelling>> = {
  legacy: {
    state: 'legacy',
    label: ({ namespace, subject, recipe, resource, badge }) =>
      joined('-', [
        namespace,
        subject,
        recipe,
        resource === 'docs' ? undefined : resource === 'repo' ? 'github' : resource,
        badge && 'badge',
      ]),
    alt: ({ namespace, subject, resource }) =>
      namespace === 'c'
        ? joined('-', [subject, resource === 'docs' ? undefined : resource === 'repo' ? 'github' : resource])
        : joined('-', [namespace, subject]),
    arrow: '⮳',
    damagedArrow: 'â®³',
    damagedApostrophe: 'â€™',
    skipped: () => '{#skip}',
    skippedAnchor: () => '#skip',
  },
  current: {
    state: 'current',
    label: ({ namespace, subject, recipe, resource, badge }) =>
      joined('~', [namespace, subject, recipe, resource, badge && 'badge']),
    alt: ({ namespace, subject, resource }) =>
      namespace === 'c'
        ? joined('~', [subject, resource === 'docs' ? undefined : resource])
        : joined('~', [namespace, subject]),
    arrow: '↗',
    damagedArrow: '↗',
    damagedApostrophe: '’',
    skipped: (id) => `{#${id} .skip}`,
    skippedAnchor: (id) => `#${id}`,
  },
}

function joined(separator: string, parts: readonly (string | false | undefined)[]): string {
  return parts.filter((part) => part !== undefined && part !== false).join(separator)
}
