/**
 * New ids for the whole book: each unique in every chapter it stands in, and every link to an old one
 * following the heading it led to.
 */
import {
  type BookView,
  type FragmentVerdict,
  factsIn,
  freeId,
  type HeadingName,
  headingIds,
  MDBOOK_EDITIONS,
  type PlaceTable,
  planHeadingIds,
  type Scope,
} from 'mdshift'
import type { ChapterHeadings, SkippedHeading } from './headings.ts'

/** Plain data; by path, then by offset into the file. */
export interface SkipPlan {
  readonly ids: PlaceTable<NewId>
  readonly links: PlaceTable<FragmentVerdict>
  /** Headings that stay on purpose, by path: their offsets. */
  readonly kept: ReadonlyMap<string, ReadonlySet<number>>
  /** Why a heading stays. */
  readonly refused: PlaceTable<string>
}

interface NewId {
  readonly id: string
  readonly because: string
}

type Items = ReadonlyMap<string, ChapterHeadings>
type MutableTable<Value> = Map<string, Map<number, Value>>

/**
 * The id of a heading without its index marks: lower case, and every run of characters that are neither
 * letters nor digits is one hyphen.
 *
 * @example
 * skipId('CD / CI') // → 'cd-ci'
 */
export function skipId(text: string): string {
  const id = text
    .normalize('NFC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-|-$/g, '')
  return id === '' ? 'section' : id
}

export function planSkips(book: BookView, all: Items): SkipPlan {
  const kept = keptHeadings(book, all)
  const items = withoutKept(all, kept)
  const ids: MutableTable<NewId> = new Map()
  const refused: MutableTable<string> = new Map()
  for (const { path, skip, found } of newIds(book, items)) {
    if (found.ok) put(ids, path, skip.at, found.value)
    else put(refused, path, skip.at, found.because)
  }
  const texts = textsOf(items)
  const plan = planHeadingIds(book, items, (path, at): HeadingName | undefined => {
    const found = ids.get(path)?.get(at)
    return found && { id: found.id, text: texts.get(path)?.get(at) ?? '' }
  })
  for (const [path, row] of plan.refused) for (const [at, because] of row) put(refused, path, at, because)
  return { ids, kept, refused, links: plan.links }
}

/** What a person decided to keep stays whole, also where it has an id beside the legacy one. */
function keptHeadings({ settings }: BookView, items: Items): SkipPlan['kept'] {
  return new Map(
    [...items].flatMap(([path, { skips }]) => {
      const byHand = settings.headingIds.get(path)
      const kept = skips.filter(({ text }) => byHand?.get(text) === null).map(({ at }) => at)
      return kept.length > 0 ? [[path, new Set(kept)] as const] : []
    }),
  )
}

/** Headings that are kept are like any others: the ids that they have are taken. */
function withoutKept(items: Items, kept: SkipPlan['kept']): Items {
  return new Map(
    [...items].map(([path, found]) => [
      path,
      { ...found, skips: found.skips.filter(({ at }) => !kept.get(path)?.has(at)) },
    ]),
  )
}

/** The texts of skipped headings. */
function textsOf(items: Items): PlaceTable<string> {
  return new Map(
    [...items].map(([path, { skips }]) => [path, new Map(skips.map(({ at, text }) => [at, text]))]),
  )
}

interface Found {
  readonly path: string
  readonly skip: SkippedHeading
  readonly found:
    | { readonly ok: true; readonly value: NewId }
    | { readonly ok: false; readonly because: string }
}

/**
 * Ids by hand come first, so that no rule takes them; then headings get theirs in the order of files and offsets,
 * so that no order of work changes them.
 */
function newIds(book: BookView, items: Items): Found[] {
  const taken = new Map(book.scopes.all.map((scope) => [scope.root, takenIds(scope, items)]))
  const skips = [...items]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([path, found]) => found.skips.map((skip) => ({ path, skip })))
  const around = (path: string) =>
    (book.scopes.of.get(path) ?? []).map(({ root }) => ({ root, ids: taken.get(root) ?? new Set<string>() }))
  const isTaken = (path: string, id: string) => around(path).find(({ ids }) => ids.has(id))?.root
  const take = (path: string, id: string) => {
    for (const { ids } of around(path)) ids.add(id)
  }
  const byHand = skips.flatMap(({ path, skip }): Found[] => {
    const id = idByHand(book, path, skip)
    if (id === undefined) return []
    const because = problemOf(id, isTaken(path, id))
    if (because !== undefined) return [{ path, skip, found: { ok: false, because } }]
    take(path, id)
    return [{ path, skip, found: { ok: true, value: { id, because: 'the id is given by hand' } } }]
  })
  const settled = new Set(byHand.map(({ skip }) => skip))
  const byRule = skips
    .filter(({ skip }) => !settled.has(skip))
    .map(({ path, skip }): Found => {
      const { otherId } = skip.mark
      const value = { id: otherId ?? '', because: 'its other id stays' }
      if (otherId !== undefined) return { path, skip, found: { ok: true, value } }
      const id = freeId(skipId(skip.text), (candidate) => isTaken(path, candidate) !== undefined)
      take(path, id)
      const because = `the id is made of ${JSON.stringify(skip.text)}`
      return { path, skip, found: { ok: true, value: { id, because } } }
    })
  return [...byHand, ...byRule]
}

/** An id that the heading has of its own beside the legacy one is never taken from it. */
function idByHand({ settings }: BookView, path: string, { text, mark }: SkippedHeading): string | undefined {
  return mark.otherId === undefined ? (settings.headingIds.get(path)?.get(text) ?? undefined) : undefined
}

/** Why an id given by hand cannot be taken. */
function problemOf(id: string, takenIn: string | undefined): string | undefined {
  const name = JSON.stringify(id)
  if (!/^[^\s{}<>\\]+$/.test(id)) return `${name}, given by hand, is no id that a heading can have`
  if (takenIn !== undefined) return `${name}, given by hand, is the id of something else in ${takenIn}`
  return undefined
}

/**
 * The ids of an assembled chapter that others have: explicit ones, and those that mdBook makes of texts, as long
 * as all skipped headings are there and once they have ids of their own.
 */
function takenIds(scope: Scope, items: Items): Set<string> {
  const anchors = factsIn(scope, (path) => items.get(path)?.anchors ?? []).map(({ fact }) => fact.id)
  const headings = factsIn(scope, (path) => items.get(path)?.headings ?? [])
  const skips = headings.map(({ path, fact }) => items.get(path)?.skips.find(({ at }) => at === fact.at))
  const before = headings.map(({ fact }): HeadingName => fact)
  const after = before.map((name, index) => (skips[index] ? { id: '', text: '' } : name))
  const made = [before, after].flatMap((names) =>
    MDBOOK_EDITIONS.flatMap((edition) => headingIds(names, edition).filter((_, index) => !skips[index])),
  )
  return new Set([...anchors, ...made, ...skips.flatMap((skip) => skip?.mark.otherId ?? [])])
}

function put<Value>(table: MutableTable<Value>, path: string, offset: number, value: Value): void {
  const row = table.get(path) ?? new Map<number, Value>()
  table.set(path, row.set(offset, value))
}
