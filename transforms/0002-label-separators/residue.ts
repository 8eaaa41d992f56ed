/**
 * Legacy labels where no migration goes: in code, raw HTML, comments. Only what a definition of the book has
 * as its label counts, since `items[i][c-1]` is code like any other.
 */
import { type Chapter, type Leftover, labelId, OPAQUE_NAMES, opaqueOf } from 'mdshift'
import { type LabelPlan, verdictOn } from './plan.ts'

export function labelResidue(chapter: Chapter, plan: LabelPlan): Leftover[] {
  return opaqueOf(chapter)
    .filter(({ kind }) => kind === 'code' || kind === 'html')
    .flatMap(({ kind, start, end }) =>
      [...chapter.text.slice(start, end).matchAll(/\[([^[\]\n]+)\](?!\()/g)].flatMap((match): Leftover[] => {
        const label = match[1] ?? ''
        const verdict = verdictOn(label, plan)
        if (verdict?.kind !== 'rename' || !plan.evidence.targets.has(labelId(label))) return []
        const from = start + match.index + 1
        return [
          {
            start: from,
            end: from + label.length,
            kind: 'opaque',
            because: `it stands in ${OPAQUE_NAMES[kind]}`,
            candidates: [verdict.to],
          },
        ]
      }),
    )
}
