/** What version control has to say before a run writes: whether git holds all that would be written over. */
import path from 'node:path'
import { type ReadyRepository, readyToCommit } from '../book/git-readiness.ts'
import { type GitStatus, gitStatus } from '../book/git-status.ts'
import { encodeSource } from '../book/source-text.ts'
import { type Checked, failure, ok } from '../failure.ts'
import { sha256 } from '../sha256.ts'
import { lastWritten } from '../store/runs.ts'
import { unwritable } from '../store/writable.ts'
import type { Io } from './io.ts'
import { ledgerReplacements } from './ledger.ts'
import { nameFrom } from './name-from.ts'
import type { Run } from './run-books.ts'
import { named } from './write.ts'

/** One file that a run is about to write. */
export interface Target {
  /** The book's root, absolute. */
  readonly root: string
  /** Relative to the root, with `/`. */
  readonly path: string
  /** Its bytes now; none where it is not there yet. */
  readonly before: Uint8Array | undefined
}

/** The hashes of what mdshift wrote to a book last, by path: as the store tells them. */
export type LastWritten = (root: string) => ReadonlyMap<string, string>

/** The chapters that a run changes. */
export function changedChapters({ books }: Pick<Run, 'books'>): Target[] {
  return books.flatMap(({ root, files }) =>
    files
      .filter(({ edits }) => edits.length > 0)
      .map(({ path: file, before: text, bom }) => ({
        root,
        path: file,
        before: encodeSource({ text, bom }),
      })),
  )
}

/**
 * Looks for changes that git does not hold. What mdshift itself wrote last is none, unless a commit is to be made: one
 * decides, and runs it again, and what was there before is known to `undo`.
 *
 * @param writtenTo nothing where only what is committed counts
 * @returns an `MDS070` for each file that has some, `MDS071` where git does not tell
 */
export async function heldByGit(
  targets: readonly Target[],
  cwd: string,
  writtenTo?: LastWritten,
): Promise<Checked<GitStatus>> {
  const byFile = new Map(targets.map((target) => [fileOf(target), target]))
  const status = await gitStatus([...byFile.keys()])
  if (!status.ok) return { ok: false, failures: status.failures.map((failed) => named(failed, cwd)) }
  const roots = new Set(targets.map(({ root }) => root))
  const written = new Map([...roots].map((root) => [root, writtenTo?.(root)]))
  const isOwn = (file: string) => {
    const target = byFile.get(file)
    const hash = target && written.get(target.root)?.get(target.path)
    return hash !== undefined && target?.before !== undefined && hash === sha256(target.before)
  }
  const failures = status.value.dirty
    .filter(({ file, dirt }) => dirt === 'unmerged' || !isOwn(file))
    .map(({ file, dirt }) => failure('MDS070', dirt, nameFrom(cwd, file)))
  return failures.length > 0 ? { ok: false, failures } : ok(status.value)
}

/**
 * Asks git before a migration writes, and looks for what would keep it from committing.
 *
 * @returns the repositories to commit to, none where nobody asked for commits; `MDS070` to `MDS072` for what stands
 * against it, and `MDS007` for what could not be written once others are committed
 */
export async function repositoriesToCommit(
  run: Run,
  today: string,
  {
    dryRun,
    allowDirty,
    commit,
  }: { readonly dryRun: boolean; readonly allowDirty: boolean; readonly commit: boolean },
  { cwd }: Io,
): Promise<Checked<readonly ReadyRepository[]>> {
  if (dryRun || allowDirty) return ok([])
  const ledgers = [...ledgerReplacements(run, today)].flatMap(([root, files]) =>
    files.map(({ path: file, before }) => ({ root, path: file, before })),
  )
  const targets = [...changedChapters(run), ...ledgers]
  const held = await heldByGit(targets, cwd, commit ? undefined : lastWritten)
  if (!held.ok) return held
  if (!commit) return ok([])
  const ready = await readyToCommit(held.value)
  const unready = ready.ok ? targets.flatMap((target) => unwritable(target.root, [target])) : ready.failures
  return ready.ok && unready.length === 0
    ? ready
    : { ok: false, failures: unready.map((failed) => named(failed, cwd)) }
}

export function fileOf({ root, path: file }: Pick<Target, 'root' | 'path'>): string {
  return path.join(root, file)
}
