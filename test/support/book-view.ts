/** What a migration may know of a book whose files are texts, without a run. */

import { lookupIn, scopesOf } from '../../src/book/definitions.ts'
import { indexTexts } from '../../src/book/load.ts'
import { meaningsIn, mentionsIn } from '../../src/book/meanings.ts'
import { DEFAULT_SETTINGS } from '../../src/model.ts'
import type { BookView } from '../../src/transform/define.ts'

export function bookViewOf(texts: Readonly<Record<string, string>>): BookView {
  const all = new Map(Object.entries(texts))
  const index = indexTexts(all, '/book', new Map())
  const scopes = scopesOf(index, Object.keys(texts))
  const lookup = lookupIn(index, scopes)
  const mentions = mentionsIn(all)
  return {
    definitions: [...index.files.values()].flatMap(({ path, definitions }) =>
      definitions.map((definition) => ({ ...definition, path })),
    ),
    scopes,
    find: lookup.find,
    meanings: meaningsIn(index, lookup, mentions),
    mentions,
    unreadable: () => undefined,
    writes: () => true,
    settings: DEFAULT_SETTINGS,
  }
}
