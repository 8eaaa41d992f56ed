/** What a run has to write. */
import { encodeSource } from '../book/source-text.ts'
import type { Failure } from '../failure.ts'
import type { BookReport } from '../runner/report.ts'
import { commitBooks, type Replacement } from '../store/commit.ts'
import { type Alone, writeAlone } from '../store/write-alone.ts'
import type { Access } from './access.ts'
import type { Io } from './io.ts'
import { nameFrom } from './lineup.ts'

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

/** Writes files that are no part of a book, each wholly or not at all. */
export async function writeOthers(
  files: readonly Alone[],
  { fsync }: Pick<WriteOptions, 'fsync'>,
  { cwd }: Io,
): Promise<readonly Failure[]> {
  const failures: Failure[] = []
  for (const file of files) {
    const failed = await writeAlone(file, fsync)
    if (failed) failures.push(named(failed, cwd))
  }
  return failures
}

/** A failure's place as a user in that folder would name it. */
export function named(failed: Failure, cwd: string): Failure {
  return failed.place === undefined ? failed : { ...failed, place: nameFrom(cwd, failed.place) }
}

function replacementOf({ path, before, after, bom, edits }: BookReport['files'][number]): Replacement[] {
  if (edits.length === 0) return []
  return [{ path, before: encodeSource({ text: before, bom }), after: encodeSource({ text: after, bom }) }]
}
