/**
 * One run at a time works on a book. The lock is a file that names the process; one whose process is gone is nobody's,
 * and is taken over.
 */
import { randomBytes } from 'node:crypto'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { codeOf, fail, messageOf, ok, type Result } from '../failure.ts'
import { findFile } from './found.ts'
import { makeState, removeUnused, type State, stateOf } from './state-folder.ts'
import { takesPlace } from './takes-place.ts'

export interface Lock {
  readonly state: State
  /** Whether it still is this process that works on the book. */
  isHeld(): boolean
  release(): void
}

/**
 * Takes the lock of a book.
 *
 * @param root absolute
 * @returns `MDS060` where another run has it, `MDS061` where it cannot be written
 */
export function lockBook(root: string): Result<Lock> {
  const state = stateOf(root)
  const own = `${JSON.stringify(ownHolder())}\n`
  const waiting = path.join(state.folder, `lock.${process.pid}.${randomBytes(4).toString('hex')}`)
  try {
    makeRoom(state, waiting, own)
    for (let attempts = 0; attempts < 5; attempts += 1) {
      if (takesPlace(waiting, state.lock)) return ok(heldLock(state, own))
      const there = textOf(state.lock)
      if (there === undefined) continue
      if (!isGone(there)) return fail('MDS060', holderWords(there), state.lock)
      moveAway(state.lock, there, `${waiting}.stale`)
    }
    return fail('MDS060', 'others take it again and again', state.lock)
  } catch (cause) {
    removeUnused(state)
    return fail('MDS061', messageOf(cause), state.folder, cause)
  } finally {
    removeQuietly(waiting)
  }
}

/** Somebody who is done may remove the folder just then. */
function makeRoom(state: State, waiting: string, own: string): void {
  for (let attempts = 0; ; attempts += 1) {
    try {
      makeState(state)
      fs.writeFileSync(waiting, own, { flag: 'wx' })
      return
    } catch (cause) {
      if (codeOf(cause) !== 'ENOENT' || attempts > 5) throw cause
    }
  }
}

/** Who has the lock of a book, in words; nothing where nobody has, or the process is gone. */
export function holderOf({ lock }: State): string | undefined {
  const there = textOf(lock)
  return there === undefined || isGone(there) ? undefined : holderWords(there)
}

/** Removes what processes have left that wanted the lock and are gone. */
export function sweepLocks({ folder }: State): void {
  for (const name of fs.readdirSync(folder)) {
    const [, pid] = /^lock\.(\d+)\./.exec(name) ?? []
    if (pid !== undefined && Number(pid) !== process.pid && !isRunning(Number(pid)))
      removeQuietly(path.join(folder, name))
  }
}

function heldLock(state: State, own: string): Lock {
  const isHeld = () => textOf(state.lock) === own
  return {
    state,
    isHeld,
    release() {
      try {
        if (isHeld()) removeQuietly(state.lock)
      } catch {
        // It names a process that is gone soon, and is taken over.
      }
      removeUnused(state)
    },
  }
}

/** A process, so that it can be told from a later one that got its number. */
interface Holder {
  readonly pid: number
  readonly host: string
  /** The numbers of processes count within this: a boot of the machine, and a container on it. */
  readonly space: string
  /** When it started, in ticks since then; empty where the system does not say. */
  readonly started: string
  /** When it took the lock, for people. */
  readonly since: string
}

function ownHolder(): Holder {
  const { pid } = process
  return {
    pid,
    host: os.hostname(),
    space: ownSpace(),
    started: startOf(pid),
    since: new Date().toISOString(),
  }
}

function readHolder(text: string): Holder | undefined {
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value !== 'object' || value === null) return undefined
    const { pid, host, space, started, since } = { ...emptyHolder, ...value }
    return {
      pid: Number(pid),
      host: String(host),
      space: String(space),
      started: String(started),
      since: String(since),
    }
  } catch {
    return undefined
  }
}

const emptyHolder: Record<keyof Holder, unknown> = { pid: 0, host: '', space: '', started: '', since: '' }

/** What no process of ours has written names nobody: the name is there only once all of the text is. */
function isGone(text: string): boolean {
  const holder = readHolder(text)
  if (!holder || !Number.isSafeInteger(holder.pid) || holder.pid <= 0) return true
  if (holder.host !== os.hostname()) return false
  if (holder.space !== ownSpace()) return bootOf(holder.space) !== bootOf(ownSpace())
  return !isRunning(holder.pid) || (holder.started !== '' && startOf(holder.pid) !== holder.started)
}

function holderWords(text: string): string {
  const holder = readHolder(text)
  if (!holder) return 'somebody'
  const where = holder.host === os.hostname() ? '' : ` on ${holder.host}`
  return `process ${holder.pid}${where}, since ${holder.since}`
}

/** Whether there is a process of that number. */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (cause) {
    return codeOf(cause) !== 'ESRCH'
  }
}

/** Linux tells both; elsewhere the number of the process has to do. */
function ownSpace(): string {
  try {
    const boot = fs.readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()
    return `${boot} ${fs.readlinkSync('/proc/self/ns/pid')}`
  } catch {
    return ''
  }
}

function bootOf(space: string): string | undefined {
  return space.split(' ')[0]
}

function startOf(pid: number): string {
  try {
    // The name of the program stands in parentheses, and may hold spaces and parentheses of its own.
    const [, behind = ''] = /^.*\) (.*)$/s.exec(fs.readFileSync(`/proc/${pid}/stat`, 'utf8')) ?? []
    return behind.split(' ')[19] ?? ''
  } catch {
    return ''
  }
}

/** Takes away a lock that is nobody's; one that somebody took meanwhile gets its place again. */
function moveAway(lock: string, nobodys: string, aside: string): void {
  try {
    fs.renameSync(lock, aside)
  } catch (cause) {
    if (codeOf(cause) === 'ENOENT') return
    throw cause
  }
  if (textOf(aside) !== nobodys) takesPlace(aside, lock)
  removeQuietly(aside)
}

/** A pipe or a folder of that name says nothing. */
function textOf(file: string): string | undefined {
  try {
    const found = findFile(file)
    return found && new TextDecoder().decode(found.bytes)
  } catch (cause) {
    if (codeOf(cause) === '' || codeOf(cause) === 'EISDIR') return ''
    throw cause
  }
}

function removeQuietly(file: string): void {
  try {
    fs.rmSync(file, { force: true })
  } catch {
    // It is swept by the next run.
  }
}
