/**
 * The whole book's renames, before any chapter is touched: what every label would become, and which labels
 * must stay.
 */
import {
  type BookView,
  type FragileLabels,
  labelId,
  type Meaning,
  planRenames,
  type RenamePlan,
  refusalAt,
} from 'mdshift'
import { labelsByHand } from './by-hand.ts'
import { type Decision, decideLabel } from './decide.ts'
import { type Evidence, gatherEvidence } from './evidence.ts'
import { type TargetsByPlace, targetsAround, targetsByPlace } from './places.ts'
import { currentLabel, type Segment } from './segments.ts'

/** Plain data for every chapter. */
export interface LabelPlan {
  /** Of the whole book. */
  readonly evidence: Evidence
  /** Where labels lead in the chapters around a label, if the book gives them several meanings. */
  readonly places: TargetsByPlace
  /** What a person decided, by label id. */
  readonly byHand: ReadonlyMap<string, string>
  readonly renames: RenamePlan
  /** Current labels that the book defines, as written, by the id of their legacy spelling. */
  readonly migrated: ReadonlyMap<string, readonly string[]>
}

/** What becomes of one label. */
export type Verdict =
  | {
      readonly kind: 'rename'
      readonly to: string
      readonly because: string
      /** How the label divides, where a rule says so: an alt text follows it. */
      readonly segments?: readonly Segment[]
    }
  | {
      readonly kind: 'refused' | 'undecided'
      readonly because: string
      readonly candidates: readonly string[]
    }

export function planLabels(book: BookView, fragile: ReadonlyMap<string, FragileLabels>): LabelPlan {
  const evidence = gatherEvidence(book)
  const places = targetsByPlace(book, evidence.targets)
  const byHand = labelsByHand(book.settings)
  const renames = planRenames(book, fragile, (label, { id, paths }: Meaning) => {
    const [path = ''] = paths
    const wish = wishFor(label, { ...evidence, here: targetsAround(places, path, id) }, byHand)
    return wish?.kind === 'rename' ? wish.to : undefined
  })
  return { evidence, places, byHand, renames, migrated: migratedLabels(book) }
}

/** `c~cargo~quick~repo` was `c-cargo-quick-github` once, whose division nothing may prove any more. */
function migratedLabels({ definitions }: BookView): Map<string, string[]> {
  const migrated = new Map<string, string[]>()
  for (const label of new Set(definitions.map((definition) => definition.label))) {
    if (!label.includes('~')) continue
    const spelled = label.replace(/~repo(?=(?:~badge)?$)/i, '~github').replaceAll('~', '-')
    for (const id of new Set([spelled, spelled.replace(/-docs(?=(?:-badge)?$)/i, '')].map(labelId)))
      migrated.set(id, [...(migrated.get(id) ?? []), label])
  }
  return migrated
}

/**
 * What becomes of a label where it stands.
 *
 * @param path of the file
 * @param label as written there
 * @param plan of the whole book
 * @returns `undefined` where it is none of this migration's
 */
export function verdictAt(
  path: string,
  label: string,
  { evidence, places, byHand, renames }: LabelPlan,
): Verdict | undefined {
  const id = labelId(label)
  const wish = wishFor(label, { ...evidence, here: targetsAround(places, path, id) }, byHand)
  const because = refusalAt(renames, path, id)
  if (wish?.kind !== 'rename' || because === undefined) return wish
  return { kind: 'refused', because, candidates: [wish.to] }
}

/** What becomes of a label as far as it alone is concerned. */
function wishFor(label: string, evidence: Evidence, byHand: LabelPlan['byHand']): Verdict | undefined {
  const hand = byHand.get(labelId(label))
  const decision = decideLabel(label, evidence)
  if (hand !== undefined && labelId(hand) === labelId(label)) return undefined
  if (hand !== undefined && decideLabel(hand, evidence)?.kind === 'rename') {
    return {
      kind: 'refused',
      because: `[${hand}], given by hand, is of the legacy syntax itself`,
      candidates: [hand],
    }
  }
  if (hand !== undefined)
    return { kind: 'rename', to: hand, because: 'decided by hand', ...segmentsOf(decision, hand) }
  if (decision?.kind !== 'rename') return decision
  const current = currentLabel(decision.segments)
  const further = byHand.get(labelId(current))
  if (further !== undefined && labelId(further) !== labelId(current))
    return wishFor(current, evidence, byHand)
  return {
    kind: 'rename',
    to: current,
    because: decision.because,
    segments: decision.segments,
  }
}

/** By hand and by rule alike: then the rule knows the segments. */
function segmentsOf(decision: Decision | undefined, label: string): { segments?: readonly Segment[] } {
  return decision?.kind === 'rename' && currentLabel(decision.segments) === label
    ? { segments: decision.segments }
    : {}
}
