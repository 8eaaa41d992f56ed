/** What a process has begun to write that is gone now: finished, or taken back. */
import path from 'node:path'
import { type Failure, failure, messageOf, ok, type Result } from '../failure.ts'
import { canGoForward, carryBack, carryForward, workOn } from './carry-out.ts'
import { isUnfinished, type Journal, readJournal, type Verdict, verdictOf, writeVerdict } from './journal.ts'
import { holderOf, type Lock, lockBook } from './lock.ts'
import { closeRun, dropRun, sweep } from './runs.ts'
import { type State, stateOf } from './state-folder.ts'

/** What became of a run that was broken off. */
export interface Recovered {
  /** Of the book, absolute. */
  readonly root: string
  readonly journal: Journal
  /** `forward`: it was finished. `back`: everything is as it was before it. */
  readonly verdict: Verdict
  /** What stands against that: files that somebody has changed since keep their text. */
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
    return await recoverLocked(lock.value, fsync)
  } finally {
    lock.value.release()
  }
}

/**
 * The same for whoever has the lock.
 *
 * @param asked to have it taken back, however far it came
 */
export async function recoverLocked(
  { state }: Lock,
  fsync: boolean,
  asked?: 'back',
): Promise<Result<Recovered | undefined>> {
  try {
    const read = readJournal(state.journal)
    if (read.ok && read.value) return ok(await recoverRun(state, read.value, fsync, asked))
    if (read.ok) sweep(state)
    return read.ok ? ok(undefined) : read
  } catch (cause) {
    return { ok: false, failure: failure('MDS065', messageOf(cause), state.root, cause) }
  }
}

async function recoverRun(
  state: State,
  journal: Journal,
  fsync: boolean,
  asked?: 'back',
): Promise<Recovered> {
  const work = workOn(state, journal, fsync)
  const decided = asked ?? decidedOf(state, journal)
  // Where nothing was decided, nothing was renamed.
  const verdict = decided === 'forward' && canGoForward(work) ? 'forward' : 'back'
  if (verdict === 'back' && decided !== undefined) await writeVerdict(state, journal, 'back', fsync)
  const failures = [
    ...(verdict === 'forward' ? await carryForward(work, { onEdited: 'keep' }) : await carryBack(work)),
  ]
  const isDone = failures.every(({ code }) => code === 'MDS063')
  if (isDone && verdict === 'forward') {
    const failed = await closeRun(work)
    if (failed) failures.push(failed)
  }
  if (isDone && verdict === 'back') await dropRun(work)
  sweep(state)
  return { root: state.root, journal, verdict, failures }
}

/** A run over several books is decided in one of them. */
function decidedOf(state: State, { run, leader }: Journal): Verdict | undefined {
  if (!leader) return verdictOf(state, run)
  return verdictOf(state, run) ?? verdictOf(stateOf(path.resolve(state.root, leader.root)), leader.run)
}
