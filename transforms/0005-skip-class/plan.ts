/**
 * New ids for the whole book: each unique in every chapter it stands in, and every link to an old one
 * following the heading it led to.
 */
import path from 'node:path'
import { type BookView, freeId, mdbookId, type Scope } from 'mdshift'
import type { ChapterHeadings, HeadingFact, LinkFact } from './headings.ts'

/** Plain data; by path, then by offset into the file. */
export interface SkipPlan {
  readonly ids: Table<string>
  readonly links: Table<LinkVerdict>
  /** Why a heading stays. */
  readonly refused: Table<string>
}

type Table<Value> = ReadonlyMap<string, ReadonlyMap<number, Value>>

type LinkVerdict =
  | { readonly kind: 'follow'; readonly fragment: string; readonly because: string }
  | {
      readonly kind: 'opaque' | 'undecided'
      readonly because: string
      readonly candidates: readonly string[]
    }

type Items = ReadonlyMap<string, ChapterHeadings>
type MutableTable<Value> = Map<string, Map<number, Value>>

/** A heading and the file that it stands in. */
interface Placed {
  readonly path: string
  readonly heading: HeadingFact
}

/**
 * The id of a heading without its index marks: lower case, and every run of characters that are neither
 * letters nor digits is one hyphen.
 *
 * @example
 * skipId('CD / CI') // → 'cd-ci'
 */
function skipId(text: string): string {
  const id = text
    .normalize('NFC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-|-$/g, '')
  return id === '' ? 'section' : id
}

export function planSkips(book: BookView, items: Items): SkipPlan {
  const ids = planIds(book, items)
  const led = [...items].flatMap(([file, { links }]) =>
    links.map((link) => ({ file, link, headings: headingsLedTo(book, items, file, link) })),
  )
  const refused: MutableTable<string> = new Map()
  for (const { file, link, headings } of led) {
    const obstacle = obstacleTo(book, file, link, headings)
    if (obstacle === undefined) continue
    for (const { path: place, heading } of headings.flatMap((found) => found[0] ?? [])) {
      put(refused, place, heading.at, `a link in ${file} leads here: ${obstacle}`)
    }
  }
  const links: MutableTable<LinkVerdict> = new Map()
  for (const { file, link, headings } of led) {
    const verdict = verdictOn(link, headings, { ids, refused }, obstacleTo(book, file, link, headings))
    if (verdict) put(links, file, link.start, verdict)
  }
  return { ids, links, refused }
}

/** Headings get their ids in the order of files and offsets, so that no order of work changes them. */
function planIds(book: BookView, items: Items): MutableTable<string> {
  const ids: MutableTable<string> = new Map()
  const taken = new Map(book.scopes.all.map((scope) => [scope.root, takenIds(scope, items)]))
  for (const [file, { headings }] of [...items].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const around = (book.scopes.of.get(file) ?? []).map((scope) => taken.get(scope.root) ?? new Set<string>())
    for (const heading of headings) {
      if (!heading.skip) continue
      const { otherId } = heading.skip
      if (otherId !== undefined) {
        put(ids, file, heading.at, otherId)
        continue
      }
      const id = freeId(skipId(heading.text), (candidate) => around.some((set) => set.has(candidate)))
      for (const set of around) set.add(id)
      put(ids, file, heading.at, id)
    }
  }
  return ids
}

/** The ids of an assembled chapter that stay: explicit ones, and those that mdBook makes of the text. */
function takenIds(scope: Scope, items: Items): Set<string> {
  const taken = new Set<string>()
  const made = new Set<string>()
  for (const section of scope.sections) {
    for (const { at, id } of items.get(section.path)?.anchors ?? []) if (isIn(section, at)) taken.add(id)
  }
  for (const { heading } of headingsIn(scope, items)) {
    if (heading.skip) {
      if (heading.skip.otherId !== undefined) taken.add(heading.skip.otherId)
      continue
    }
    const id = heading.id ?? freeId(mdbookId(heading.text), (candidate) => made.has(candidate))
    if (heading.id === undefined) made.add(id)
    taken.add(id)
  }
  return taken
}

/** The headings of an assembled chapter, in order. */
function headingsIn(scope: Scope, items: Items): Placed[] {
  return scope.sections.flatMap((section) =>
    (items.get(section.path)?.headings ?? [])
      .filter(({ at }) => isIn(section, at))
      .map((heading) => ({ path: section.path, heading })),
  )
}

/** Whether an offset into a section's file is in the section; the whole of an included part is taken at once. */
function isIn({ key, path: file, from, to, origin }: Scope['sections'][number], at: number): boolean {
  if (origin) return origin.start <= at && at < origin.end
  return key === file && from <= at && at < to
}

/** For each chapter that a link stands in, the headings with its id: it led to the first. */
function headingsLedTo(book: BookView, items: Items, file: string, link: LinkFact): (readonly Placed[])[] {
  return chaptersOf(book, file).map((scope) => {
    const target = link.file === '' ? scope : namedScope(book, scope, link.file)
    return target ? headingsFor(link.fragment, headingsIn(target, items)) : []
  })
}

/** Why a link cannot follow its heading. */
function obstacleTo(
  book: BookView,
  file: string,
  link: LinkFact,
  headings: readonly (readonly Placed[])[],
): string | undefined {
  const [first] = headings[0] ?? []
  if (!book.writes(file)) return 'this run does not write that file'
  if (link.inHtml) return 'it stands in raw HTML'
  if (!headings.every(([led]) => led && first && isSame(led, first))) {
    return headings.some((found) => found.length > 0)
      ? 'it leads to different headings in different chapters'
      : 'no heading has that id'
  }
  return undefined
}

function verdictOn(
  link: LinkFact,
  headings: readonly (readonly Placed[])[],
  { ids, refused }: Pick<SkipPlan, 'ids' | 'refused'>,
  obstacle: string | undefined,
): LinkVerdict | undefined {
  const places = headings.flatMap((found) => found[0] ?? [])
  const fragments = new Set(
    places.flatMap(({ path: place, heading }) => ids.get(place)?.get(heading.at) ?? []),
  )
  const candidates = [...fragments].map((fragment) => `${link.file}#${fragment}`)
  if (obstacle !== undefined) {
    return { kind: link.inHtml ? 'opaque' : 'undecided', because: obstacle, candidates }
  }
  const [place] = places
  const because = place && refused.get(place.path)?.get(place.heading.at)
  if (because !== undefined)
    return { kind: 'undecided', because: `its heading stays: ${because}`, candidates }
  const [fragment] = fragments
  if (fragment === undefined) return undefined
  const count = headings[0]?.length ?? 1
  return {
    kind: 'follow',
    fragment,
    because:
      count > 1
        ? `the first of ${count} headings with that id, where the link led`
        : 'the link follows its heading',
  }
}

/** Headings with an id; those that only spell it as `<#skip>` where there are none. */
function headingsFor(id: string, headings: readonly Placed[]): readonly Placed[] {
  const having = headings.filter(({ heading }) => heading.id === id)
  return having.length > 0 ? having : headings.filter(({ heading }) => heading.skip?.id === id)
}

/** The chapters that a file is part of: those that no other includes, or its own scope. */
function chaptersOf(book: BookView, file: string): readonly Scope[] {
  const scopes = book.scopes.of.get(file) ?? []
  const whole = scopes.filter((scope) => (book.scopes.of.get(scope.root) ?? []).length === 1)
  return whole.length > 0 ? whole : scopes
}

/** The chapter that a link names, relative to the chapter that the link is shown in; a folder is its `index.md`. */
function namedScope(book: BookView, from: Scope, file: string): Scope | undefined {
  const named = path.posix
    .join(path.posix.dirname(from.root), decoded(file))
    .replace(/\/$/, '/index.md')
    .replace(/\.html$/, '.md')
  const readme = named.replace(/(^|\/)index\.md$/, '$1README.md')
  return (
    book.scopes.all.find(({ root }) => root === named) ?? book.scopes.all.find(({ root }) => root === readme)
  )
}

/** A `%` that begins no escape stands for itself. */
function decoded(file: string): string {
  return file.replace(/(?:%[\da-f]{2})+/gi, (escapes) => {
    try {
      return decodeURIComponent(escapes)
    } catch {
      return escapes
    }
  })
}

function isSame(a: Placed, b: Placed): boolean {
  return a.path === b.path && a.heading.at === b.heading.at
}

function put<Value>(table: MutableTable<Value>, file: string, offset: number, value: Value): void {
  const row = table.get(file) ?? new Map<number, Value>()
  table.set(file, row.set(offset, value))
}
