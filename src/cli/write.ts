/** What a run has to write. */
import path from 'node:path'
import { encodeSource } from '../book/source-text.ts'
import type { Failure } from '../failure.ts'
import type { BookReport } from '../runner/report.ts'
import { commitFiles, type Replacement } from '../store/commit.ts'

/** Writes every book's files, and ledgers and decisions behind them: all or none of them all. */
export async function writeBooks(
  books: readonly BookReport[],
  others: readonly Replacement[],
): Promise<readonly Failure[]> {
  return commitFiles([
    ...books.flatMap((book) =>
      book.files
        .filter(({ edits }) => edits.length > 0)
        .map(({ path: file, before, after, bom }) => ({
          file: path.join(book.root, file),
          before: encodeSource({ text: before, bom }),
          after: encodeSource({ text: after, bom }),
        })),
    ),
    ...others,
  ])
}
