/**
 * Legacy labels where no migration goes: in code, raw HTML, comments. Only what the book
 * defines counts, under the old name or the new one, since `items[i][c-1]` is code like any other.
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
        if (
          verdict?.kind !== 'rename' ||
          ![label, verdict.to, withRepo(verdict.to)].some((name) => plan.evidence.targets.has(labelId(name)))
        )
          return []
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

/** The name of a repository's label once 0004 has been there. */
function withRepo(label: string): string {
  return label.replace(/~github(?=(?:~badge)?$)/i, '~repo')
}
