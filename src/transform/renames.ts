/**
 * Renaming labels all over a book without redirecting a link: what a migration of labels asks before it
 * touches a chapter.
 */

import { labelId } from '../dialect.ts'
import { groupBy } from '../group-by.ts'
import { type FragileLabels, fragileLabels } from '../markdown/labels.ts'
import type { Chapter } from '../markdown/parse.ts'
import type { Settings } from '../model.ts'
import type { BookView } from './define.ts'

/** Plain data; keys are label ids. */
export interface RenamePlan {
  /** Why a label that should be renamed stays. */
  readonly refused: ReadonlyMap<string, string>
  /** Which labels each label is made of, once all is renamed. */
  readonly sources: ReadonlyMap<string, readonly string[]>
}

/**
 * Plans the renames of a whole book. Refused is what a file mentions that is not written, what stands in a
 * directive that nobody may touch, what would make a link of text that has the new label already, and labels
 * that would become one and, in some chapter, lead to different places. To refuse one keeps its old label,
 * which another may want: this goes on until nothing more is refused.
 *
 * @param book all definitions, and what each chapter sees
 * @param fragile what {@link scanForRenames} found, by path
 * @param newLabel the label that one becomes, as written; `undefined` where it stays
 */
export function planRenames(
  book: BookView,
  fragile: ReadonlyMap<string, FragileLabels>,
  newLabel: (label: string) => string | undefined,
): RenamePlan {
  const wanted = new Map<string, string | undefined>()
  for (const { id, label } of book.definitions) if (!wanted.has(id)) wanted.set(id, newLabel(label))
  const refused = new Map<string, string>()
  refuseClashes(book, wanted, refused)
  const inDirectives = placesOf(fragile, ({ inDirectives: ids }) => ids)
  const dangling = placesOf(fragile, ({ undefined: ids }) => ids)
  for (const [id, target] of wanted) {
    if (target === undefined || refused.has(id)) continue
    const directive = inDirectives.get(id)?.[0]
    const reason =
      book.fixed(id) ??
      (directive === undefined ? undefined : `it stands in a directive or a wikilink in ${directive}`) ??
      awakened(book, id, target, dangling.get(labelId(target)) ?? [])
    if (reason !== undefined) refused.set(id, reason)
  }
  return { refused, sources: refuseClashes(book, wanted, refused) }
}

/** Refuses until no two labels clash; what each label is made of then. */
function refuseClashes(
  book: BookView,
  wanted: ReadonlyMap<string, string | undefined>,
  refused: Map<string, string>,
): Map<string, string[]> {
  for (;;) {
    const finals = [...wanted].map(([id, target]) => ({
      id,
      final: target === undefined || refused.has(id) ? id : labelId(target),
    }))
    const groups = [...groupBy(finals, ({ final }) => final)]
    const sources = new Map(groups.map(([final, group]) => [final, group.map(({ id }) => id)]))
    const clashes = [...sources].flatMap(([final, ids]) => clashesAmong(book, final, ids))
    if (clashes.length === 0) return sources
    for (const [id, clash] of clashes) refused.set(id, clash)
  }
}

/** Which labels of a group cannot become one, and why: all of them at once, whatever their order. */
function clashesAmong(book: BookView, final: string, ids: readonly string[]): (readonly [string, string])[] {
  if (ids.length < 2) return []
  const others = ids.filter((id) => id !== final)
  const clash = clashAmong(book, ids)
  if (clash !== undefined) return others.map((id) => [id, clash] as const)
  const woken = ids.flatMap((id) => {
    const because = awakenedAmong(book, id, ids)
    return because === undefined ? [] : [[id, because] as const]
  })
  const stays = woken.find(([id]) => id === final)
  return stays === undefined ? woken : others.map((id) => [id, stays[1]] as const)
}

/** The files that a label is found in. */
function placesOf(
  fragile: ReadonlyMap<string, FragileLabels>,
  ids: (labels: FragileLabels) => readonly string[],
): Map<string, string[]> {
  const found = [...fragile].flatMap(([path, labels]) => ids(labels).map((id) => ({ id, path })))
  return new Map(
    [...groupBy(found, ({ id }) => id)].map(([id, places]) => [id, places.map(({ path }) => path)]),
  )
}

/** Where a new label stands as text already, with nothing that defines it until a definition gets its name. */
function awakened(book: BookView, id: string, target: string, paths: readonly string[]): string | undefined {
  const path = paths.find((place) =>
    (book.scopes.of.get(place) ?? []).some(
      (scope) => book.find(scope, id) && !book.find(scope, labelId(target)),
    ),
  )
  return path === undefined ? undefined : `[${target}] is text in ${path}, and would become a link`
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

/** The part of a scan that {@link planRenames} needs. */
export const scanForRenames = {
  mayMatch: (text: string, settings: Settings): boolean =>
    /\[\[|\{\{[^}]*\[|\[[^[\]]*~[^[\]]*\]/.test(text) ||
    (text.includes('[') && [...settings.labels.values()].some((label) => !label.includes('~'))),
  chapter: (chapter: Chapter, settings: Settings): FragileLabels | undefined =>
    fragileLabels(chapter, new Set([...settings.labels.values()].map(labelId))),
}

/** Where a label is text, and only another of those that want to be one with it is defined. */
function awakenedAmong(book: BookView, id: string, ids: readonly string[]): string | undefined {
  for (const path of book.mentionedIn(id)) {
    for (const scope of book.scopes.of.get(path) ?? []) {
      if (book.find(scope, id)) continue
      const other = ids.map((one) => book.find(scope, one)).find((found) => found !== undefined)
      if (other === undefined) continue
      return `it is text in ${path} where only [${other.label}] is defined, and would become a link`
    }
  }
  return undefined
}

/**
 * Whether a rename would make a link of text: nothing defines the old label where the chapter is, and
 * something defines the new one.
 *
 * @param chapter that the reference stands in
 * @param id of the old label, as `labelId` makes it
 * @param target the new label, as written
 * @param plan of the whole book's renames
 */
export function wouldBecomeLink(chapter: Chapter, id: string, target: string, plan: RenamePlan): boolean {
  if (chapter.isDefined(id)) return false
  return (plan.sources.get(labelId(target)) ?? []).some((source) => chapter.isDefined(source))
}
