/** Which migrations a run makes, in order. */
import { closestMatch } from 'leven'
import { type Checked, type Failure, fail, failure, ok, type Result } from '../failure.ts'
import type { Announced } from '../transform/define.ts'

export interface Selection {
  /** The last one to make. */
  readonly to?: string | undefined
  /** The only ones to make. */
  readonly only?: readonly string[] | undefined
}

/**
 * Chooses migrations by id, by number (`2`, `0002`) or by the words behind it (`label-separators`).
 *
 * @param all in order
 * @returns those chosen, in order; `MDS004` for a name that is none's, `MDS009` where nothing is left
 */
export function planMigrations(
  all: readonly Announced[],
  selection: Selection,
): Result<readonly Announced[]> {
  const only: Announced[] = []
  for (const name of selection.only ?? []) {
    const found = findMigration(all, name)
    if (!found.ok) return found
    only.push(found.value)
  }
  const candidates = only.length > 0 ? all.filter((transform) => only.includes(transform)) : all
  if (selection.to === undefined) return ok(candidates)
  const last = findMigration(all, selection.to)
  if (!last.ok) return last
  const chosen = candidates.filter((transform) => all.indexOf(transform) <= all.indexOf(last.value))
  return chosen.length > 0 ? ok(chosen) : fail('MDS009', '--only and --to leave no migration to make')
}

/** A migration that a configuration switches on or off, by any name that {@link planMigrations} takes. */
export interface Switched {
  readonly name: string
  readonly on: boolean
  /** Where the configuration says so. */
  readonly place: string
}

/**
 * Leaves out what a book's configuration switches off.
 *
 * @param all in order
 * @param chosen by {@link planMigrations}
 * @param switches of the book
 * @returns those that are left, in order; `MDS004` for names that are none's, `MDS003` for two of one
 */
export function withoutSwitchedOff(
  all: readonly Announced[],
  chosen: readonly Announced[],
  switches: readonly Switched[],
): Checked<readonly Announced[]> {
  const failures: Failure[] = []
  const named = new Map<Announced, Switched>()
  for (const one of switches) {
    const found = findMigration(all, one.name, one.place)
    const twin = found.ok ? named.get(found.value) : undefined
    if (!found.ok) failures.push(found.failure)
    else if (twin === undefined) named.set(found.value, one)
    else {
      const both = `${JSON.stringify(twin.name)} and ${JSON.stringify(one.name)} are one migration`
      failures.push(failure('MDS003', `migrations: ${both}`, one.place))
    }
  }
  if (failures.length > 0) return { ok: false, failures }
  return ok(chosen.filter((transform) => named.get(transform)?.on !== false))
}

/** An `MDS004`, with the nearest name where one is near; numbers are near to none. */
function unknownMigration(all: readonly Announced[], name: string, place?: string): Failure {
  const names = all.flatMap(({ id }) => [id, bareId(id), wordsOf(id)])
  const maxDistance = Math.max(2, Math.floor(name.length / 3))
  const nearest = /^\d*$/.test(name) ? undefined : closestMatch(name.toLowerCase(), names, { maxDistance })
  const meant = nearest === undefined ? '' : ` (did you mean ${JSON.stringify(nearest)}?)`
  const known = all.map(({ id }) => id).join(', ')
  return failure('MDS004', `${JSON.stringify(name)}${meant} is none of ${known}`, place)
}

/**
 * The failures of names that are no migration's, among other things that are wrong.
 *
 * @param names with their places
 */
export function unknownMigrations(
  all: readonly Announced[],
  names: readonly Pick<Switched, 'name' | 'place'>[],
): Failure[] {
  return names.flatMap(({ name, place }) => {
    const found = findMigration(all, name, place)
    return found.ok ? [] : [found.failure]
  })
}

function findMigration(all: readonly Announced[], name: string, place?: string): Result<Announced> {
  const found = all.find(
    ({ id }) =>
      [id, bareId(id), wordsOf(id)].includes(name) || (/^\d+$/.test(name) && numberOf(id) === Number(name)),
  )
  return found ? ok(found) : { ok: false, failure: unknownMigration(all, name, place) }
}

/** An id without the name of its pack: `0001-playground` of `mdbook-0.5/0001-playground`. */
function bareId(id: string): string {
  return id.slice(id.lastIndexOf('/') + 1)
}

function numberOf(id: string): number {
  return Number(bareId(id).slice(0, 4))
}

function wordsOf(id: string): string {
  return bareId(id).slice(5)
}
