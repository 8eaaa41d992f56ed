/** Files that are no chapters: each migration looks for its legacy syntax in them, and leaves it. */
import type { ResidueFile } from '../book/residue-files.ts'
import { fail, messageOf, ok, type Result } from '../failure.ts'
import type { Settings } from '../model.ts'
import { positionsIn } from '../position.ts'
import type { Transform } from '../transform/define.ts'
import { residueOfFile } from '../transform/residue.ts'
import type { Finding } from './report.ts'

/** What a migration finds in such a file; `MDS006` where it throws. */
export function searchFile(
  migration: Transform,
  { path, text }: ResidueFile,
  facts: unknown,
  settings: Settings,
): Result<readonly Finding[]> {
  try {
    const places = positionsIn(text)
    return ok(
      residueOfFile(migration, { path, text }, facts, settings).map(
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
      ),
    )
  } catch (cause) {
    return fail('MDS006', `${migration.id}: ${messageOf(cause)}`, path, cause)
  }
}
