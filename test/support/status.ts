/** Statuses made by hand, of chapters that are lists of findings. */
import { type Status, type StatusBook, statusOf } from '../../src/report/status.ts'
import type { Finding } from '../../src/runner/report.ts'
import { fileOf, findingOf } from './report.ts'

export const RAIN = { id: '0001-rain', version: 1 }
export const WIND = { id: '0002-wind', version: 2 }
export const SUN = { id: '0003-sun', version: 3 }
export const ALL = [RAIN, WIND, SUN]

export const of = ({ id }: { id: string }, kind: Finding['kind']) => findingOf({ migration: id, kind })

/** A book of findings by path; `unread` are paths of chapters that have no report. */
export function statusBook(
  chapters: Readonly<Record<string, readonly Finding[]>>,
  more: Partial<StatusBook> & { unread?: readonly string[] } = {},
): StatusBook {
  const { unread = [], ...rest } = more
  return {
    name: '.',
    files: Object.entries(chapters).map(([path, findings]) => fileOf(path, findings)),
    chosen: [...Object.keys(chapters), ...unread].map((path) => ({ path, name: path })),
    failures: [],
    applied: [],
    drifts: [],
    ...rest,
  }
}

export function statusOfChapters(
  chapters: Readonly<Record<string, readonly Finding[]>>,
  more: Parameters<typeof statusBook>[1] = {},
): Status {
  return statusOf([statusBook(chapters, more)], ALL, ALL)
}
