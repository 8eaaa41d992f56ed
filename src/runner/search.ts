/** Files that are no chapters: each migration looks for its legacy syntax in them, and leaves it. */
import type { Settings } from '../model.ts'
import { positionsIn } from '../position.ts'
import type { Transform } from '../transform/define.ts'
import { residueOfFile } from '../transform/residue.ts'
import type { Finding } from './report.ts'

/** What a migration finds in such a file. */
export function searchFile(
  migration: Transform,
  { path, text }: { readonly path: string; readonly text: string },
  facts: unknown,
  settings: Settings,
): readonly Finding[] {
  const places = positionsIn(text)
  return residueOfFile(migration, { path, text }, facts, settings).map(
    ({ start, end, kind, because, candidates = [] }) => ({
      start,
      end,
      ...places(start),
      kind,
      migration: migration.id,
      legacy: text.slice(start, end),
      current: candidates,
      because,
    }),
  )
}
