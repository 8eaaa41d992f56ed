/**
 * What a label means where: the places of a book that must call it the same. Folders of one book may define a
 * label each for itself; these meanings have nothing to do with each other, and neither have their names.
 */
import { groupBy } from '../group-by.ts'
import type { Definition } from '../model.ts'
import { type BookIndex, common, type Lookup, labelsMentioned } from './definitions.ts'
import { disjointSets } from './disjoint-sets.ts'

/** A definition and the file that it stands in. */
export interface PlacedDefinition extends Definition {
  readonly path: string
}

/**
 * A label as it is meant in some files: in each chapter that they are part of and that defines it, whatever
 * defines or mentions it is among them.
 */
export interface Meaning {
  readonly id: string
  /** The files that define it or mention it, in the order of the book. */
  readonly paths: ReadonlySet<string>
  /** None where a file mentions a label that no chapter around it defines: each such file is by itself. */
  readonly definitions: readonly PlacedDefinition[]
}

/** Which files have a label in brackets anywhere, code included. */
export interface Mention {
  /** As written in the first of them. */
  readonly label: string
  readonly paths: readonly string[]
}

export interface Meanings {
  /** The meanings of a label, those with definitions first. */
  of(id: string): readonly Meaning[]
  /** The meaning that a label has in a file; `undefined` where it is not mentioned there. */
  at(path: string, id: string): Meaning | undefined
  /** The meanings that another label has in the chapters around the places of a meaning. */
  near(meaning: Meaning, id: string): readonly Meaning[]
}

/** Which labels the files of a book mention, by id. */
export function mentionsIn(texts: ReadonlyMap<string, string>): Map<string, Mention> {
  const mentions = new Map<string, Mention & { readonly paths: string[] }>()
  for (const [path, text] of texts) {
    for (const [id, label] of labelsMentioned(text)) {
      const known = mentions.get(id)
      if (known) known.paths.push(path)
      else mentions.set(id, { label, paths: [path] })
    }
  }
  return mentions
}

/** Finds the meanings of labels, each when it is first asked for. */
export function meaningsIn(
  index: BookIndex,
  lookup: Lookup,
  mentions: ReadonlyMap<string, Mention>,
): Meanings {
  const known = new Map<string, readonly Meaning[]>()
  const of = (id: string): readonly Meaning[] => {
    const meanings = known.get(id) ?? divideByMeaning(id, index, lookup, mentions.get(id)?.paths ?? [])
    known.set(id, meanings)
    return meanings
  }
  return {
    of,
    at: (path, id) => of(id).find(({ paths }) => paths.has(path)),
    near: (meaning, id) =>
      of(id).filter(({ paths }) =>
        [...lookup.definers(id).keys()].some(
          (key) =>
            paths.has(pathOf(index, key)) && [...meaning.paths].some((path) => lookup.around(path).has(key)),
        ),
      ),
  }
}

/** Joins every file that mentions a label with each that defines it in a chapter of both. */
function divideByMeaning(
  id: string,
  index: BookIndex,
  lookup: Lookup,
  mentioning: readonly string[],
): readonly Meaning[] {
  const definers = lookup.definers(id)
  if (definers.size === 0) return mentioning.map((path) => ({ id, paths: new Set([path]), definitions: [] }))
  const joined = disjointSets<string>()
  for (const path of [...mentioning, ...[...definers.keys()].map((key) => pathOf(index, key))]) {
    joined.add(path)
    for (const key of common(lookup.around(path), definers)) joined.join(path, pathOf(index, key))
  }
  const placed = [...definers].flatMap(([key, definitions]) =>
    definitions.map((definition) => ({ ...definition, path: pathOf(index, key) })),
  )
  const defined = groupBy(placed, ({ path }) => joined.of(path))
  const meanings = joined
    .all()
    .map(([first, paths]) => ({ id, paths: new Set(paths), definitions: defined.get(first) ?? [] }))
  return [
    ...meanings.filter(({ definitions }) => definitions.length > 0),
    ...meanings.filter(({ definitions }) => definitions.length === 0),
  ]
}

/** A part stands in its file. */
function pathOf(index: BookIndex, key: string): string {
  return index.files.get(key)?.path ?? key
}
