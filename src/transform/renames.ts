/**
 * Renaming labels all over a book without redirecting a link: what a migration of labels asks before it
 * touches a chapter. A label is decided once for each of its meanings, so that what one folder cannot rename
 * does not keep another from it.
 */
import type { Meaning } from '../book/meanings.ts'
import { groupBy } from '../group-by.ts'
import { labelId } from '../label-id.ts'
import { type FragileLabels, fragileLabels } from '../markdown/labels.ts'
import type { Chapter } from '../markdown/parse.ts'
import type { Definition, Settings } from '../model.ts'
import type { BookView } from './define.ts'

type Scope = BookView['scopes']['all'][number]

/** Plain data. */
export interface RenamePlan {
  /** Why a label that should be renamed stays, by its id and the file that it stands in. */
  readonly refused: ReadonlyMap<string, ReadonlyMap<string, string>>
  /** Which labels are renamed where something defines them, by what they become; ids. */
  readonly sources: ReadonlyMap<string, ReadonlySet<string>>
}

/** The part of a scan that {@link planRenames} needs. */
export const scanForRenames = {
  mayMatch: (text: string, settings: Settings): boolean =>
    /^---[ \t]*[\r\n]|\[\[|\[[^[\]~]*~[^[\]]*\]/.test(text) ||
    text.split('}').some((part) => part.includes('{{') && part.includes('[', part.indexOf('{{'))) ||
    (text.includes('[') && [...settings.labels.values()].some((label) => !label.includes('~'))),
  chapter: (chapter: Chapter, settings: Settings): FragileLabels | undefined =>
    fragileLabels(chapter, new Set([...settings.labels.values()].map(labelId))),
}

/**
 * Why a label that should be renamed stays where it is.
 *
 * @param plan of the whole book's renames
 * @param path of the file that it stands in
 * @param id of the label, as `labelId` makes it
 * @returns `undefined` where it may be renamed
 */
export function refusalAt(plan: RenamePlan, path: string, id: string): string | undefined {
  return plan.refused.get(id)?.get(path)
}

/**
 * Why a label stays wherever the book defines it: what counts for a file that is no part of the book.
 *
 * @param plan of the whole book's renames
 * @param id of the label, as `labelId` makes it
 * @returns `undefined` where it is renamed somewhere, or was never to be
 */
export function refusalEverywhere(plan: RenamePlan, id: string): string | undefined {
  const [because] = plan.refused.get(id)?.values() ?? []
  return [...plan.sources.values()].some((sources) => sources.has(id)) ? undefined : because
}

/**
 * Plans the renames of a whole book. Refused is what a file mentions that is not written, what stands in a
 * directive that nobody may touch, what would make a link of text that has the new label already, and labels
 * that would become one and, in some chapter, lead to different places: each only as it is meant there. To
 * refuse one keeps its old label, which another may want: this goes on until nothing more is refused.
 *
 * @param book what its labels mean, and what each chapter sees
 * @param fragile what {@link scanForRenames} found, by path
 * @param newLabel the label that one becomes, as written, in one of its meanings; `undefined` where it stays.
 *   A meaning without definitions is a file that uses a label which nothing defines there
 */
export function planRenames(
  book: BookView,
  fragile: ReadonlyMap<string, FragileLabels>,
  newLabel: (label: string, meaning: Meaning) => string | undefined,
): RenamePlan {
  const draft: Draft = { wanted: wantedIn(book, newLabel), refused: new Map() }
  const isText = textIn(fragile, book.settings)
  refuseClashes(book, draft, isText)
  for (const meaning of draft.wanted.keys()) {
    const reason = obstacleTo(book, fragile, meaning)
    if (reason !== undefined && !draft.refused.has(meaning)) draft.refused.set(meaning, reason)
  }
  refuseClashes(book, draft, isText)
  return { refused: refusedByPlace(draft), sources: sourcesIn(draft) }
}

interface Draft {
  /** The label that each meaning should get. */
  readonly wanted: ReadonlyMap<Meaning, Wanted>
  readonly refused: Map<Meaning, string>
}

interface Wanted {
  /** As written. */
  readonly label: string
  readonly id: string
}

function wantedIn(
  book: BookView,
  newLabel: (label: string, meaning: Meaning) => string | undefined,
): Map<Meaning, Wanted> {
  const wanted = new Map<Meaning, Wanted>()
  const ids = new Set([...book.mentions.keys(), ...book.definitions.map(({ id }) => id)])
  for (const id of ids) {
    for (const meaning of book.meanings.of(id)) {
      const label = newLabel(meaning.definitions[0]?.label ?? book.mentions.get(id)?.label ?? id, meaning)
      if (label !== undefined && labelId(label) !== id) wanted.set(meaning, { label, id: labelId(label) })
    }
  }
  return wanted
}

/** What keeps a label as it is, whatever becomes of others. */
function obstacleTo(
  book: BookView,
  fragile: ReadonlyMap<string, FragileLabels>,
  { id, paths }: Meaning,
): string | undefined {
  const unwritten = book.unreadable(id) ?? [...paths].find((path) => !book.writes(path))
  if (unwritten !== undefined)
    return `${unwritten} mentions it, and is not written by this run: it was not asked for, or cannot be changed`
  const directive = [...paths].find((path) => fragile.get(path)?.inDirectives.includes(id))
  if (directive !== undefined) return `it stands in a directive or a wikilink in ${directive}`
  const frontMatter = [...paths].find((path) => fragile.get(path)?.inFrontMatter.includes(id))
  return frontMatter === undefined ? undefined : `it stands in front matter in ${frontMatter}`
}

/** Refuses until no two labels clash, all at once each time, so that the order of files does not matter. */
function refuseClashes(book: BookView, draft: Draft, isText: IsText): void {
  for (;;) {
    const renamed = [...draft.wanted].filter(([meaning]) => !draft.refused.has(meaning))
    const byName = groupBy(renamed, ([, { id }]) => id)
    const refusals = [
      ...[...byName].flatMap(([name, group]) => clashesOver(book, draft, name, group, isText)),
      ...renamed.flatMap(([meaning]) => doubtAbout(book, draft, meaning)),
    ]
    if (refusals.length === 0) return
    for (const { meaning, because } of refusals)
      if (!draft.refused.has(meaning)) draft.refused.set(meaning, because)
  }
}

interface Refusal {
  readonly meaning: Meaning
  readonly because: string
}

/** What becomes of a meaning as things stand: an id. */
function nameOf({ wanted, refused }: Draft, meaning: Meaning): string {
  return (refused.has(meaning) ? undefined : wanted.get(meaning)?.id) ?? meaning.id
}

/** What cannot get a name that several want, or that text has. */
function clashesOver(
  book: BookView,
  draft: Draft,
  name: string,
  renamed: readonly (readonly [Meaning, Wanted])[],
  isText: IsText,
): Refusal[] {
  const ids = new Set(renamed.map(([{ id }]) => id))
  if (book.meanings.of(name).some((meaning) => nameOf(draft, meaning) === name)) ids.add(name)
  if (ids.size < 2) return []
  const scopes = new Set(
    renamed.flatMap(([{ paths }]) => [...paths].flatMap((path) => book.scopes.of.get(path) ?? [])),
  )
  return [...scopes].flatMap((scope) => {
    const [led, unknown] = ledIn(book, draft, scope, ids, name)
    const clash = clashAmong(led)
    if (clash === undefined) return awakened(book, draft, scope, led, unknown, name, isText)
    return led
      .filter(({ meaning }) => meaning.id !== name)
      .map(({ meaning }) => ({ meaning, because: clash }))
  })
}

/** A label that will have a name, and the definition that it leads to in one chapter. */
interface Led {
  readonly meaning: Meaning
  readonly definition: Definition
}

/** Those labels that will have a name in a chapter, and those that the chapter does not define. */
function ledIn(
  book: BookView,
  draft: Draft,
  scope: Scope,
  ids: ReadonlySet<string>,
  name: string,
): [Led[], string[]] {
  const led: Led[] = []
  const unknown: string[] = []
  for (const id of ids) {
    const definition = book.find(scope, id)
    if (!definition) {
      unknown.push(id)
      continue
    }
    const meaning = meaningIn(book, scope, id)
    if (meaning && nameOf(draft, meaning) === name) led.push({ meaning, definition })
  }
  return [led, unknown]
}

/** The meaning of a label that a chapter defines: whatever mentions it there has that one. */
function meaningIn(book: BookView, scope: Scope, id: string): Meaning | undefined {
  const [first, ...others] = book.meanings.of(id)
  if (others.length === 0) return first
  for (const { path } of scope.sections) {
    const meaning = book.meanings.at(path, id)
    if (meaning) return meaning
  }
  return undefined
}

/** How labels that want to be one lead to different places. */
function clashAmong(led: readonly Led[]): string | undefined {
  const first = led[0]?.definition
  const other = led.find(
    ({ definition }) => definition.destination !== first?.destination || definition.title !== first?.title,
  )?.definition
  return first && other
    ? `[${first.label}] leads to ${first.destination}, [${other.label}] to ${other.destination}, and both would be one label`
    : undefined
}

/**
 * Where a label is text in a chapter that defines another of those that want to be one with it. The one that
 * would be renamed stays; where that is text which has the name already, the others stay.
 */
function awakened(
  book: BookView,
  draft: Draft,
  scope: Scope,
  led: readonly Led[],
  unknown: readonly string[],
  name: string,
  isText: IsText,
): Refusal[] {
  const [first] = led
  if (!first) return unknownTogether(book, draft, scope, unknown, name)
  const paths = new Set(scope.sections.map(({ path }) => path))
  return unknown
    .flatMap((id) => [...paths].map((path) => ({ path, meaning: book.meanings.at(path, id) })))
    .flatMap(({ path, meaning }): Refusal[] => {
      if (!meaning || nameOf(draft, meaning) !== name) return []
      const isKnown = meaning.definitions.length > 0
      if (meaning.id !== name) {
        const because = isKnown
          ? `it is text in ${path} where only [${first.definition.label}] is defined, and would become a link`
          : `nothing defines it, so it is text, and [${draft.wanted.get(meaning)?.label}] would make a link of it`
        return [{ meaning, because }]
      }
      if (!isKnown && !isText(path, name)) return []
      return led.map((one) => ({
        meaning: one.meaning,
        because: `[${draft.wanted.get(one.meaning)?.label}] is text in ${path}, and would become a link`,
      }))
    })
}

/** Labels that nothing defines in a chapter: what they are meant to lead to is not known, nor whether it is the same. */
function unknownTogether(
  book: BookView,
  draft: Draft,
  scope: Scope,
  unknown: readonly string[],
  name: string,
): Refusal[] {
  const paths = new Set(scope.sections.map(({ path }) => path))
  const meanings = unknown
    .filter((id) => id !== name)
    .flatMap((id) => [...paths].flatMap((path) => book.meanings.at(path, id) ?? []))
    .filter((meaning) => meaning.definitions.length === 0 && nameOf(draft, meaning) === name)
  const ids = [...new Set(meanings.map(({ id }) => id))].sort()
  if (ids.length < 2) return []
  const because = 'nothing defines it here, nor another label that would be one with it: they may be two'
  return meanings.map((meaning) => ({ meaning, because }))
}

/** A label that nothing defines where it stands may mean any of the book's: while one of these stays, it stays. */
function doubtAbout(book: BookView, draft: Draft, meaning: Meaning): Refusal[] {
  if (meaning.definitions.length > 0) return []
  const kept = book.meanings
    .of(meaning.id)
    .find((one) => one.definitions.length > 0 && nameOf(draft, one) === one.id)
  if (!kept) return []
  const reason = draft.refused.get(kept)
  return [
    {
      meaning,
      because: `nothing defines it here, and where something does, it stays${reason === undefined ? '' : `: ${reason}`}`,
    },
  ]
}

/** Whether a label that nothing defines where it stands is text there, and not in code. */
type IsText = (path: string, id: string) => boolean

/** Only labels of the current syntax and labels by hand have been looked for; of others it is not known, and may be. */
function textIn(fragile: ReadonlyMap<string, FragileLabels>, { labels }: Settings): IsText {
  const byHand = new Set([...labels.values()].map(labelId))
  return (path, id) =>
    (!id.includes('~') && !byHand.has(id)) || (fragile.get(path)?.undefined.includes(id) ?? false)
}

function sourcesIn({ wanted, refused }: Draft): Map<string, Set<string>> {
  const renamed = [...wanted].filter(([meaning]) => meaning.definitions.length > 0 && !refused.has(meaning))
  const byName = groupBy(renamed, ([, { id }]) => id)
  return new Map([...byName].map(([name, group]) => [name, new Set(group.map(([{ id }]) => id))]))
}

function refusedByPlace({ refused }: Draft): Map<string, Map<string, string>> {
  const byLabel = new Map<string, Map<string, string>>()
  for (const [{ id, paths }, because] of refused) {
    const places = byLabel.get(id) ?? new Map<string, string>()
    byLabel.set(id, places)
    for (const path of paths) places.set(path, because)
  }
  return byLabel
}
