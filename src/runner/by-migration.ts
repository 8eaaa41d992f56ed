/** What became of a book, migration by migration: each leaves it in a state of its own. */
import { applyEdits, editsOf, type Rewrite, rewriteFurther, unchanged } from '../transform/edits.ts'
import type { BookReport, FileReport, Step } from './report.ts'
import { textsAlong } from './texts-along.ts'

/**
 * The files that one migration changes, as it found them and as it leaves them. One that ends as it began is not
 * changed by anybody.
 *
 * @param migration its id
 */
export function changedBy(migration: string, { files }: Pick<BookReport, 'files'>): FileReport[] {
  return files.flatMap((file) => {
    if (file.edits.length === 0) return []
    const steps = file.steps ?? []
    const own = steps.filter((step) => step.migration === migration)
    const [first] = own
    if (!first) return []
    const before = textsAlong(file.before, steps.slice(0, steps.indexOf(first))).at(-1) ?? file.before
    const edits = editsOf(together(before, own), before)
    if (edits.length === 0) return []
    const findings = file.findings.filter((finding) => finding.migration === migration)
    return [{ ...file, before, after: applyEdits(before, edits), edits, findings, steps: own }]
  })
}

/** A tree that was changed is one step, and what was asked for beside it another. */
function together(before: string, steps: readonly Step[]): Rewrite {
  return steps.reduce((all, { edits }) => rewriteFurther(all, edits), unchanged(before))
}
