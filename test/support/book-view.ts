/** What a migration may know of a book whose files are texts, without a run: definitions and scopes. */

import { lookupIn, scopesOf } from '../../src/book/definitions.ts'
import { indexTexts } from '../../src/book/load.ts'
import { DEFAULT_SETTINGS } from '../../src/model.ts'
import type { BookView } from '../../src/transform/define.ts'

export function bookViewOf(texts: Readonly<Record<string, string>>): BookView {
  const index = indexTexts(new Map(Object.entries(texts)), '/book', new Map())
  const scopes = scopesOf(index, Object.keys(texts))
  return {
    definitions: [...index.files.values()].flatMap(({ path, definitions }) =>
      definitions.map((definition) => ({ ...definition, path })),
    ),
    scopes,
    find: lookupIn(index, scopes).find,
    fixed: () => undefined,
    mentionedIn: () => [],
    writes: () => true,
    settings: DEFAULT_SETTINGS,
  }
}
