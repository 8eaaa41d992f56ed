/**
 * Changing heading ids all over a book without redirecting a link: what a migration asks that gives headings
 * other ids, or other texts, of which mdBook makes their ids.
 */
import path from 'node:path'
import { factsIn, isShown } from '../book/assembled.ts'
import type { Scope } from '../book/definitions.ts'
import {
  type ChapterFragments,
  type FragmentLink,
  fragmentsOf,
  mayHaveFragments,
} from '../markdown/fragments.ts'
import { type HeadingName, headingIds, MDBOOK_EDITIONS, type MdbookEdition } from '../markdown/heading-id.ts'
import type { BookView } from './define.ts'

/** Plain data; by path, then by offset into the file. */
export interface HeadingIdPlan {
  /** Why a heading stays as it is. */
  readonly refused: PlaceTable<string>
  /** What becomes of each link with a fragment, by the offset of its destination. */
  readonly links: PlaceTable<FragmentVerdict>
}

/** Values by path, then by offset into the file. */
export type PlaceTable<Value> = ReadonlyMap<string, ReadonlyMap<number, Value>>

/**
 * - `follow`: the id that it leads to changes, and it goes along
 * - `stay`: the id that it leads to would change, and stays because something stands against it
 * - `same`: it leads to an id that nobody wants to change, of what stands at `leads`
 * - `nowhere`: nothing that is known has that id, and why
 */
export type FragmentVerdict =
  | { readonly kind: 'follow'; readonly fragment: string; readonly because: string }
  | { readonly kind: 'stay'; readonly because: string; readonly candidates: readonly string[] }
  | { readonly kind: 'same'; readonly leads: readonly HeadingPlace[] }
  | { readonly kind: 'nowhere'; readonly because: string }

/** Where a heading, or an anchor in raw HTML, stands: its file, and its offset there. */
export interface HeadingPlace {
  readonly path: string
  readonly at: number
}

/** The part of a scan that {@link planHeadingIds} needs. */
export const scanForHeadingIds = { mayMatch: mayHaveFragments, chapter: fragmentsOf }

/**
 * Plans new heading ids for a whole book. Every link follows the heading that it leads to, also where only the
 * number of an id shifts because another of the same text changes. A heading whose links cannot all follow stays:
 * a link stands in raw HTML, or in a file that is not written, or leads to different ids in different chapters, or
 * another place of the page has the new id before it. To refuse one changes the numbers of others: this goes on
 * until nothing more is refused.
 *
 * @param book its chapters, and which files are written
 * @param items what {@link scanForHeadingIds} found, by path
 * @param wanted the id and the text that the heading at an offset of a file is to have; `undefined` where it stays
 */
export function planHeadingIds(
  book: BookView,
  items: ReadonlyMap<string, ChapterFragments>,
  wanted: (path: string, at: number) => HeadingName | undefined,
): HeadingIdPlan {
  const pages = pagesOf(book, items, wanted)
  const links = [...items]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([file, found]) =>
      found.links.map((link) => ({
        file,
        link,
        fixed: found.fixed,
        chapters: leadsOf(book, pages, file, link),
        isPageKnown: chaptersOf(book, file, link).some(({ root }) => pageOf(pages, root, link)),
      })),
    )
  const refused: MutableTable<string> = new Map()
  const first = idsAfter(refused)
  let last = first
  for (let size = -1; size < sizeOf(refused); last = idsAfter(refused)) {
    size = sizeOf(refused)
    for (const led of links) {
      const obstacle = led.link.place === 'comment' ? undefined : obstacleTo(book, led, last)
      if (obstacle === undefined) continue
      for (const { path: place, at, role } of culpritsOf(led, last)) {
        put(refused, place, at, `a link in ${led.file} leads ${WHITHER[role]}: ${obstacle}`)
      }
    }
  }
  const verdicts: MutableTable<FragmentVerdict> = new Map()
  for (const led of links) {
    put(verdicts, led.file, led.link.start, verdictOn(book, led, { refused, first, last }))
  }
  return { refused, links: verdicts }
}

type MutableTable<Value> = Map<string, Map<number, Value>>

/** A heading, or an anchor in raw HTML, of an assembled chapter. */
interface Place extends HeadingPlace {
  readonly meant: string | undefined
  readonly old: HeadingName
  readonly wanted: HeadingName
}

/** An assembled chapter. */
interface Page {
  readonly root: string
  /** In order. */
  readonly places: readonly Place[]
  readonly ids: Readonly<Record<MdbookEdition, readonly string[]>>
}

/** Where a link leads in one chapter, by one edition of mdBook; `index` is into the page's places. */
interface Lead {
  readonly page: Page
  readonly edition: MdbookEdition
  readonly place: Place
  readonly index: number
}

interface Led {
  readonly file: string
  readonly link: FragmentLink
  readonly fixed: string | undefined
  /** For each chapter that the link is shown in; no leads where nothing has the id. */
  readonly chapters: readonly (readonly Lead[])[]
  /** Whether the run looks at the page that it names. */
  readonly isPageKnown: boolean
}

const WHITHER = { target: 'here', number: 'to a heading whose id would change with this one' } as const

function isChanging({ old, wanted }: Place): boolean {
  return old.id !== wanted.id || (old.id === undefined && old.text !== wanted.text)
}

function pagesOf(
  book: BookView,
  items: ReadonlyMap<string, ChapterFragments>,
  wanted: (path: string, at: number) => HeadingName | undefined,
): Map<string, Page> {
  const placesOf = new Map(
    [...items].map(([file, { headings, anchors }]) => [
      file,
      [
        ...headings.map(
          (heading): Place => ({
            path: file,
            at: heading.at,
            meant: heading.meant,
            old: heading,
            wanted: (book.writes(file) ? wanted(file, heading.at) : undefined) ?? heading,
          }),
        ),
        ...anchors.map(({ at, id }): Place => {
          const name = { id, text: '' }
          return { path: file, at, meant: undefined, old: name, wanted: name }
        }),
      ].sort((a, b) => a.at - b.at),
    ]),
  )
  return new Map(
    book.scopes.all.map((scope) => {
      const places = factsIn(scope, (file) => placesOf.get(file) ?? []).map(({ fact }) => fact)
      const names = places.map(({ old }) => old)
      const ids = { '0.5': headingIds(names, '0.5'), '0.4': headingIds(names, '0.4') }
      return [scope.root, { root: scope.root, places, ids }]
    }),
  )
}

/** For each chapter that a link is shown in, what it leads to: the first of its id, by each edition of mdBook. */
function leadsOf(
  book: BookView,
  pages: ReadonlyMap<string, Page>,
  file: string,
  link: FragmentLink,
): (readonly Lead[])[] {
  const chapters = chaptersShowing(book, file, link)
  const leads = (scope: Scope): readonly Lead[] => {
    const page = pageOf(pages, scope.root, link)
    if (!page) return []
    return MDBOOK_EDITIONS.flatMap((edition) => {
      const having = page.ids[edition].indexOf(link.fragment)
      const index = having < 0 ? page.places.findIndex(({ meant }) => meant === link.fragment) : having
      const place = page.places[index]
      return place ? [{ page, edition, place, index }] : []
    })
  }
  return [...chapters.whole.map(leads), ...chapters.parts.map(leads).filter((found) => found.length > 0)]
}

function chaptersOf(book: BookView, file: string, link: FragmentLink): readonly Scope[] {
  const { whole, parts } = chaptersShowing(book, file, link)
  return [...whole, ...parts]
}

interface Showing {
  readonly whole: readonly Scope[]
  readonly parts: readonly Scope[]
}

/**
 * The chapters that a link is shown in, of those that have its place: those that no other includes; for a
 * definition, those that use it. A part may be a page of its own too: it counts where the link leads somewhere then.
 */
function chaptersShowing(book: BookView, file: string, { start, label }: FragmentLink): Showing {
  const having = (book.scopes.of.get(file) ?? []).filter((scope) => isShown(scope, file, start))
  const using = label ? having.filter((scope) => uses(book, scope, file, label)) : having
  const shown = using.length > 0 ? using : having
  const isWhole = (scope: Scope) => (book.scopes.of.get(scope.root) ?? []).length === 1
  const whole = shown.filter(isWhole)
  return whole.length > 0
    ? { whole, parts: shown.filter((scope) => !isWhole(scope)) }
    : { whole: shown, parts: [] }
}

/** Whether a chapter shows a definition: the first of its label, and mentioned beside itself. */
function uses(
  book: BookView,
  scope: Scope,
  file: string,
  { id, url, isUsed }: NonNullable<FragmentLink['label']>,
): boolean {
  const found = book.find(scope, id)
  if (found && found.destination !== url && found.title !== url) return false
  const mentioning = new Set(book.mentions.get(id)?.paths)
  return isUsed || scope.sections.some(({ path }) => path !== file && mentioning.has(path))
}

/** The page that a link leads to from a chapter that shows it. */
function pageOf(pages: ReadonlyMap<string, Page>, from: string, { page }: FragmentLink): Page | undefined {
  return page === '' ? pages.get(from) : pageNamed(pages, from, page)
}

/** The page that a link names, relative to the chapter that shows it; a folder is its `index.md`. */
function pageNamed(pages: ReadonlyMap<string, Page>, from: string, name: string): Page | undefined {
  const folder = name.startsWith('/') ? sourceFolder(pages) : path.posix.dirname(from)
  const named = path.posix
    .join(folder, name)
    .replace(/\/$/, '/index.md')
    .replace(/\.html$/, '.md')
  return pages.get(named) ?? pages.get(named.replace(/(^|\/)index\.md$/, '$1README.md'))
}

/** What `/` means in a book: the folder of its summary. */
function sourceFolder(pages: ReadonlyMap<string, Page>): string {
  const summary = [...pages.keys()].find((root) => path.posix.basename(root) === 'SUMMARY.md')
  return path.posix.dirname(summary ?? '')
}

/** The ids of pages once all is changed but what is refused. */
type Ids = (
  page: Page,
  edition: MdbookEdition,
) => { readonly names: readonly string[]; stays(place: Place): boolean }

function idsAfter(refusals: MutableTable<string>): Ids {
  const refused = new Map([...refusals].map(([file, row]) => [file, new Set(row.keys())]))
  const stays = (place: Place) => !isChanging(place) || (refused.get(place.path)?.has(place.at) ?? false)
  const known = new Map<Page, Partial<Record<MdbookEdition, readonly string[]>>>()
  return (page, edition) => {
    const row = known.get(page) ?? {}
    const names =
      row[edition] ??
      (page.places.every(stays)
        ? page.ids[edition]
        : headingIds(
            page.places.map((place) => (stays(place) ? place.old : place.wanted)),
            edition,
          ))
    known.set(page, { ...row, [edition]: names })
    return { names, stays }
  }
}

/** The id that a link must have to lead where it leads, and whether it would. */
function next(
  { link }: Led,
  { page, edition, place, index }: Lead,
  after: Ids,
): { id: string; isFirst: boolean } {
  const { names, stays } = after(page, edition)
  if (stays(place) && place.meant === link.fragment) return { id: link.fragment, isFirst: true }
  const id = names[index] ?? ''
  return { id, isFirst: names.indexOf(id) === index }
}

/** The leads of a link that it would lose if it stayed as it is. */
function lost(led: Led, after: Ids): Lead[] {
  return led.chapters.flat().filter((lead) => {
    const { id, isFirst } = next(led, lead, after)
    return id !== led.link.fragment || !isFirst
  })
}

/** Why a link cannot go along; `undefined` where it can, or need not. */
function obstacleTo(book: BookView, led: Led, after: Ids): string | undefined {
  if (lost(led, after).length === 0) return undefined
  if (!book.writes(led.file)) return 'this run does not write that file'
  if (led.fixed !== undefined) return led.fixed
  if (led.link.place === 'comment') return 'it stands in a comment'
  if (led.link.place === 'html' && book.settings.html === 'leave') return 'it stands in raw HTML'
  if (led.link.page.startsWith('/')) return 'it names its page from the root of the site'
  const nexts = led.chapters.flatMap((leads) => leads.map((lead) => next(led, lead, after)))
  if (led.chapters.some((leads) => leads.length === 0) || new Set(nexts.map(({ id }) => id)).size > 1) {
    return led.chapters.length > 1
      ? 'it leads to different headings in different chapters'
      : 'versions of mdBook disagree about the new id'
  }
  const [taken] = nexts.filter(({ isFirst }) => !isFirst)
  return taken && `something before it would have the id ${JSON.stringify(taken.id)} too`
}

interface Culprit extends HeadingPlace {
  readonly role: keyof typeof WHITHER
}

/** Whose change a link would be lost by: its own heading's, or that of those before it that its number counts. */
function culpritsOf(led: Led, after: Ids): Culprit[] {
  return lost(led, after).flatMap((lead): Culprit[] => {
    const { stays, names } = after(lead.page, lead.edition)
    if (!stays(lead.place)) return [{ ...placeOf(lead.place), role: 'target' }]
    const before = lead.page.places.slice(0, lead.index).filter((place) => !stays(place))
    const stem = stemOf(led.link.fragment)
    const near = before.filter((place) => {
      const index = lead.page.places.indexOf(place)
      const ids = [lead.page.ids[lead.edition][index], names[index]]
      return ids.some((id) => id !== undefined && stemOf(id) === stem)
    })
    const found = near.length > 0 ? near : before
    return found.map((place) => ({ ...placeOf(place), role: 'number' }))
  })
}

function placeOf({ path: file, at }: Place): HeadingPlace {
  return { path: file, at }
}

/** An id without the numbers that mdBook may have put behind it. */
function stemOf(id: string): string {
  const parts = id.split('-')
  while (parts.length > 1 && /^\d+$/.test(parts.at(-1) ?? '')) parts.pop()
  return parts.join('-')
}

function verdictOn(
  book: BookView,
  led: Led,
  { refused, first, last }: { refused: MutableTable<string>; first: Ids; last: Ids },
): FragmentVerdict {
  const leads = led.chapters.flat()
  const [lead] = leads
  if (!lead) return { kind: 'nowhere', because: reasonForNone(led) }
  if (lost(led, first).length === 0 && lost(led, last).length === 0)
    return { kind: 'same', leads: leads.map(({ place }) => placeOf(place)) }
  const candidates = [...new Set(leads.map((one) => next(led, one, first).id))]
  const obstacle = obstacleTo(book, led, first)
  if (lost(led, last).length === 0 || led.link.place === 'comment') {
    const because = obstacle ?? `its heading stays: ${reasonFor(leads, refused)}`
    return { kind: 'stay', because, candidates }
  }
  const { page, edition } = lead
  const count = page.ids[edition].filter((id) => id === led.link.fragment).length
  const because =
    count > 1
      ? `the first of ${count} headings with that id, where the link led`
      : 'the link follows its heading'
  return { kind: 'follow', fragment: next(led, lead, last).id, because }
}

function reasonForNone({ link, isPageKnown }: Led): string {
  if (link.page.startsWith('/')) return "the address begins at the site's root"
  return isPageKnown ? 'no heading has that id' : 'its page is not looked at by this run'
}

/** Why a heading stays, or those that its number depends on. */
function reasonFor(leads: readonly Lead[], refused: MutableTable<string>): string {
  const places = leads.flatMap(({ place, page }) => [place, ...page.places])
  return (
    places.map(({ path: file, at }) => refused.get(file)?.get(at)).find((reason) => reason !== undefined) ??
    ''
  )
}

function sizeOf(table: MutableTable<unknown>): number {
  return [...table.values()].reduce((size, row) => size + row.size, 0)
}

function put<Value>(table: MutableTable<Value>, file: string, offset: number, value: Value): void {
  const row = table.get(file) ?? new Map<number, Value>()
  table.set(file, row.set(offset, value))
}
