/** A status for programs: docs/status.md says what is in it. */
import { burndownLine, type Counts, type Status, type Tally } from './status.ts'
import { jsonText } from './terminal.ts'

/** The version of the form: another one where a program that reads this one would go wrong. */
const VERSION = 1

/** The status as JSON; what could steer a terminal is escaped. */
export function statusJson(status: Status): string {
  const { newest, versions, only, migrations, totals, folders, books } = status
  const tally = ({ chapters, at, unknown }: Tally) => ({
    chapters,
    formats: Object.fromEntries(versions.map((version, index) => [version, at[index] ?? 0])),
    unread: unknown,
  })
  const value = {
    version: VERSION,
    newest,
    only: only ?? null,
    burndown: burndownLine(status),
    totals: { ...tally(totals), ...counts(totals) },
    migrations: migrations.map((one) => ({
      id: one.id,
      version: one.version,
      files: one.files,
      ...counts(one),
    })),
    folders: folders.map((folder) => ({ folder: folder.name, ...tally(folder) })),
    books: books.map(({ name, chapters, applied, drifts, failures }) => ({
      folder: name,
      chapters: chapters.map((chapter) => ({
        path: chapter.name,
        format: chapter.version ?? null,
        ...counts(chapter.counts),
      })),
      applied: applied.map((one) => ({
        ...one,
        changedSince: drifts.some(({ migration }) => migration === one.migration),
      })),
      failures: failures.map(({ code, message, place }) => ({ code, message, place: place ?? null })),
    })),
  }
  return jsonText(value)
}

const counts = ({ changes, open, left }: Counts) => ({
  toChange: changes,
  toDecide: open,
  leftByPolicy: left,
})
