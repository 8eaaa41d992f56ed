/**
 * One label → its segments, by evidence. Strongest first: the definition's own target, what other
 * definitions prove, a resource at the end, the whole rest.
 */
import { divideBook } from './divide-book.ts'
import { divideCrate } from './divide-crate.ts'
import { divideRecipe } from './divide-recipe.ts'
import { divideByResource, divideSite } from './divide-site.ts'
import { type Divided, type Divisible, divisionOf, resourceAt } from './division.ts'
import type { Evidence } from './evidence.ts'
import type { LabelGrammar } from './grammar.ts'
import { currentLabel, type Segment, same, withoutBadge } from './segments.ts'
import type { Division } from './tables.ts'

export type Decision =
  | { readonly kind: 'rename'; readonly segments: readonly Segment[]; readonly because: string }
  | { readonly kind: 'undecided'; readonly candidates: readonly string[]; readonly because: string }

/**
 * Decides a label.
 *
 * @param label as written
 * @returns `undefined` for what is not a legacy label: it stays as it is
 * @example
 * decideLabel('cat-no-std-badge', evidence) // → rename to cat~no-std~badge
 */
export function decideLabel(label: string, evidence: Evidence): Decision | undefined {
  if (label.includes('~')) return undefined
  const { base, badge } = badgeOf(label, evidence.grammar)
  const division = divisionOf(base, evidence.grammar)
  const divided = division ? divide[division.kind](division, evidence) : divideByResource(base, evidence)
  if (!divided) return undefined
  const whole = (segments: readonly Segment[]): Segment[] => [
    ...(division ? [same(division.namespace)] : []),
    ...segments,
    ...(badge === '' ? [] : [same(badge)]),
  ]
  return 'segments' in divided
    ? { kind: 'rename', segments: whole(divided.segments), because: divided.because }
    : {
        kind: 'undecided',
        candidates: divided.candidates.map((segments) => currentLabel(whole(segments))),
        because: divided.because,
      }
}

/**
 * Whether a label has the form of a legacy one, where no definition tells: it has a word in it, unlike the
 * second index of `x[i][c-1]`.
 */
export function looksLegacy(label: string, grammar: LabelGrammar): boolean {
  if (label.includes('~') || !label.includes('-')) return false
  const { base } = badgeOf(label, grammar)
  const division = divisionOf(base, grammar)
  return division ? /\p{L}{2}/u.test(division.body) : resourceAt(base, grammar) !== undefined
}

/** `c-badge` is the crate badge, and no badge of nothing. */
function badgeOf(label: string, { namespaces }: LabelGrammar): ReturnType<typeof withoutBadge> {
  const found = withoutBadge(label)
  return namespaces.has(found.base.toLowerCase()) ? { base: label, badge: '' } : found
}

const divide: Readonly<Record<Division, (label: Divisible, evidence: Evidence) => Divided | undefined>> = {
  whole: ({ namespace, body }) => ({
    segments: [same(body)],
    because: `${namespace} is a namespace whose labels have one segment`,
  }),
  site: divideSite,
  crate: divideCrate,
  book: divideBook,
  recipe: divideRecipe,
}
