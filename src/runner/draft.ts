/** A file on its way through the migrations: patch after patch is taken in, and told by the places that were read. */
import type { BookFile } from '../book/load.ts'
import type { Span } from '../model.ts'
import { positionsIn } from '../position.ts'
import type { Transform } from '../transform/define.ts'
import {
  applyEdits,
  editsOf,
  originsIn,
  type Rewrite,
  rewriteFurther,
  unchanged,
} from '../transform/edits.ts'
import type { Patch } from '../transform/run.ts'
import type { FileReport, Finding, Step } from './report.ts'

/** A file as it was read, and as it is now. */
export interface Draft {
  readonly file: BookFile
  text: string
  rewrite: Rewrite
  readonly findings: Finding[]
  /** What happened to it, in order. */
  readonly steps: Step[]
}

/** A file that nothing has happened to. */
export function draftOf(file: BookFile): Draft {
  return { file, text: file.text, rewrite: unchanged(file.text), findings: [], steps: [] }
}

/** Takes a patch into a draft; tells whether its text changed. */
export function revise(draft: Draft, migration: Pick<Transform, 'id'>, patch: Patch): boolean {
  const places = positionsIn(draft.file.text)
  const originOf = originsIn(draft.rewrite)
  const legacyOf = (start: number, end: number) => draft.text.slice(start, end)
  const finding = (
    span: Span,
    rest: Omit<Finding, 'start' | 'end' | 'line' | 'column' | 'migration' | 'edit'>,
    at?: Span,
  ): Finding => {
    const origin = originOf(span)
    const shownAt = at ? originOf(at) : placeOfInserted(draft, origin)
    const edit = shownAt && { edit: origin }
    const { start, end } = shownAt ?? origin
    return { start, end, ...places(start), migration: migration.id, ...edit, ...rest }
  }
  for (const change of patch.changes) {
    const { legacy, current } = change.shown ?? {
      legacy: legacyOf(change.start, change.end),
      current: change.text,
    }
    draft.findings.push(
      finding(
        change,
        { kind: 'change', legacy, current: [current], because: change.because },
        change.shown?.at,
      ),
    )
  }
  for (const leftover of patch.leftovers) {
    draft.findings.push(
      finding(leftover, {
        kind: leftover.kind,
        legacy: legacyOf(leftover.start, leftover.end),
        current: leftover.candidates ?? [],
        because: leftover.because,
        ...(leftover.subject === undefined ? {} : { subject: leftover.subject }),
      }),
    )
  }
  draft.steps.push(...stepsOf(migration, patch))
  if (patch.edits.length === 0) return false
  draft.text = applyEdits(draft.text, patch.edits)
  draft.rewrite = rewriteFurther(draft.rewrite, patch.edits)
  return true
}

/** What a tree asks for is asked of a text of its own, whatever else the patch says. */
function stepsOf({ id: migration }: Pick<Transform, 'id'>, { edits, made }: Patch): Step[] {
  if (!made) return edits.length === 0 ? [] : [{ migration, edits }]
  const first = { migration, edits: made.edits, asked: made.asked, labels: made.labels }
  return made.others.length === 0 ? [first] : [first, { migration, edits: made.others }]
}

/** Where what an earlier migration put into the text is shown, if elsewhere. */
function placeOfInserted({ findings }: Draft, { start, end }: Span): Span | undefined {
  return start === end
    ? findings.find(({ edit }) => edit && edit.start === start && edit.end === end)
    : undefined
}

/** What became of a file. */
export function reportOf({ file, text, rewrite, findings, steps }: Draft): FileReport {
  return {
    path: file.path,
    before: file.text,
    after: text,
    bom: file.bom,
    edits: editsOf(rewrite, file.text),
    findings: inOrder(findings),
    steps,
  }
}

export function inOrder(findings: readonly Finding[]): Finding[] {
  return findings.toSorted((a, b) => a.start - b.start)
}
