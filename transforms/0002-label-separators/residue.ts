/**
 * Legacy labels where no migration goes: in code, raw HTML, comments, front matter, other files. Only what the
 * book defines counts, under the old name or the new one (also one that another label is about to take), since
 * `items[i][c-1]` is code like any other.
 */
import { bracketsIn, type Found, labelId, type Place, refusalEverywhere } from 'mdshift'
import { type LabelPlan, verdictAt } from './plan.ts'

/** Where brackets may hold a label: not in a URL, a label or a directive. */
const SEARCHED: ReadonlySet<Place['kind']> = new Set(['code', 'comment', 'file', 'front matter', 'html'])

export function labelResidue(text: string, plan: LabelPlan, { kind, path }: Place): Found[] {
  if (!SEARCHED.has(kind)) return []
  return bracketsIn(text).flatMap(({ label, span }): Found[] => {
    const verdict = verdictAt(path, label, plan)
    if (kind === 'front matter' && verdict?.kind === 'refused')
      return [{ ...span, candidates: verdict.candidates }]
    if (verdict?.kind !== 'rename') return []
    if (kind === 'file' && refusalEverywhere(plan.renames, labelId(label)) !== undefined) return []
    const names = [label, verdict.to, withRepo(verdict.to)]
    const isOurs = names
      .map(labelId)
      .some((id) => plan.evidence.targets.has(id) || plan.renames.sources.has(id))
    return isOurs ? [{ ...span, candidates: [verdict.to], because: verdict.because }] : []
  })
}

/** The name of a repository's label once 0004 has been there. */
function withRepo(label: string): string {
  return label.replace(/~github(?=(?:~badge)?$)/i, '~repo')
}
