/** A run of one book, asked which labels stand in it. */
import { labelsMentioned } from '../book/definitions.ts'
import type { Book } from '../book/load.ts'
import { labelId } from '../label-id.ts'
import type { BookReport } from '../runner/report.ts'

/** A book as it was read, and what a run made of it. */
export interface RunOfBook {
  readonly book: Book
  readonly report: BookReport
}

/** Every label that stands in a book, before or after a run or between two migrations of it. Ids. */
export function knownLabels(runs: readonly RunOfBook[]): ReadonlySet<string> {
  return new Set(
    runs.flatMap(({ book, report }) => [
      ...book.unreadable.keys(),
      ...mentionedIn(book.files.map(({ text }) => text)),
      ...mentionedIn(textsAfter(book, report)),
      ...report.files
        .flatMap(({ findings }) => findings)
        .flatMap(({ kind, legacy, current }) => [legacy, ...(kind === 'change' ? current : [])])
        .map(labelId),
    ]),
  )
}

/** All texts as the run leaves them. */
export function textsAfter(book: Book, report: BookReport): string[] {
  return [...book.outside.values(), ...report.files.map(({ after }) => after)]
}

/** The labels in brackets anywhere in texts. Ids. */
export function mentionedIn(texts: readonly string[]): string[] {
  return texts.flatMap((text) => [...labelsMentioned(text).keys()])
}
