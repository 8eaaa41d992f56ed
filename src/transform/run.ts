/**
 * One migration on one chapter: a patch, or a failure that names the migration. The same in a thread.
 */

import { fail, messageOf, ok, type Result } from '../failure.ts'
import { labelId } from '../label-id.ts'
import type { Chapter } from '../markdown/parse.ts'
import type { Change, Edit, Leftover, Outcome, Settings, Span } from '../model.ts'
import { positionAt } from '../position.ts'
import { answerOf } from './answer.ts'
import type { Answer, Transform } from './define.ts'
import { editable, searchable } from './editable.ts'
import { type MergedEdits, mergeEdits } from './edits.ts'
import { type Made, madeOf, wantedOf } from './made.ts'
import { residueIn } from './residue.ts'

/** What a migration wants of a chapter, checked; offsets are into the text it was shown. */
export interface Patch {
  readonly edits: MergedEdits
  readonly changes: readonly Change[]
  readonly leftovers: readonly Leftover[]
  /** What the migration made of the tree; absent where it left that as it was. */
  readonly made?: Made
}

/**
 * Runs a transform on a chapter, and looks for its residue.
 *
 * @param chapter as it was parsed; where the patch has something `made`, or there is none, its tree is not that any
 *   more, and nobody else may be shown it
 * @param facts what its scan made
 * @param settings what the book's people decided
 * @returns the patch; `MDS006` if the transform threw, `MDS017` if it returned what is no outcome, `MDS016` if
 *   Markdown cannot say its tree, `MDS005` if its edits overlap, `MDS015` if one is about no range of the text
 */
export async function runTransform(
  transform: Transform,
  chapter: Chapter,
  facts: unknown,
  settings: Settings,
): Promise<Result<Patch>> {
  try {
    // Before the transform: it may move in the tree what stands in the text.
    const shown = transform.leavesTree ? searchable : editable
    const residue = residueIn(transform, chapter, facts, settings)
    const answer = answerOf(await transform.transform(shown(chapter), facts))
    if ('wrong' in answer) return fail('MDS017', `${transform.id}: ${answer.wrong}`, chapter.path)
    return patchOf(transform, chapter, answer, residue)
  } catch (cause) {
    return fail('MDS006', `${transform.id}: ${messageOf(cause)}`, chapter.path, cause)
  }
}

function patchOf(
  { id, summary, leavesTree = false }: Transform,
  chapter: Chapter,
  { changes = [], leftovers = [], because = summary, text: whole }: Answer,
  residue: Outcome,
): Result<Patch> {
  const { path, text } = chapter
  const wanted = leavesTree && whole === undefined ? undefined : wantedOf(chapter, whole)
  if (wanted && !wanted.ok) {
    const { line, column } = positionAt(text, wanted.at)
    return fail('MDS016', `${id}: ${wanted.message}`, `${path}:${line}:${column}`)
  }
  const made = (wanted?.edits ?? []).map((edit): Change => ({ ...edit, because }))
  const open = withoutHandled(residue, [...changes, ...made])
  const others = [
    ...changes.map((change) => ({ ...change, because: change.because ?? because })),
    ...open.changes,
  ]
  const outside = [...made, ...others].find((change) => !isWithin(change, text))
  if (outside) {
    const { start, end } = outside
    return fail('MDS015', `${id}: [${start}, ${end}) of ${text.length} code units`, path)
  }
  const isReal = (change: Change) => text.slice(change.start, change.end) !== change.text
  const real = [...made, ...others].filter(isReal)
  const conflicting = ([one, other]: readonly [Edit, Edit]) =>
    fail('MDS005', `${id} wants both ${describe(chapter, one)} and ${describe(chapter, other)}`, path)
  const merge = mergeEdits(real)
  if (!merge.ok) return conflicting(merge.conflict)
  const patch: Patch = {
    edits: merge.edits,
    changes: inOrder(real),
    leftovers: inOrder([...leftovers, ...open.leftovers]),
  }
  if (!wanted) return ok(patch)
  const told = madeOf(wanted, made.filter(isReal), others.filter(isReal))
  return told.ok ? ok({ ...patch, made: told.made }) : conflicting(told.conflict)
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

/** The ids of labels that full references of a text name and that the transform takes for its own. */
export function presumedLabels(
  transform: Pick<Transform, 'presumes'>,
  text: string,
  settings: Settings,
): Set<string> {
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
