/** Reports made by hand: what the tests of reports speak of. */
import type { BookReport, FileReport, Finding } from '../../src/runner/report.ts'
import { applyEdits, mergeEdits } from '../../src/transform/edits.ts'

/** A finding, complete but for what a test is about. */
export function findingOf(partial: Partial<Finding>): Finding {
  return {
    start: 0,
    end: 0,
    line: 1,
    column: 1,
    kind: 'change',
    migration: '0001-rain',
    legacy: 'old',
    current: ['new'],
    because: 'a reason',
    ...partial,
  }
}

/** A file that was changed at its start, or was not. */
export function fileOf(path: string, findings: readonly Finding[], changed = false): FileReport {
  const merge = mergeEdits(changed ? [{ start: 0, end: 0, text: 'x' }] : [])
  if (!merge.ok) throw new Error(JSON.stringify(merge.conflict))
  return { path, before: '', after: applyEdits('', merge.edits), bom: false, edits: merge.edits, findings }
}

export function bookOf(files: readonly FileReport[], more: Partial<BookReport> = {}): BookReport {
  return { root: '/book', files, residue: [], failures: [], missing: [], ...more }
}
