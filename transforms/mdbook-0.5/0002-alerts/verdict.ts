/** Whether an alert says all that an admonition says. */
import type { Leftover } from 'mdshift'
import type { Admonition } from './admonition.ts'
import { ALERTS, type Alert, KINDS } from './kinds.ts'

/** Why a block stays as it is. */
export type Obstacle = Pick<Leftover, 'because' | 'candidates' | 'kind'>

export type Verdict = { readonly alert: Alert } | { readonly obstacle: Obstacle }

/**
 * An alert takes an admonition's place if a reader sees the same title above it.
 *
 * @example
 * // of 'info title="Note"' → the alert NOTE, and of 'info' an obstacle
 */
export function verdictOn(admonition: Admonition): Verdict {
  const { kind, title } = admonition
  const lost = LOST.find(({ isIn }) => isIn(admonition))
  if (lost) return refused(lost.because(admonition), lost.candidates)
  const known = KINDS.get(kind)
  if (!known)
    return undecided(`mdbook-admonish has no kind ${JSON.stringify(kind)}; a book.toml may give it one`)
  const { nearest } = known
  if (nearest === undefined) return undecided(`no alert of mdBook is like ${JSON.stringify(kind)}`)
  const shown = title ?? known.title
  if (shown === ALERTS[nearest]) return { alert: nearest }
  return undecided(`its title is “${shown}”, and that of an alert can only be “${ALERTS[nearest]}”`, [
    `> [!${nearest}]`,
  ])
}

/** What no alert can have, whatever its kind. */
const LOST: readonly {
  isIn(admonition: Admonition): boolean
  because(admonition: Admonition): string
  readonly candidates?: readonly string[]
}[] = [
  {
    isIn: ({ collapsible }) => collapsible,
    because: () => 'an alert cannot be collapsed',
    candidates: ['<details>'],
  },
  {
    isIn: ({ id }) => id !== undefined,
    because: ({ id = '' }) => `an alert has no id, and links may lead to #${id}`,
  },
  {
    isIn: ({ classes }) => classes.length > 0,
    because: ({ classes }) => `an alert has no classes: ${classes.join(', ')}`,
  },
  {
    isIn: ({ unknown }) => unknown.length > 0,
    because: ({ unknown }) => `mdbook-admonish has no option ${JSON.stringify(unknown[0])}`,
  },
  {
    isIn: ({ title }) => title === '',
    because: () => 'it has no title, and an alert always shows one',
    candidates: ['>'],
  },
]

function refused(because: string, candidates?: readonly string[]): Verdict {
  return { obstacle: { kind: 'refused', because, ...(candidates && { candidates }) } }
}

function undecided(because: string, candidates?: readonly string[]): Verdict {
  return { obstacle: { kind: 'undecided', because, ...(candidates && { candidates }) } }
}
