/** What a book's ledger says of migrations, and what it says once they were made. */
import type { Applied, Ledger } from '../book/ledger.ts'
import type { Transform } from '../transform/define.ts'

/** What of a migration a ledger keeps. */
export type Recordable = Pick<Transform, 'id' | 'checksum'>

/**
 * A ledger with migrations that were made; what it holds of others stays, as what a newer mdshift made. One
 * that is on record with the same checksum keeps its date.
 *
 * @param date the day: `2026-11-22`
 */
export function withApplied(ledger: Ledger, migrations: readonly Recordable[], date: string): Ledger {
  return new Map([
    ...ledger,
    ...migrations.map(({ id, checksum }): [string, Applied] => {
      const known = ledger.get(id)
      return [id, known && known.checksum === checksum ? known : { applied: date, checksum }]
    }),
  ])
}

/** A migration that was applied by one checksum and has another now. */
export interface Drift {
  readonly migration: string
  /** The day on which it was applied. */
  readonly applied: string
}

/** The migrations whose meaning changed since they were applied. One without a checksum cannot tell. */
export function driftsIn(ledger: Ledger, migrations: readonly Recordable[]): Drift[] {
  return migrations.flatMap(({ id, checksum }) => {
    const known = ledger.get(id)
    if (!known || known.checksum === undefined || checksum === undefined || known.checksum === checksum)
      return []
    return [{ migration: id, applied: known.applied }]
  })
}
