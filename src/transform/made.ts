/**
 * What a transform made of a chapter's tree: the edits that print it, and the tree that they ask for, which the
 * proof holds the result against.
 */
import type { Root } from 'mdast'
import { isMutated } from '../markdown/mutated.ts'
import type { Chapter } from '../markdown/parse.ts'
import { type Printed, printChanges } from '../markdown/print.ts'
import type { Edit } from '../model.ts'
import { type MergedEdits, mergeEdits } from './edits.ts'
import { askedTree } from './verify/asked-tree.ts'

/** What a changed tree asks for. */
export interface Made {
  /** The tree, as a text can say it, without places. */
  readonly asked: Root
  /** The edits that come from the tree. */
  readonly edits: MergedEdits
  /** The other edits of the patch, on the text that those make. */
  readonly others: MergedEdits
}

/**
 * Prints the tree of a chapter that a transform had.
 *
 * @param chapter as `withOrigins` remembered it
 * @returns `undefined` where the tree is as it was read
 */
export function printMade(chapter: Chapter): Printed | undefined {
  return isMutated(chapter) ? printChanges(chapter) : undefined
}

/**
 * Tells what a tree asks for from the other edits of a patch.
 *
 * @param edits that the tree comes to; sorted and disjoint
 * @param others on the same text, disjoint with them
 * @returns what was made; or two edits of which nobody can say which stands first
 */
export function madeOf(
  chapter: Chapter,
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
  return { ok: true, made: { asked: askedTree(chapter.tree), edits: own.edits, others: rest.edits } }
}

function isSame(a: Edit, b: Edit): boolean {
  return a.start === b.start && a.end === b.end && a.text === b.text && a.start < a.end
}

/** An insertion right beside another edit stands before it, or behind it. */
function isUnclear(a: Edit, b: Edit): boolean {
  return (a.start === a.end || b.start === b.end) && a.start <= b.end && b.start <= a.end
}
