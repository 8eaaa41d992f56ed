/** What a run has to write. */
import { encodeSource } from '../book/source-text.ts'
import type { Failure } from '../failure.ts'
import type { BookReport } from '../runner/report.ts'
import { commitBooks, type Replacement, wasWritten } from '../store/commit.ts'
import { type Alone, stageAlone } from '../store/write-alone.ts'
import type { Access } from './access.ts'
import type { Io } from './io.ts'
import { nameFrom } from './name-from.ts'

/** A book's files that change, and others of it: its ledger. */
export interface WrittenBook {
  /** Absolute. */
  readonly root: string
  readonly files: BookReport['files']
  readonly others?: readonly Replacement[]
}

export interface WriteOptions {
  readonly access: Access
  readonly fsync: boolean
  /** What was asked for, in words, for the record. */
  readonly what: string
}

/**
 * Writes every book's files: all of them, or none.
 *
 * @returns what stands against it; places are named as the user would
 */
export async function writeBooks(
  books: readonly WrittenBook[],
  { access, fsync, what }: WriteOptions,
  { cwd, signal }: Io,
): Promise<readonly Failure[]> {
  const batches = books.map(({ root, files, others = [] }) => ({
    lock: access.lockOf(root),
    files: [...files.flatMap(replacementOf), ...others],
  }))
  const failures = await commitBooks(batches, { what, fsync, signal })
  return failures.map((failed) => named(failed, cwd))
}

/**
 * Writes books, and behind them files that are no part of a book; where these cannot be written, nothing is.
 *
 * @param others in the order in which they are to be there
 * @param writeRun writes the books
 * @returns what stands against the books, and against the others once the books are written
 */
export async function writeWith<Written extends { readonly failures: readonly Failure[] }>(
  others: readonly Alone[],
  { fsync }: Pick<WriteOptions, 'fsync'>,
  { cwd }: Io,
  writeRun: () => Promise<Written>,
): Promise<{
  readonly run?: Written
  readonly unwritten: readonly Failure[]
  readonly unhanded: readonly Failure[]
}> {
  const namedAll = (failures: readonly Failure[]) => failures.map((failed) => named(failed, cwd))
  const staged = await stageAlone(others, fsync)
  if (!staged.ok) return { unwritten: namedAll(staged.failures), unhanded: [] }
  try {
    const run = await writeRun()
    const unhanded = wasWritten(run.failures) ? await staged.value.place() : []
    return { run, unwritten: run.failures, unhanded: namedAll(unhanded) }
  } finally {
    staged.value.drop()
  }
}

/** A failure's place as a user in that folder would name it. */
export function named(failed: Failure, cwd: string): Failure {
  return failed.place === undefined ? failed : { ...failed, place: nameFrom(cwd, failed.place) }
}

function replacementOf({ path, before, after, bom, edits }: BookReport['files'][number]): Replacement[] {
  if (edits.length === 0) return []
  return [{ path, before: encodeSource({ text: before, bom }), after: encodeSource({ text: after, bom }) }]
}
