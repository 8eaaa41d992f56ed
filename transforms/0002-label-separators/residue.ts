/**
 * Legacy labels where no migration goes: in code, raw HTML, comments. Only what the book
 * defines counts, under the old name or the new one, since `items[i][c-1]` is code like any other.
 */
import { bracketsIn, type Chapter, type Found, type Leftover, labelId, opaqueLeftovers } from 'mdshift'
import { type LabelPlan, verdictAt } from './plan.ts'

export function labelResidue(chapter: Chapter, plan: LabelPlan): Leftover[] {
  return opaqueLeftovers(chapter, ['code', 'html'], (text) =>
    bracketsIn(text).flatMap(({ label, span }): Found[] => {
      const verdict = verdictAt(chapter.path, label, plan)
      if (verdict?.kind !== 'rename') return []
      const names = [label, verdict.to, withRepo(verdict.to)]
      const isOurs = names.some((name) => plan.evidence.targets.has(labelId(name)))
      return isOurs ? [{ ...span, candidates: [verdict.to] }] : []
    }),
  )
}

/** The name of a repository's label once 0004 has been there. */
function withRepo(label: string): string {
  return label.replace(/~github(?=(?:~badge)?$)/i, '~repo')
}
