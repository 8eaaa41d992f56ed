/**
 * Where labels lead around a place, in books that give a label several meanings: one folder's `c-x` says
 * nothing about another's.
 */
import { type BookView, labelId, type Meaning } from 'mdshift'
import { distinctTargets, type Target } from './evidence.ts'
import { heads, withoutBadge } from './segments.ts'

/** What labels lead to, by id. */
export type Targets = ReadonlyMap<string, readonly Target[]>

/** By the id of a label and the file that it stands in; only for labels that the rest of the book misleads. */
export type TargetsByPlace = ReadonlyMap<string, ReadonlyMap<string, Targets>>

/** Where a label and those that help to decide it lead, as far as the rest of the book disagrees. */
export function targetsAround(places: TargetsByPlace, path: string, id: string): Targets {
  return places.get(id)?.get(path) ?? NO_TARGETS
}

const NO_TARGETS: Targets = new Map()

/** Finds the labels that lead to different places in different folders, and those that are decided by them. */
export function targetsByPlace(book: BookView, targets: Targets): TargetsByPlace {
  const several = new Set([...targets.keys()].filter((id) => meansSeveralThings(book, targets, id)))
  if (several.size === 0) return new Map()
  const byLabel = new Map<string, Map<string, Targets>>()
  for (const id of book.mentions.keys()) {
    const related = relatives(id).filter((relative) => several.has(relative))
    if (related.length === 0) continue
    const byPath = new Map<string, Targets>()
    for (const meaning of book.meanings.of(id)) {
      const targets = targetsNear(book, meaning, related)
      for (const path of meaning.paths) byPath.set(path, targets)
    }
    byLabel.set(id, byPath)
  }
  return byLabel
}

function meansSeveralThings(book: BookView, targets: Targets, id: string): boolean {
  const all = targets.get(id)?.length ?? 0
  return (
    all > 1 &&
    book.meanings
      .of(id)
      .some(({ definitions }) => definitions.length > 0 && distinctTargets(definitions).length < all)
  )
}

/** The labels whose targets may decide another: itself, what it begins with, and the badges of these. */
function relatives(id: string): string[] {
  return heads(withoutBadge(id).base).flatMap((head) => [head, labelId(`${head}-badge`)])
}

/**
 * What labels lead to around a meaning: nowhere, if that is so. What they mean elsewhere is no evidence, nor
 * will it be there when those are renamed.
 */
function targetsNear(book: BookView, meaning: Meaning, ids: readonly string[]): Targets {
  return new Map(
    ids.map((id) => {
      const near = id === meaning.id ? [meaning] : book.meanings.near(meaning, id)
      return [id, distinctTargets(near.flatMap(({ definitions }) => definitions))]
    }),
  )
}
