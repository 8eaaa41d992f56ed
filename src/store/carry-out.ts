/**
 * A run that was decided on, done or taken back: file by file, by what the disk holds at that moment. Each of the two
 * may be broken off anywhere and begun again, and ends the same.
 */
import fs from 'node:fs'
import path from 'node:path'
import { setImmediate as turn } from 'node:timers/promises'
import pMap from 'p-map'
import { codeOf, type Failure, failure, messageOf } from '../failure.ts'
import { sha256 } from '../sha256.ts'
import { closeLater } from './close-later.ts'
import { findFile, isReal, openFile } from './found.ts'
import { type Entry, type Journal, oldBytesOf, tempOf } from './journal.ts'
import { Edited, put } from './put.ts'
import type { State } from './state-folder.ts'
import { FLUSHED_AT_ONCE, syncFolder, writeWhole } from './write-whole.ts'

export interface Work {
  readonly state: State
  readonly journal: Journal
  readonly fsync: boolean
  /** Whether a path is reached without a link. */
  isInside(file: string): boolean
}

export function workOn(state: State, journal: Journal, fsync: boolean): Work {
  const folders = new Map<string, boolean>()
  const isInside = (file: string) => {
    const folder = path.posix.dirname(file)
    const known = folders.get(folder) ?? isReal(state.root, folder)
    folders.set(folder, known)
    return known
  }
  return { state, journal, fsync, isInside }
}

/** What came of carrying a run out. */
export interface Carried {
  /** Files that had to be changed for it. */
  readonly changed: readonly Entry[]
  /** `MDS063` for each file that somebody has changed since, and that keeps its text; `MDS007` for what went wrong. */
  readonly failures: readonly Failure[]
}

/**
 * Puts the new bytes in their places.
 *
 * @param onEdited what to do about a file that somebody has changed since it was read: `stop` there, so that all can be
 * taken back, or `keep` what it is now, and go on
 */
export async function carryForward(work: Work, onEdited: 'keep' | 'stop'): Promise<Carried> {
  const failures: Failure[] = []
  const changed: Entry[] = []
  const closing = closeLater()
  for (const [position, entry] of work.journal.files.entries()) {
    if (position % 256 === 0) await turn()
    await closing.room()
    const temp = tempOf(work.state, work.journal, position)
    try {
      const file = placeOf(work, entry)
      const expected = entry.before?.sha256 ?? null
      put({ file, temp, expected, removes: entry.after === null }, closing.close)
      changed.push(entry)
    } catch (cause) {
      if (cause instanceof Edited && isDone(work, entry, temp)) continue
      failures.push(failureOf(work, entry, cause))
      if (onEdited === 'stop' || !(cause instanceof Edited)) break
      removeQuietly(temp)
    }
  }
  await closing.done()
  return { changed, failures }
}

/** Whether a file has its new text already. */
function isDone(work: Work, entry: Entry, temp: string): boolean {
  if (hashAt(placeOf(work, entry)) !== entry.after) return false
  removeQuietly(temp)
  return true
}

/** Puts the old bytes in their places again. A file that somebody has changed since stays as it is. */
export async function carryBack(work: Work): Promise<Carried> {
  const { state, journal, fsync } = work
  const failures: Failure[] = []
  const changed: Entry[] = []
  let offset = 0
  for (const [position, entry] of journal.files.entries()) {
    const at = offset
    offset += entry.before?.size ?? 0
    if (position % 256 === 0) await turn()
    const temp = tempOf(state, journal, position)
    try {
      const file = placeOf(work, entry)
      fs.rmSync(temp, { force: true })
      if (hashAt(file) === (entry.before?.sha256 ?? null)) continue
      if (hashAt(file) !== entry.after) throw new Edited()
      if (entry.before) {
        const old = readPart(oldBytesOf(state, journal.run), at, entry.before.size)
        if (sha256(old) !== entry.before.sha256) throw new Error('the bytes that were kept of it are damaged')
        await writeWhole(temp, [old], fsync, findFile(file)?.stat)
      }
      put({ file, temp, expected: entry.after, removes: entry.before === null })
      changed.push(entry)
    } catch (cause) {
      failures.push(failureOf(work, entry, cause))
      if (work.isInside(entry.path)) removeQuietly(temp)
    }
  }
  return { changed, failures }
}

/** How far a run came, and what somebody has changed since. */
export interface Progress {
  /** Whether all that is not in its place yet waits beside it, whole. */
  readonly canGoForward: boolean
  /** Files whose old text was edited: they would not fit to the new text of the others. */
  readonly editedOld: readonly Entry[]
  /** Files whose new text was edited, or replaced by something else. */
  readonly editedNew: readonly Entry[]
}

export function progressOf({ state, journal, isInside }: Work): Progress {
  const editedOld: Entry[] = []
  const editedNew: Entry[] = []
  let canGoForward = true
  for (const [position, entry] of journal.files.entries()) {
    if (!isInside(entry.path)) continue
    const there = hashAt(path.join(state.root, entry.path))
    const temp = tempOf(state, journal, position)
    const waits = fs.existsSync(temp)
    if (there === entry.after) continue
    if (there !== (entry.before?.sha256 ?? null))
      (waits || entry.after === null ? editedOld : editedNew).push(entry)
    else if (entry.after !== null && hashAt(temp) !== entry.after) canGoForward = false
  }
  return { canGoForward, editedOld, editedNew }
}

/**
 * Removes what waited and is not needed.
 *
 * @throws what the file system said of the first that could not be removed; the others are gone
 */
export function removeTemps({ state, journal, isInside }: Work): void {
  const errors: unknown[] = []
  for (const [position, { path: file }] of journal.files.entries()) {
    try {
      if (isInside(file)) fs.rmSync(tempOf(state, journal, position), { force: true })
    } catch (cause) {
      // Below what is no folder there is nothing.
      if (codeOf(cause) !== 'ENOTDIR') errors.push(cause)
    }
  }
  if (errors.length > 0) throw errors[0]
}

/**
 * Waits until the disk knows the names in all folders of a run.
 *
 * @throws what the file system says
 */
export async function syncFolders({ state, journal, fsync }: Work): Promise<void> {
  if (!fsync) return
  const folders = new Set(journal.files.map(({ path: file }) => path.join(state.root, path.dirname(file))))
  await pMap(
    [...folders].filter((folder) => fs.existsSync(folder)),
    syncFolder,
    { concurrency: FLUSHED_AT_ONCE },
  )
}

/** A part of the bytes that a run wrote over. */
export function readPart(file: string, offset: number, size: number): Uint8Array {
  const part = Buffer.alloc(size)
  const opened = openFile(file)
  if (opened === undefined) throw new Error('the bytes that were kept of it are gone')
  try {
    let read = 0
    while (read < size) {
      const length = fs.readSync(opened, part, read, size - read, offset + read)
      if (length === 0) throw new Error('the bytes that were kept of it are not whole')
      read += length
    }
    return part
  } finally {
    fs.closeSync(opened)
  }
}

function placeOf({ state, isInside }: Work, entry: Entry): string {
  if (!isInside(entry.path)) throw new Error('its folder is reached through a link')
  return path.join(state.root, entry.path)
}

/** What stands at a path, by its hash: `null` for nothing, and no hash at all for a link, a folder, a pipe. */
function hashAt(file: string): string | null {
  try {
    const found = findFile(file)
    return found ? sha256(found.bytes) : null
  } catch (cause) {
    // The file system's own errors have codes; that something is no file is what somebody made of it.
    if (codeOf(cause) === '' || codeOf(cause) === 'ENOTDIR') return 'no file'
    throw cause
  }
}

function failureOf({ state }: Work, entry: Entry, cause: unknown): Failure {
  const place = path.join(state.root, entry.path)
  return failure(cause instanceof Edited ? 'MDS063' : 'MDS007', messageOf(cause), place, cause)
}

function removeQuietly(file: string): void {
  try {
    fs.rmSync(file, { force: true })
  } catch {
    // The journal names it.
  }
}
