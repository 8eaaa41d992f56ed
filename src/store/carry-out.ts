/**
 * A run that was decided on, done or taken back: file by file, by what the disk holds at that moment. Each of the two
 * may be broken off anywhere and begun again, and ends the same.
 */
import fs from 'node:fs'
import path from 'node:path'
import { type Failure, failure, messageOf } from '../failure.ts'
import { type Found, findFile, hashOf, isReal, openFile, readOpened } from './found.ts'
import { type Entry, type Journal, oldBytesOf, tempOf } from './journal.ts'
import type { State } from './state-folder.ts'
import { codeOf, writeWhole } from './write-whole.ts'

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

export interface ForwardOptions {
  /**
   * What to do about a file that somebody has changed since it was read: `stop` there, so that all can be taken back,
   * or `keep` what it is now, and go on. Neither writes over it.
   */
  readonly onEdited: 'stop' | 'keep'
}

/**
 * Puts the new bytes in their places.
 *
 * @returns a failure for each file that is not what it was to be; with `stop`, for the first
 */
export async function carryForward(work: Work, { onEdited }: ForwardOptions): Promise<readonly Failure[]> {
  const failures: Failure[] = []
  for (const [position, entry] of work.journal.files.entries()) {
    if (position % 256 === 0) await turn()
    try {
      if (!work.isInside(entry.path)) throw new Error('its folder is reached through a link')
      placeNew(work, entry, position)
    } catch (cause) {
      failures.push(failureOf(work, entry, cause))
      if (onEdited === 'stop' || !(cause instanceof Edited)) return failures
      fs.rmSync(tempOf(work.state, work.journal, position), { force: true })
    }
  }
  return failures
}

/** Whether all that is not in its place yet waits beside it, whole. */
export function canGoForward({ state, journal }: Work): boolean {
  return journal.files.every((entry, position) => {
    if (entry.after === null) return true
    const there = findFile(path.join(state.root, entry.path))
    if (isEntry(there, entry.after)) return true
    if (!isBefore(there, entry)) return true
    return isEntry(findFile(tempOf(state, journal, position)), entry.after)
  })
}

/**
 * Puts the old bytes in their places again. A file that somebody has changed since stays as it is.
 *
 * @returns a failure for each file that is not what it was
 */
export async function carryBack(work: Work): Promise<readonly Failure[]> {
  const failures: Failure[] = []
  let offset = 0
  for (const [position, entry] of work.journal.files.entries()) {
    const at = offset
    offset += entry.before?.size ?? 0
    try {
      await placeOld(work, entry, position, at)
    } catch (cause) {
      failures.push(failureOf(work, entry, cause))
    }
  }
  return failures
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

/** Somebody has changed the file since. */
class Edited extends Error {
  constructor() {
    super('it has changed since it was read, and keeps what it has now')
  }
}

/** The new bytes' way to their place: looked at, and renamed at once. */
function placeNew({ state, journal }: Work, entry: Entry, position: number): void {
  const file = path.join(state.root, entry.path)
  const temp = tempOf(state, journal, position)
  const opened = openFile(file)
  try {
    const there = opened === undefined ? undefined : readOpened(opened)
    if (isEntry(there, entry.after)) fs.rmSync(temp, { force: true })
    else if (!isBefore(there, entry)) throw new Edited()
    else {
      if (entry.after === null) fs.rmSync(file)
      else fs.renameSync(temp, file)
      if (opened !== undefined && there) keepLateEdit(opened, there, file, temp)
    }
  } finally {
    if (opened !== undefined) fs.closeSync(opened)
  }
}

/** What was written into a file in the moment between the look at it and the rename is in the old file, which is still open. */
function keepLateEdit(opened: number, seen: Found, file: string, temp: string): void {
  const now = fs.fstatSync(opened)
  if (now.mtimeMs === seen.stat.mtimeMs && now.size === seen.stat.size) return
  const edited = readOpened(opened)
  if (hashOf(edited.bytes) === hashOf(seen.bytes)) return
  fs.writeFileSync(temp, edited.bytes, { flag: 'wx', mode: edited.stat.mode, flush: true })
  fs.renameSync(temp, file)
  throw new Edited()
}

async function placeOld(work: Work, entry: Entry, position: number, offset: number): Promise<void> {
  const { state, journal, fsync } = work
  if (!work.isInside(entry.path)) throw new Error('its folder is reached through a link')
  const file = path.join(state.root, entry.path)
  const temp = tempOf(state, journal, position)
  const there = findFile(file)
  fs.rmSync(temp, { force: true })
  if (isBefore(there, entry)) return
  if (!isEntry(there, entry.after)) throw new Edited()
  if (entry.before === null) {
    fs.rmSync(file)
    return
  }
  const old = readPart(oldBytesOf(state, journal.run), offset, entry.before.size)
  if (hashOf(old) !== entry.before.sha256) throw new Error('the bytes that were kept of it are damaged')
  await writeWhole(temp, [old], fsync, there?.stat)
  fs.renameSync(temp, file)
}

function isBefore(there: Found | undefined, { before }: Entry): boolean {
  return isEntry(there, before?.sha256 ?? null)
}

function isEntry(there: Found | undefined, sha256: string | null): boolean {
  return there === undefined ? sha256 === null : sha256 !== null && hashOf(there.bytes) === sha256
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

function failureOf({ state }: Work, entry: Entry, cause: unknown): Failure {
  const place = path.join(state.root, entry.path)
  return failure(cause instanceof Edited ? 'MDS063' : 'MDS007', messageOf(cause), place, cause)
}

/** Lets other things happen. */
function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}
