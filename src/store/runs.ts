/** The runs that a book remembers: how one ends, and what is kept of it. */
import fs from 'node:fs'
import path from 'node:path'
import { codeOf, type Failure, failure, messageOf } from '../failure.ts'
import { removeTemps, syncFolders, type Work } from './carry-out.ts'
import { type Journal, oldBytesOf, readJournal, recordOf } from './journal.ts'
import { sweepLocks } from './lock.ts'
import { type State, stateOf } from './state-folder.ts'
import { syncFolder } from './write-whole.ts'

/** How many can be undone, one after the other. */
const KEPT = 10

/**
 * Ends a run that is done: its journal becomes its record.
 *
 * @returns `MDS066` where the disk may not have all of it
 * @throws what the file system says; the journal is there still
 */
export async function closeRun(work: Work): Promise<Failure | undefined> {
  const { state, journal, fsync } = work
  await syncFolders(work)
  if (journal.undoes === undefined) fs.renameSync(state.journal, recordOf(state, journal.run))
  else {
    forget(state, journal.undoes)
    fs.rmSync(oldBytesOf(state, journal.run), { force: true })
    fs.rmSync(state.journal)
  }
  try {
    fs.rmSync(state.verdict, { force: true })
    for (const run of recordedRuns(state).slice(KEPT)) forget(state, run)
  } catch {
    // The next run sweeps it.
  }
  try {
    for (const folder of fsync ? [state.runs, state.folder] : []) await syncFolder(folder)
    return undefined
  } catch (cause) {
    return failure('MDS066', messageOf(cause), state.root, cause)
  }
}

/** Ends a run that changes nothing. What cannot be removed is removed by the next one. */
export function dropRun(work: Work): void {
  const { state, journal } = work
  try {
    removeTemps(work)
    fs.rmSync(oldBytesOf(state, journal.run), { force: true })
    const there = readJournal(state.journal)
    // Against all rules somebody else may be at work here by now.
    if (there.ok && there.value?.run !== journal.run) return
    fs.rmSync(state.journal, { force: true })
    fs.rmSync(state.verdict, { force: true })
  } catch {
    // The journal is there still, and names all that is.
  }
}

/** The number of the next run. */
export function nextRun(state: State): string {
  const newest = Number(recordedRuns(state)[0]?.split('-')[0] ?? 0)
  return String(newest + 1).padStart(6, '0')
}

/**
 * The names of finished runs, the newest first.
 *
 * @throws what the file system says
 */
export function recordedRuns({ runs }: State): string[] {
  return namesIn(runs)
    .flatMap((name) => /^(\d{6,12}-[0-9a-f]{8})\.json$/.exec(name)?.[1] ?? [])
    .sort((a, b) => Number.parseInt(b, 10) - Number.parseInt(a, 10))
}

/**
 * What mdshift wrote last to each file, as far as runs are remembered: the hash of its bytes, SHA-256 in hexadecimal
 * digits.
 *
 * @param root of a book, absolute
 * @returns by path, relative to the root
 */
export function lastWritten(root: string): ReadonlyMap<string, string> {
  const state = stateOf(root)
  const entries = namesOf(state).flatMap((run) => readRun(state, run)?.files ?? [])
  const hashes = new Map(entries.map(({ path: file, after }) => [file, after]))
  return new Map([...hashes].flatMap(([file, after]) => (after === null ? [] : [[file, after]])))
}

/** The oldest first; what cannot be read names nothing. */
function namesOf(state: State): string[] {
  try {
    return recordedRuns(state).toReversed()
  } catch {
    return []
  }
}

/**
 * Removes what broken-off processes left that no journal tells of. Asked by whoever has the lock. What cannot be removed
 * is in nobody's way.
 */
export function sweep(state: State): void {
  try {
    sweepLocks(state)
    for (const name of namesIn(state.folder))
      if (name.endsWith('.tmp')) fs.rmSync(path.join(state.folder, name), { force: true, recursive: true })
    if (fs.existsSync(state.journal)) return
    fs.rmSync(state.verdict, { force: true })
    const records = new Set(recordedRuns(state))
    for (const name of namesIn(state.runs))
      if (name.endsWith('.old') && !records.has(name.slice(0, -'.old'.length)))
        fs.rmSync(path.join(state.runs, name), { force: true })
  } catch {
    // The next run tries again.
  }
}

/** A run as its record tells it. */
function readRun(state: State, run: string): Journal | undefined {
  const read = readJournal(recordOf(state, run))
  return read.ok ? read.value : undefined
}

/** First the record: bytes that no record names are swept. */
function forget(state: State, run: string): void {
  fs.rmSync(recordOf(state, run), { force: true })
  fs.rmSync(oldBytesOf(state, run), { force: true })
}

function namesIn(folder: string): string[] {
  try {
    return fs.readdirSync(folder)
  } catch (cause) {
    if (codeOf(cause) === 'ENOENT') return []
    throw cause
  }
}
