/** A run, taken back: the bytes that it wrote over are put in their places, as a run of its own. */
import path from 'node:path'
import { type Failure, fail, failure, messageOf, ok, type Result } from '../failure.ts'
import { readPart } from './carry-out.ts'
import { commitBooks, type Replacement } from './commit.ts'
import { findFile, hashOf } from './found.ts'
import { type Entry, type Journal, oldBytesOf, readJournal, recordOf } from './journal.ts'
import type { Lock } from './lock.ts'
import { recoverLocked } from './recover.ts'
import { recordedRuns } from './runs.ts'
import { type State, stateOf } from './state-folder.ts'

/** A run that was taken back. */
export interface Undone {
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

/**
 * Takes back what was written last to a book: a run that was broken off, else the last finished one.
 *
 * @returns what was done; failures where nothing was: `MDS064` where there is no run, `MDS063` for each file that was
 * edited since, unless those are to be kept
 */
export async function undoBook(
  lock: Lock,
  options: UndoOptions,
): Promise<{ readonly undone?: Undone; readonly failures: readonly Failure[] }> {
  const { state } = lock
  const begun = readJournal(state.journal)
  // An undo that was broken off is what is asked for: it goes on.
  const isUndo = begun.ok && begun.value?.undoes !== undefined
  const recovered = await recoverLocked(lock, options.fsync, isUndo ? undefined : 'back')
  if (!recovered.ok) return { failures: [recovered.failure] }
  if (recovered.value && (!isUndo || recovered.value.verdict === 'forward')) {
    const { failures } = recovered.value
    const journal = isUndo ? turned(recovered.value.journal) : recovered.value.journal
    const places = new Set(failures.map(({ place }) => place))
    const isKept = ({ path: file }: Entry) => places.has(path.join(state.root, file))
    const [restored, kept] = parted(journal.files, (entry) => !isKept(entry))
    return { undone: { journal, wasUnfinished: true, restored, kept }, failures }
  }
  const runs = runsOf(state.root)
  if (!runs.ok) return { failures: [runs.failure] }
  const [journal] = runs.value
  if (!journal) return { failures: [failure('MDS064', '', state.root)] }
  return undoRun(lock, journal, options)
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

async function undoRun(
  lock: Lock,
  journal: Journal,
  { fsync, signal, keepEdited }: UndoOptions,
): Promise<{ readonly undone?: Undone; readonly failures: readonly Failure[] }> {
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
      if ((there ? hashOf(there.bytes) : null) !== entry.after) {
        // What is gone is nobody's text: it comes back with the others.
        if (keepEdited && !there)
          files.push({ path: entry.path, before: undefined, after: oldBytes(state, journal, entry, at) })
        else kept.push(entry)
        if (!keepEdited) failures.push(failure('MDS067', there ? 'it was edited since' : 'it is gone', place))
      } else
        files.push({ path: entry.path, before: there?.bytes, after: oldBytes(state, journal, entry, at) })
    } catch (cause) {
      failures.push(failure('MDS007', messageOf(cause), place, cause))
    }
  }
  if (failures.length > 0) return { failures }
  const what = `undo ${journal.run}`
  const unwritten = await commitBooks([{ lock, files, undoes: journal.run }], { what, fsync, signal })
  if (unwritten.length > 0) return { failures: unwritten }
  const isKept = new Set(kept)
  const restored = journal.files.filter((entry) => !isKept.has(entry))
  return { undone: { journal, wasUnfinished: false, restored, kept }, failures: [] }
}

function oldBytes(state: State, { run }: Journal, { before }: Entry, offset: number): Uint8Array | undefined {
  if (!before) return undefined
  const bytes = readPart(oldBytesOf(state, run), offset, before.size)
  if (hashOf(bytes) !== before.sha256) throw new Error('the bytes that were kept of it are damaged')
  return bytes
}

function parted<Item>(items: readonly Item[], isFirst: (item: Item) => boolean): [Item[], Item[]] {
  return [items.filter(isFirst), items.filter((item) => !isFirst(item))]
}
