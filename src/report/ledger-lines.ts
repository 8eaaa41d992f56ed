/** What a book's ledger has to say, as lines. */
import { groupBy } from '../group-by.ts'
import type { Position } from '../position.ts'
import type { Drift } from '../runner/record.ts'
import { type Colors, visible } from './terminal.ts'

/** What to do where a migration's meaning changed. */
export function driftText({ applied }: Drift): string {
  return `it was applied on ${applied}, and its meaning has changed since: run \`mdshift migrate\`, review, and commit`
}

/**
 * A drift as `check` tells it, as it tells findings.
 *
 * @param path the ledger, as the user would name it
 * @param position where it has the migration
 */
export function driftLine(
  path: string,
  position: Position | undefined,
  drift: Drift,
  colors: Colors,
): string {
  const { line, column } = position ?? { line: 1, column: 1 }
  return `${colors.bold(`${visible(path)}:${line}:${column}`)}  ${visible(drift.migration)}  ${colors.yellow('warning')}: ${driftText(drift)}`
}

/** One line a day on which migrations were applied. */
export function appliedLines(
  applied: readonly { readonly migration: string; readonly applied: string }[],
): string[] {
  return [...groupBy(applied, (one) => one.applied)]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(
      ([date, some]) => `applied on ${date}: ${some.map(({ migration }) => visible(migration)).join(', ')}`,
    )
}
