/**
 * Renaming labels all over a book without redirecting a link: what a migration of labels asks before it
 * touches a chapter.
 */

import { labelId } from '../dialect.ts'
import { groupBy } from '../group-by.ts'
import type { Chapter } from '../markdown/parse.ts'
import type { BookView } from './define.ts'

/** Plain data; keys are label ids. */
export interface RenamePlan {
  /** Why a label that should be renamed stays. */
  readonly refused: ReadonlyMap<string, string>
  /** Which labels each label is made of, once all is renamed. */
  readonly sources: ReadonlyMap<string, readonly string[]>
}

/**
 * Plans the renames of a whole book. Refused is what a file mentions that is not written, and labels that
 * would become one and, in some chapter, lead to different places. To refuse one keeps its old label, which
 * another may want: this goes on until nothing more is refused.
 *
 * @param book all definitions, and what each chapter sees
 * @param newLabel the label that one becomes, as written; `undefined` where it stays
 */
export function planRenames(book: BookView, newLabel: (label: string) => string | undefined): RenamePlan {
  const wanted = new Map<string, string | undefined>()
  for (const { id, label } of book.definitions) if (!wanted.has(id)) wanted.set(id, newLabel(label))
  const refused = new Map<string, string>()
  for (const [id, target] of wanted) {
    const reason = target === undefined ? undefined : book.fixed(id)
    if (reason !== undefined) refused.set(id, reason)
  }
  for (;;) {
    const finals = [...wanted].map(([id, target]) => ({
      id,
      final: target === undefined || refused.has(id) ? id : labelId(target),
    }))
    const groups = [...groupBy(finals, ({ final }) => final)]
    const sources = new Map(groups.map(([final, group]) => [final, group.map(({ id }) => id)]))
    const clashes = [...sources].flatMap(([final, ids]) => {
      const clash = ids.length > 1 ? clashAmong(book, ids) : undefined
      return clash === undefined ? [] : ids.filter((id) => id !== final).map((id) => [id, clash] as const)
    })
    if (clashes.length === 0) return { refused, sources }
    for (const [id, clash] of clashes) refused.set(id, clash)
  }
}

/** How labels that want to be one lead to different places in some chapter. */
function clashAmong(book: BookView, ids: readonly string[]): string | undefined {
  for (const scope of book.scopes.all) {
    const found = ids.flatMap((id) => book.find(scope, id) ?? [])
    const [first] = found
    const other = found.find((one) => one.destination !== first?.destination || one.title !== first?.title)
    if (first && other) {
      return `[${first.label}] leads to ${first.destination}, [${other.label}] to ${other.destination}, and both would be one label`
    }
  }
  return undefined
}

/**
 * Whether a rename would make a link of text: nothing defines the old label where the chapter is, and
 * something defines the new one.
 *
 * @param id of the old label
 * @param target the new label, as written
 */
export function wouldBecomeLink(chapter: Chapter, id: string, target: string, plan: RenamePlan): boolean {
  if (chapter.isDefined(id)) return false
  return (plan.sources.get(labelId(target)) ?? []).some((source) => chapter.isDefined(source))
}
