/**
 * Many files, written as one. All new bytes are put beside their files, counted and flushed, and a journal tells of
 * them, before the first is renamed into its place: what goes wrong before that leaves everything as it was, and
 * whoever finds the journal after a crash can finish, or take back. Each file is wholly old or wholly new.
 */
import { randomBytes } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import pMap from 'p-map'
import { turns } from '../breathe.ts'
import { type Failure, fail, failure, messageOf, ok, type Result } from '../failure.ts'
import { sha256 } from '../sha256.ts'
import { carryBack, carryForward, syncFolders, type Work, workOn } from './carry-out.ts'
import { isOwnPath } from './found.ts'
import {
  type Entry,
  type Journal,
  journalOf,
  oldBytesOf,
  tempOf,
  writeJournal,
  writeVerdict,
} from './journal.ts'
import type { Lock } from './lock.ts'
import { closeRun, dropRun, nextRun } from './runs.ts'
import { ownOf } from './state-folder.ts'
import { writable } from './writable.ts'
import { FLUSHED_AT_ONCE, syncFolder, writeWhole } from './write-whole.ts'

/** One file to replace, to create, or to remove. */
export interface Replacement {
  /** Relative to the book's root, with `/`. */
  readonly path: string
  /** The bytes that were read; none where the file is not there yet. */
  readonly before: Uint8Array | undefined
  /** None where the file is to go. */
  readonly after: Uint8Array | undefined
}

/** What is written to one book. */
export interface Batch {
  /** Held by whoever asks. */
  readonly lock: Lock
  readonly files: readonly Replacement[]
  /** The run that this one takes back. */
  readonly undoes?: string
}

export interface CommitOptions {
  /** What was asked for, in words, for the record. */
  readonly what: string
  /** Whether to wait until the disk has all of it, so that a loss of power does no more than a crash. */
  readonly fsync: boolean
  /** Ends it; once files are being renamed, they are all renamed. */
  readonly signal?: AbortSignal | undefined
}

/**
 * Writes to books: all of it, or nothing.
 *
 * @returns nothing where all was written. Else a failure for each file that kept it from being done (`MDS007`, or
 * `MDS063` where somebody has changed it since), and everything is as it was; `MDS065` where it will be finished later
 * @throws the reason of the signal, if that ended it; everything is as it was then
 */
export async function commitBooks(
  batches: readonly Batch[],
  options: CommitOptions,
): Promise<readonly Failure[]> {
  const concerned = batches.filter(({ files }) => files.length > 0)
  const planned = plannedRuns(concerned, options)
  if (!planned.ok) return [planned.failure]
  const runs = planned.value
  const [leader] = runs
  if (!leader) return []
  try {
    for (const run of runs) await writeJournal(run.work.state, run.work.journal, options.fsync)
    const failures = [...(await stage(runs, options)), ...lostLocks(runs)]
    options.signal?.throwIfAborted()
    if (failures.length > 0) return dropAll(runs, failures)
  } catch (cause) {
    const failed = failure('MDS007', messageOf(cause), leader.work.state.folder, cause)
    await dropAll(runs, [failed])
    if (options.signal?.aborted) throw options.signal.reason
    return [failed]
  }
  return decide(runs, leader)
}

/** Locks that somebody else took, against all rules. */
function lostLocks(runs: readonly PlannedRun[]): Failure[] {
  return runs
    .filter(({ batch }) => !batch.lock.isHeld())
    .map(({ work }) => failure('MDS060', 'it took the lock away', work.state.lock))
}

/** Whether all was written, whatever stands against it. */
export function wasWritten(failures: readonly Failure[]): boolean {
  return failures.every(({ code }) => code === 'MDS066')
}

/** What is written to one book, and how its journal tells of it. */
interface PlannedRun {
  readonly batch: Batch
  readonly work: Work
}

function plannedRuns(batches: readonly Batch[], options: CommitOptions): Result<readonly PlannedRun[]> {
  try {
    return ok(runsFor(batches, options))
  } catch (cause) {
    return fail('MDS007', messageOf(cause), batches[0]?.lock.state.folder, cause)
  }
}

function runsFor(batches: readonly Batch[], { what, fsync }: CommitOptions): PlannedRun[] {
  const begun = new Date().toISOString()
  let leader: (Journal['leader'] & { readonly at: string }) | undefined
  return batches.map((batch) => {
    const { state } = batch.lock
    const run = `${nextRun(state)}-${randomBytes(4).toString('hex')}`
    const led = leader && { root: path.relative(state.root, leader.at) || '.', run: leader.run }
    leader ??= { root: '.', run, at: state.root }
    const { undoes } = batch
    const files = batch.files.map(entryOf)
    const journal = journalOf({
      run,
      what,
      begun,
      ...(led && { leader: led }),
      ...(undoes && { undoes }),
      files,
    })
    return { batch, work: workOn(state, journal, fsync) }
  })
}

function entryOf({ path: file, before, after }: Replacement): Entry {
  return {
    path: file,
    before: before ? { sha256: sha256(before), size: before.length } : null,
    after: after ? sha256(after) : null,
  }
}

/** Everything that can fail, before anything is changed. */
async function stage(runs: readonly PlannedRun[], options: CommitOptions): Promise<Failure[]> {
  const failures: { readonly position: number; readonly failure: Failure }[] = []
  const breathe = turns()
  for (const { batch, work } of runs) {
    const { state, journal } = work
    await writeWhole(oldBytesOf(state, journal.run), oldBytesIn(batch), options.fsync, ownOf(state))
    await pMap(
      batch.files.entries(),
      async ([position, file]) => {
        await breathe()
        if (options.signal?.aborted) return
        try {
          await stageFile(work, file, position)
        } catch (cause) {
          const place = path.join(state.root, file.path)
          failures.push({ position, failure: failure('MDS007', messageOf(cause), place, cause) })
        }
      },
      { concurrency: FLUSHED_AT_ONCE },
    )
    // What is in a file counts only once the disk knows its name.
    await syncFolders(work)
    for (const folder of options.fsync ? [state.runs, state.root] : []) await syncFolder(folder)
  }
  return failures.toSorted((a, b) => a.position - b.position).map(({ failure: failed }) => failed)
}

function* oldBytesIn({ files }: Batch): Iterable<Uint8Array> {
  for (const { before } of files) if (before) yield before
}

async function stageFile(
  work: Work,
  { path: file, before, after }: Replacement,
  position: number,
): Promise<void> {
  const { state, journal, fsync } = work
  if (!isOwnPath(file)) throw new Error('mdshift writes nothing there')
  if (!work.isInside(file)) throw new Error('its folder is reached through a link')
  const there = writable(path.join(state.root, file), before)
  if (after) await writeWhole(tempOf(state, journal, position), [after], fsync, there?.stat)
}

/** From here on it is done, unless something goes wrong; then it is taken back. */
async function decide(runs: readonly PlannedRun[], leader: PlannedRun): Promise<readonly Failure[]> {
  const { state, journal, fsync } = leader.work
  try {
    await writeVerdict(state, journal, 'forward', fsync)
  } catch (cause) {
    const failed = failure('MDS007', messageOf(cause), state.verdict, cause)
    return (await isUndecided(leader.work)) ? dropAll(runs, [failed]) : [failed]
  }
  for (const { work } of runs) {
    const { failures } = await carryForward(work, 'stop')
    if (failures.length > 0) return takeBack(runs, leader, failures)
  }
  try {
    // The one that leads is closed last: the others ask it what was decided.
    const failures: Failure[] = []
    for (const { work } of runs.toReversed()) failures.push(...listOf(await closeRun(work)))
    return failures
  } catch (cause) {
    return [failure('MDS065', messageOf(cause), state.root, cause)]
  }
}

/** Whether nobody who finds the journals would go forward. */
async function isUndecided({ state }: Work): Promise<boolean> {
  try {
    fs.rmSync(state.verdict, { force: true })
    return true
  } catch {
    return false
  }
}

async function dropAll(
  runs: readonly PlannedRun[],
  failures: readonly Failure[],
): Promise<readonly Failure[]> {
  for (const { work } of runs) dropRun(work)
  return failures
}

function listOf(failed: Failure | undefined): Failure[] {
  return failed ? [failed] : []
}

async function takeBack(
  runs: readonly PlannedRun[],
  leader: PlannedRun,
  failures: readonly Failure[],
): Promise<readonly Failure[]> {
  const { state, journal, fsync } = leader.work
  const told = new Set(failures.map(({ place }) => place))
  try {
    await writeVerdict(state, journal, 'back', fsync)
    const more: Failure[] = []
    for (const { work } of runs.toReversed()) {
      const { failures: left } = await carryBack(work)
      more.push(...left.filter(({ place }) => !told.has(place)))
      await syncFolders(work)
      if (left.every(({ code }) => code === 'MDS063')) dropRun(work)
    }
    return [...failures, ...more]
  } catch (cause) {
    return [...failures, failure('MDS065', messageOf(cause), state.root, cause)]
  }
}
