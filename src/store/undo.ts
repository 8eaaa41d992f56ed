/** A run, taken back: the bytes that it wrote over are put in their places, as a run of its own. */
import path from 'node:path'
import { type Checked, type Failure, fail, failure, messageOf, ok, type Result } from '../failure.ts'
import { sha256 } from '../sha256.ts'
import { readPart } from './carry-out.ts'
import { commitBooks, type Replacement, wasWritten } from './commit.ts'
import { findFile } from './found.ts'
import { type Entry, type Journal, oldBytesOf, readJournal, recordOf } from './journal.ts'
import type { Lock } from './lock.ts'
import { recoverLocked } from './recover.ts'
import { recordedRuns } from './runs.ts'
import { isUnfinished, type State, stateOf } from './state-folder.ts'

/** A run, taken back in one book. */
interface Undone {
  /** Of the book, absolute. */
  readonly root: string
  readonly journal: Journal
  /** Whether it had been broken off. */
  readonly wasUnfinished: boolean
  /** Files that have their old text again, or, where there was none, are gone. */
  readonly restored: readonly Entry[]
  /** Files that were edited since, and keep what they have. */
  readonly kept: readonly Entry[]
}

export interface UndoOptions {
  readonly fsync: boolean
  readonly signal?: AbortSignal | undefined
  /** Whether files that were edited since keep their text, and the others are restored all the same. */
  readonly keepEdited: boolean
}

interface Outcome {
  readonly undone: readonly Undone[]
  readonly failures: readonly Failure[]
}

/**
 * The books that the last thing to undo is about: those where a run was broken off; else those of the newest run.
 *
 * @param roots absolute
 * @returns `MDS064` where nothing is on record
 */
export function lastRunOf(roots: readonly string[]): Result<readonly string[]> {
  const unfinished = roots.filter((root) => isUnfinished(stateOf(root)))
  if (unfinished.length > 0) return ok(unfinished)
  const newest: { readonly root: string; readonly journal: Journal }[] = []
  for (const root of roots) {
    const runs = runsOf(root)
    if (!runs.ok) return runs
    const [journal] = runs.value
    if (journal) newest.push({ root, journal })
  }
  const last = newest.toSorted((a, b) => (a.journal.begun < b.journal.begun ? 1 : -1))[0]
  if (!last) return fail('MDS064', '', roots[0])
  const name = leaderOf(last)
  return ok(newest.filter((one) => leaderOf(one) === name).map(({ root }) => root))
}

/** A run over several books is the same one in each. */
function leaderOf({ root, journal }: { readonly root: string; readonly journal: Journal }): string {
  const { leader, run } = journal
  return leader ? `${path.resolve(root, leader.root)}\0${leader.run}` : `${root}\0${run}`
}

/**
 * Takes back what was written last to books: what was broken off; else their last finished run, in all of them or in none.
 *
 * @param locks of the books that {@link lastRunOf} names
 * @returns what was done; failures where nothing was: `MDS064` where there is no run, `MDS067` for each file that is not
 * what the run wrote, unless those are to be kept
 */
export async function undoBooks(locks: readonly Lock[], options: UndoOptions): Promise<Outcome> {
  const undone: Undone[] = []
  const failures: Failure[] = []
  for (const lock of locks) {
    const ended = await endUnfinished(lock, options)
    undone.push(...ended.undone)
    failures.push(...ended.failures)
  }
  return undone.length > 0 || failures.length > 0 ? { undone, failures } : undoFinished(locks, options)
}

/** What was broken off is taken back; an undo that was is what is asked for, and goes on. */
async function endUnfinished(lock: Lock, { fsync, keepEdited }: UndoOptions): Promise<Outcome> {
  const { root } = lock.state
  const begun = readJournal(lock.state.journal)
  const isUndo = begun.ok && begun.value?.undoes !== undefined
  const recovered = await recoverLocked(lock, isUndo ? { fsync } : { fsync, back: { keepEdited } })
  if (!recovered.ok) return { undone: [], failures: [recovered.failure] }
  if (!recovered.value) return { undone: [], failures: [] }
  const { verdict, failures } = recovered.value
  if (verdict === 'none') return { undone: [], failures }
  const problems = failures.filter(({ code }) => code !== 'MDS063')
  if (isUndo && verdict === 'back') return { undone: [], failures: problems }
  const journal = isUndo ? turned(recovered.value.journal) : recovered.value.journal
  const places = new Set(failures.map(({ place }) => place))
  const isKept = ({ path: file }: Entry) => places.has(path.join(root, file))
  const kept = journal.files.filter(isKept)
  // What a run that was broken off had not changed yet was not restored.
  const restored = isUndo ? journal.files.filter((entry) => !isKept(entry)) : recovered.value.changed
  return { undone: [{ root, journal, wasUnfinished: true, restored, kept }], failures: problems }
}

/** The run of a book that was broken off, or is at work now, if one is. */
export function unfinishedRun(root: string): Journal | undefined {
  const read = readJournal(stateOf(root).journal)
  return read.ok ? read.value : undefined
}

/** An undo, told as the run that it takes back. */
function turned(journal: Journal): Journal {
  const files = journal.files.map(({ path: file, before, after }) => ({
    path: file,
    before: after === null ? null : { sha256: after, size: 0 },
    after: before?.sha256 ?? null,
  }))
  return { ...journal, files }
}

/**
 * The runs that can be undone, the newest first.
 *
 * @returns `MDS062` where one of them cannot be read: those before it cannot be undone without it
 */
export function runsOf(root: string): Result<readonly Journal[]> {
  const state = stateOf(root)
  try {
    const runs: Journal[] = []
    for (const run of recordedRuns(state)) {
      const read = readJournal(recordOf(state, run))
      if (!read.ok) return read
      if (read.value) runs.push(read.value)
    }
    return ok(runs)
  } catch (cause) {
    return fail('MDS062', messageOf(cause), state.runs, cause)
  }
}

async function undoFinished(
  locks: readonly Lock[],
  { fsync, signal, keepEdited }: UndoOptions,
): Promise<Outcome> {
  const failures: Failure[] = []
  const plans: BackwardRun[] = []
  for (const lock of locks) {
    const runs = runsOf(lock.state.root)
    const [journal] = runs.ok ? runs.value : []
    if (!runs.ok) failures.push(runs.failure)
    else if (!journal) failures.push(failure('MDS064', '', lock.state.root))
    else {
      const plan = backwardRun(lock, journal, keepEdited)
      if (plan.ok) plans.push(plan.value)
      else failures.push(...plan.failures)
    }
  }
  if (failures.length > 0) return { undone: [], failures }
  const what = `undo ${plans.map(({ journal }) => journal.run).join(' ')}`
  const batches = plans.map(({ lock, files, journal }) => ({ lock, files, undoes: journal.run }))
  const unwritten = await commitBooks(batches, { what, fsync, signal })
  if (!wasWritten(unwritten)) return { undone: [], failures: unwritten }
  const undone = plans.map(({ lock, journal, kept }) => {
    const restored = journal.files.filter((entry) => !kept.includes(entry))
    return { root: lock.state.root, journal, wasUnfinished: false, restored, kept }
  })
  return { undone, failures: unwritten }
}

/** A run's files with old and new exchanged. */
interface BackwardRun {
  readonly lock: Lock
  readonly journal: Journal
  readonly files: readonly Replacement[]
  readonly kept: readonly Entry[]
}

function backwardRun(lock: Lock, journal: Journal, keepEdited: boolean): Checked<BackwardRun> {
  const { state } = lock
  const failures: Failure[] = []
  const files: Replacement[] = []
  const kept: Entry[] = []
  let offset = 0
  for (const entry of journal.files) {
    const place = path.join(state.root, entry.path)
    const at = offset
    offset += entry.before?.size ?? 0
    try {
      const there = findFile(place)
      const isAsWritten = (there ? sha256(there.bytes) : null) === entry.after
      if (!isAsWritten && !keepEdited)
        failures.push(failure('MDS067', there ? 'it was edited since' : 'it is gone', place))
      // What is gone is nobody's text: it comes back with the others.
      else if (!isAsWritten && there) kept.push(entry)
      else {
        const after = oldBytes(state, journal, entry, at)
        if (there || after) files.push({ path: entry.path, before: there?.bytes, after })
      }
    } catch (cause) {
      failures.push(failure('MDS007', messageOf(cause), place, cause))
    }
  }
  return failures.length > 0 ? { ok: false, failures } : ok({ lock, journal, files, kept })
}

function oldBytes(state: State, { run }: Journal, { before }: Entry, offset: number): Uint8Array | undefined {
  if (!before) return undefined
  const bytes = readPart(oldBytesOf(state, run), offset, before.size)
  if (sha256(bytes) !== before.sha256) throw new Error('the bytes that were kept of it are damaged')
  return bytes
}
