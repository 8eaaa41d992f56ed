/**
 * Legacy labels where no migration goes: in code, raw HTML, comments, front matter, other files. Only what the
 * book defines counts, under the old name or the new one (also one that another label is about to take), since
 * `items[i][c-1]` is code like any other.
 */
import { bracketsIn, type Found, labelId, type Place, refusalEverywhere } from 'mdshift'
import { type LabelPlan, verdictAt } from './plan.ts'

/** Where brackets may hold a label: not in a URL, a label or a directive. */
const SEARCHED: ReadonlySet<Place['kind']> = new Set(['code', 'comment', 'file', 'front matter', 'html'])

export function labelResidue(text: string, plan: LabelPlan, place: Place): Found[] {
  if (!SEARCHED.has(place.kind)) return []
  return bracketsIn(text).flatMap(({ label, span }): Found[] => {
    const found = residueAt(label, plan, place)
    return found ? [{ ...span, ...found }] : []
  })
}

/** What a label could become, with the reason if it is sure; `undefined` where it is none of the book's, or stays. */
function residueAt(
  label: string,
  plan: LabelPlan,
  { kind, path }: Place,
): Pick<Found, 'candidates' | 'because'> | undefined {
  const verdict = verdictAt(path, label, plan)
  if (!verdict) return undefined
  if (kind === 'front matter' && verdict.kind === 'refused') return { candidates: verdict.candidates }
  const isSure =
    verdict.kind === 'rename' &&
    !(kind === 'file' && refusalEverywhere(plan.renames, labelId(label)) !== undefined)
  const names = verdict.kind === 'rename' ? [verdict.to] : verdict.candidates
  if (plan.evidence.targets.has(labelId(label)))
    return isSure ? { candidates: names, because: verdict.because } : undefined
  // Its definition has the new name by now, or never had the old one.
  const candidates = names.flatMap((name) => [name, withRepo(name)].find((one) => isNamed(one, plan)) ?? [])
  const migrated = plan.migrated.get(labelId(label))
  if (candidates.length === 0) return migrated && { candidates: migrated }
  return isSure ? { candidates, because: verdict.because } : { candidates }
}

/** Whether something has that name, or is about to. */
function isNamed(name: string, { evidence, renames }: LabelPlan): boolean {
  return evidence.targets.has(labelId(name)) || renames.sources.has(labelId(name))
}

/** The name of a repository's label once 0004 has been there. */
function withRepo(label: string): string {
  return label.replace(/~github(?=(?:~badge)?$)/i, '~repo')
}
