/**
 * What a transform made of a chapter's tree: the edits that print it, and the tree that they ask for, which the
 * proof holds the result against.
 */
import type { Nodes, Root } from 'mdast'
import { labelsMentioned } from '../book/definitions.ts'
import { labelId } from '../label-id.ts'
import { isMutated } from '../markdown/mutated.ts'
import { originOf } from '../markdown/origin.ts'
import type { Chapter } from '../markdown/parse.ts'
import { editsBetween } from '../markdown/print/difference.ts'
import { printChanges } from '../markdown/print.ts'
import type { Edit } from '../model.ts'
import { type MergedEdits, mergeEdits } from './edits.ts'
import { askedTree } from './verify/asked-tree.ts'

/** A tree, as a text can say it; or `text`, where a text was given, and asks for what it reads as. */
export type Asked = Root | 'text'

/** What a changed tree, or a whole text, asks for. */
export interface Made {
  readonly asked: Asked
  /** The ids of labels that counted as defined in the chapter that was changed, as far as it mentions any. */
  readonly labels: readonly string[]
  /** The edits that come from it. */
  readonly edits: MergedEdits
  /** The other edits of the patch, on the text that those make. */
  readonly others: MergedEdits
}

/** The edits that something comes to; or why Markdown cannot say it. */
export type Wanted =
  | {
      readonly ok: true
      readonly asked: Asked
      readonly labels: readonly string[]
      readonly edits: readonly Edit[]
    }
  | { readonly ok: false; readonly message: string; readonly at: number }

/**
 * What a transform made of a chapter as a whole.
 *
 * @param chapter as `withOrigins` remembered it, its tree changed or not
 * @param whole the text that it shall have, where the transform gave one: the tree does not count then
 * @returns `undefined` where all is as it was read
 */
export function wantedOf(chapter: Chapter, whole: string | undefined): Wanted | undefined {
  if (whole === chapter.text) return undefined
  if (whole !== undefined)
    return { ok: true, asked: 'text', labels: [], edits: editsBetween(chapter.text, whole) }
  if (!isMutated(chapter)) return undefined
  const printed = printChanges(chapter)
  if (!printed.ok) return printed
  return { ok: true, asked: askedTree(chapter.tree), labels: labelsOf(chapter), edits: printed.edits }
}

/** Those that something defines, and those that were read as references although nothing does. */
function labelsOf({ text, tree, isDefined }: Chapter): string[] {
  const mentioned = [...labelsMentioned(text).keys()].filter(isDefined)
  return [...new Set([...mentioned, ...referencesThen(tree)])]
}

function referencesThen(node: Nodes): string[] {
  const { fields = {}, children = [] } = originOf(node) ?? {}
  const { type, identifier } = fields
  const isReference = type === 'linkReference' || type === 'imageReference'
  const below = children.flatMap(referencesThen)
  return isReference && typeof identifier === 'string' ? [labelId(identifier), ...below] : below
}

/**
 * Tells what was made of a chapter as a whole from the other edits of a patch.
 *
 * @param edits that it comes to; sorted and disjoint
 * @param others on the same text, disjoint with them
 * @returns what was made; or two edits of which nobody can say which stands first
 */
export function madeOf(
  { asked, labels }: Pick<Made, 'asked' | 'labels'>,
  edits: readonly Edit[],
  others: readonly Edit[],
):
  | { readonly ok: true; readonly made: Made }
  | { readonly ok: false; readonly conflict: readonly [Edit, Edit] } {
  const moved: Edit[] = []
  for (const other of others) {
    if (edits.some((edit) => isSame(edit, other))) continue
    const unclear = edits.find((edit) => isUnclear(edit, other))
    if (unclear) return { ok: false, conflict: [unclear, other] }
    const by = edits
      .filter(({ end }) => end <= other.start)
      .reduce((sum, { start, end, text }) => sum + text.length - (end - start), 0)
    moved.push({ ...other, start: other.start + by, end: other.end + by })
  }
  const [own, rest] = [mergeEdits(edits), mergeEdits(moved)]
  if (!own.ok) return own
  if (!rest.ok) return rest
  return { ok: true, made: { asked, labels, edits: own.edits, others: rest.edits } }
}

function isSame(a: Edit, b: Edit): boolean {
  return a.start === b.start && a.end === b.end && a.text === b.text && a.start < a.end
}

/** An insertion right beside another edit stands before it, or behind it. */
function isUnclear(a: Edit, b: Edit): boolean {
  return (a.start === a.end || b.start === b.end) && a.start <= b.end && b.start <= a.end
}
