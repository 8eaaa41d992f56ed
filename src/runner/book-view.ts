/** What a migration may ask about the whole book while it reduces its scan; made of plain data, in any thread. */
import { lookupIn, scopesOf } from '../book/definitions.ts'
import { meaningsIn, mentionsIn } from '../book/meanings.ts'
import type { BookView } from '../transform/define.ts'
import type { Stage } from './workers.ts'

/** What a book is besides its index. Plain data. */
export interface BookData {
  /** All texts, by path, as the migrations before have left them. */
  readonly texts: ReadonlyMap<string, string>
  /** Labels that files mention which could not be read, and one such file each. */
  readonly unreadable: ReadonlyMap<string, string>
  /** The files that the run writes. */
  readonly written: ReadonlySet<string>
}

export function bookViewOf(
  { index, paths, settings }: Stage,
  { texts, unreadable, written }: BookData,
): BookView {
  const scopes = scopesOf(index, paths)
  const lookup = lookupIn(index, scopes)
  const mentions = mentionsIn(texts)
  return {
    definitions: [...index.files].flatMap(([, { path, definitions }]) =>
      definitions.map((definition) => ({ ...definition, path })),
    ),
    scopes,
    find: lookup.find,
    meanings: meaningsIn(index, lookup, mentions),
    mentions,
    unreadable: (id) => unreadable.get(id),
    writes: (path) => written.has(path),
    settings,
  }
}
