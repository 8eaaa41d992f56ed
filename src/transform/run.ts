/**
 * One migration on one chapter: a patch, or a failure that names the migration. Pure; the same in a thread.
 */
import { labelId } from '../dialect.ts'
import { fail, messageOf, ok, type Result } from '../failure.ts'
import { type Chapter, parseChapter } from '../markdown/parse.ts'
import type { Change, Edit, Leftover, Outcome, Settings, Span } from '../model.ts'
import { positionAt } from '../position.ts'
import type { Transform } from './define.ts'
import { type MergedEdits, mergeEdits } from './edits.ts'
import { residueIn } from './residue.ts'

/** What a migration wants of a chapter, checked; offsets are into the text it was shown. */
export interface Patch {
  readonly edits: MergedEdits
  readonly changes: readonly Change[]
  readonly leftovers: readonly Leftover[]
}

/**
 * Runs a transform on a chapter, and looks for its residue.
 *
 * @param facts what its scan made
 * @param settings what the book's people decided
 * @returns the patch; `MDS006` if the transform threw, `MDS005` if its edits overlap, `MDS015` if one is about no
 *   range of the text
 */
export function runTransform(
  transform: Transform,
  chapter: Chapter,
  facts: unknown,
  settings: Settings,
): Result<Patch> {
  try {
    const outcome = transform.transform(chapter, facts)
    const residue = withoutHandled(residueIn(transform, chapter, facts, settings), outcome.changes)
    const changes = [...outcome.changes, ...residue.changes]
    const leftovers = [...outcome.leftovers, ...residue.leftovers]
    const outside = changes.find((change) => !isWithin(change, chapter.text))
    if (outside) {
      const { start, end } = outside
      const range = `[${start}, ${end})`
      return fail('MDS015', `${transform.id}: ${range} of ${chapter.text.length} code units`, chapter.path)
    }
    const real = changes.filter((change) => chapter.text.slice(change.start, change.end) !== change.text)
    const merge = mergeEdits(real)
    if (merge.ok) return ok({ edits: merge.edits, changes: inOrder(real), leftovers: inOrder(leftovers) })
    const [a, b] = merge.conflict.map((edit) => describe(chapter, edit))
    return fail('MDS005', `${transform.id} wants both ${a} and ${b}`, chapter.path)
  } catch (cause) {
    return fail('MDS006', `${transform.id}: ${messageOf(cause)}`, chapter.path, cause)
  }
}

/** What the migration itself changes is no residue: a link that follows its heading, in a URL. */
function withoutHandled({ changes, leftovers }: Outcome, handled: readonly Span[]): Outcome {
  const isOpen = ({ start, end }: Span) => !handled.some((one) => one.start <= start && end <= one.end)
  return { changes: changes.filter(isOpen), leftovers: leftovers.filter(isOpen) }
}

function isWithin({ start, end, text: by }: Edit, text: string): boolean {
  const isOffset = (offset: number) => Number.isInteger(offset) && offset >= 0 && offset <= text.length
  return isOffset(start) && isOffset(end) && start <= end && typeof by === 'string'
}

/** Parses a chapter for a transform: labels that it presumes count as known where a full reference names them. */
export function parseFor(
  transform: Transform,
  path: string,
  text: string,
  isDefined: (id: string) => boolean,
  settings: Settings,
): Chapter {
  const presumed = presumedLabels(transform, text, settings)
  return parseChapter(path, text, isDefined, (id) => presumed.has(id))
}

/** The ids of labels that full references of a text name and that the transform takes for its own. */
export function presumedLabels(transform: Transform, text: string, settings: Settings): Set<string> {
  if (!transform.presumes) return new Set()
  const named = [...text.matchAll(/\]\[((?:[^[\]\\]|\\.)+)\]/g)].map((match) => match[1] ?? '')
  return new Set(named.filter((label) => transform.presumes?.(label, settings)).map(labelId))
}

function inOrder<Value extends { start: number }>(values: readonly Value[]): Value[] {
  return values.toSorted((a, b) => a.start - b.start)
}

function describe(chapter: Chapter, edit: Edit): string {
  const { line, column } = positionAt(chapter.text, edit.start)
  const old = chapter.text.slice(edit.start, edit.end)
  return `${JSON.stringify(old)} → ${JSON.stringify(edit.text)} at ${line}:${column}`
}
