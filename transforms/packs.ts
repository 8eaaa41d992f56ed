/** The packs, by name: migrations for books of many people, which nobody gets who does not ask for them. */
import type { Transform } from 'mdshift'
import { migrations as mdbook05 } from './mdbook-0.5/index.ts'

/**
 * The migrations of each pack, in order. Their ids begin with the pack's name, so that a ledger, a report and a
 * configuration can tell them from others of the same number.
 */
export const packs: ReadonlyMap<string, readonly Transform[]> = new Map(
  Object.entries({ 'mdbook-0.5': mdbook05 }).map(([pack, migrations]) => [
    pack,
    migrations.map((migration) => ({ ...migration, id: `${pack}/${migration.id}` })),
  ]),
)
