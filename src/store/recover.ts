/** What a process has begun to write that is gone now: finished, or taken back. */
import path from 'node:path'
import { type Failure, failure, messageOf, ok, type Result } from '../failure.ts'
import {
  carryBack,
  carryForward,
  type Progress,
  progressOf,
  syncFolders,
  type Work,
  workOn,
} from './carry-out.ts'
import { type Entry, type Journal, readJournal, type Verdict, verdictOf, writeVerdict } from './journal.ts'
import { holderOf, type Lock, lockBook } from './lock.ts'
import { closeRun, dropRun, sweep } from './runs.ts'
import { isUnfinished, type State, stateOf } from './state-folder.ts'

/** What became of a run that was broken off. */
export interface Recovered {
  /** Of the book, absolute. */
  readonly root: string
  readonly journal: Journal
  /** `forward`: it was finished. `back`: everything is as it was before it. `none`: a person has to say. */
  readonly verdict: Verdict | 'none'
  /** Files that had to be changed for it. */
  readonly changed: readonly Entry[]
  /** What stands against it: files that somebody has changed since keep their text. */
  readonly failures: readonly Failure[]
}

/**
 * Ends what another process has begun, if there is such a thing; else it costs one look.
 *
 * @param root of a book, absolute
 * @returns what was done, if anything; `MDS060` where the other process is still at it
 */
export async function recoverBook(root: string, fsync: boolean): Promise<Result<Recovered | undefined>> {
  const state = stateOf(root)
  if (!isUnfinished(state)) return ok(undefined)
  const holder = holderOf(state)
  if (holder !== undefined) return { ok: false, failure: failure('MDS060', holder, state.lock) }
  const lock = lockBook(root)
  if (!lock.ok) return lock
  try {
    return await recoverLocked(lock.value, { fsync })
  } finally {
    lock.value.release()
  }
}

export interface RecoverOptions {
  readonly fsync: boolean
  /** To have it taken back, however far it came; where files were edited since, only if those are to be kept. */
  readonly back?: { readonly keepEdited: boolean }
}

/** The same for whoever has the lock. */
export async function recoverLocked(
  { state }: Lock,
  options: RecoverOptions,
): Promise<Result<Recovered | undefined>> {
  try {
    const read = readJournal(state.journal)
    if (read.ok && read.value) return ok(await recoverRun(state, read.value, options))
    if (read.ok) sweep(state)
    return read.ok ? ok(undefined) : read
  } catch (cause) {
    return { ok: false, failure: failure('MDS065', messageOf(cause), state.root, cause) }
  }
}

async function recoverRun(state: State, journal: Journal, options: RecoverOptions): Promise<Recovered> {
  const work = workOn(state, journal, options.fsync)
  const decided = decidedOf(state, journal)
  const way = wayOf(progressOf(work), decided, options)
  if (way === 'none') {
    const failures = editedFiles(work)
    return { root: state.root, journal, verdict: 'none', changed: [], failures }
  }
  if (way === 'back' && decided !== undefined) await writeVerdict(state, journal, 'back', options.fsync)
  const { changed, failures } = way === 'forward' ? await carryForward(work, 'keep') : await carryBack(work)
  const isDone = failures.every(({ code }) => code === 'MDS063')
  const closed = isDone ? await endRun(work, way) : undefined
  sweep(state)
  return {
    root: state.root,
    journal,
    verdict: way,
    changed,
    failures: closed ? [...failures, closed] : failures,
  }
}

async function endRun(work: Work, way: Verdict): Promise<Failure | undefined> {
  if (way === 'forward') return closeRun(work)
  await syncFolders(work)
  dropRun(work)
  return undefined
}

/**
 * What an edit was made on has to fit to the texts around it: labels have other names in the new ones. Edits of old texts
 * ask for the old ones, edits of new texts for the new ones; where there are both, nobody but a person can tell.
 */
function wayOf(
  { canGoForward, editedOld, editedNew }: Progress,
  decided: Verdict | undefined,
  { back }: RecoverOptions,
): Verdict | 'none' {
  const isEdited = editedOld.length + editedNew.length > 0
  if (back) return isEdited && !back.keepEdited ? 'none' : 'back'
  // Where nothing was decided, nothing was renamed.
  if (decided === undefined) return 'back'
  const wanted = decided === 'forward' && canGoForward && editedOld.length === 0 ? 'forward' : 'back'
  return wanted === 'back' && editedNew.length > 0 ? 'none' : wanted
}

function editedFiles(work: Work): Failure[] {
  const { editedOld, editedNew } = progressOf(work)
  return [...editedOld, ...editedNew].map(({ path: file }) =>
    failure('MDS068', '', path.join(work.state.root, file)),
  )
}

/** A run over several books is decided in one of them. */
function decidedOf(state: State, { run, leader }: Journal): Verdict | undefined {
  if (!leader) return verdictOf(state, run)
  return verdictOf(state, run) ?? verdictOf(stateOf(path.resolve(state.root, leader.root)), leader.run)
}
