/** What one of several machines tells of a run: its own chapters; and what is about a book and none of them, the first one. */
import type { Failure } from '../failure.ts'
import { type Shard, shardOf } from '../shard.ts'
import type { Run, RunBook } from './run-books.ts'

export function shardOfRun(run: Run, { number, of }: Shard): Run {
  const isFirst = number === 1
  return {
    ...run,
    books: run.books.map((book) => {
      const tellerOf = tellerIn(book, run, of)
      return {
        ...book,
        files: book.files.filter(({ path }) => shardOf(run.nameOf(book, path), of) === number),
        residue: isFirst ? book.residue : [],
        missing: isFirst ? book.missing : [],
        failures: book.failures.filter((failed) => tellerOf(failed) === number),
      }
    }),
    warnings: isFirst ? run.warnings : [],
    unused: isFirst ? run.unused : [],
    hasHardLinks: isFirst && run.hasHardLinks,
  }
}

/** Which shard tells of a failure of a book: the one of its chapter, or the first where it is about none. */
export function tellerIn(
  book: RunBook,
  { nameOf }: Pick<Run, 'nameOf'>,
  of: number,
): (failed: Failure) => number {
  const chapters = new Set(book.chosen)
  return ({ place = '' }) => {
    const file = [place, withoutPosition(place)].find((one) => chapters.has(one))
    return file === undefined ? 1 : shardOf(nameOf(book, file), of)
  }
}

/** A place is `path`, `path:line` or `path:line:column`. */
function withoutPosition(place: string): string {
  return place.replace(/(?::\d+){1,2}$/, '')
}
