/** What was measured, as Markdown tables. */
import type { Job, JobName, Row } from './jobs.ts'
import { median } from './measure.ts'
import type { Times } from './rounds.ts'

/** What was measured of a run. */
export interface Measured {
  readonly times: Times
  /** Megabytes, by job. */
  readonly peaks: ReadonlyMap<string, number>
  /** What mdshift takes to say its version. */
  readonly startUp: JobName
}

/** The rows with their figures, and whether each bar is reached. */
export function rowsTable(rows: readonly Row[], measured: Measured): string {
  const lines = rows.map((row) => {
    const figure = figureOf(row, measured)
    const unit = row.kind === 'memory' ? ' MB' : ' ×'
    const shown = (value: number | undefined) =>
      value === undefined ? '' : `${value.toFixed(row.kind === 'memory' ? 0 : 2)}${unit}`
    const verdict =
      figure === undefined
        ? 'not measured'
        : figure <= (row.aim ?? Number.NEGATIVE_INFINITY)
          ? 'aim reached'
          : figure <= row.bar
            ? 'bar reached'
            : 'missed'
    return [row.work, shown(figure), `≤ ${shown(row.bar)}`, row.aim ? `≤ ${shown(row.aim)}` : '', verdict]
  })
  return table(['work', 'measured', 'bar', 'aim', ''], lines)
}

/** The median of the ratios that the rounds had: what slows one round slows both. */
function figureOf({ kind, job, over }: Row, { times, peaks, startUp }: Measured): number | undefined {
  if (kind === 'memory') return peaks.get(job)
  const [above = [], below = []] = [times.get(job), over && times.get(over)]
  const start = kind === 'growth' ? median(times.get(startUp) ?? []) : 0
  const pairs = above.length === below.length ? above.map((value, round) => [value, below[round] ?? 0]) : []
  const ratios =
    pairs.length > 0
      ? pairs.map(([upper = 0, lower = 0]) => (upper - start) / (lower - start))
      : [(median(above) - start) / (median(below) - start)]
  const ratio = median(ratios)
  return Number.isNaN(ratio) ? undefined : ratio
}

/** Every job with its median, shortest and longest run. */
export function timesTable(jobs: Readonly<Record<string, Job>>, times: Times, sizes: Sizes): string {
  const lines = Object.entries(jobs).map(([key, { name, state, size }]) => {
    const all = times.get(key) ?? []
    const shown = (value: number) => (all.length === 0 ? '–' : seconds(value))
    return [
      `\`${name}\``,
      `${state}, ${sizes[size]}`,
      shown(median(all)),
      shown(Math.min(...all)),
      shown(Math.max(...all)),
    ]
  })
  return table(['program', 'book', 'median', 'shortest', 'longest'], lines)
}

/** How a book of that size is called. */
export type Sizes = Readonly<Record<Job['size'], string>>

export function seconds(milliseconds: number): string {
  return milliseconds < 1000 ? `${milliseconds.toFixed(0)} ms` : `${(milliseconds / 1000).toFixed(2)} s`
}

/** A Markdown table. */
export function table(heads: readonly string[], lines: readonly (readonly string[])[]): string {
  const row = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
  return [row(heads), row(heads.map((_, index) => (index === 0 ? '---' : '--:'))), ...lines.map(row)].join(
    '\n',
  )
}
