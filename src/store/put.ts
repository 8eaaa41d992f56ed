/** The last step: a file that waits comes to its place, and no edit is written over. */
import fs from 'node:fs'
import { codeOf } from '../failure.ts'
import { sha256 } from '../sha256.ts'
import { type Found, openFile, readOpened } from './found.ts'
import { takesPlace } from './takes-place.ts'

/** Somebody has changed the file since. */
export class Edited extends Error {
  constructor() {
    super('it has changed since it was read, and keeps what it has now')
  }
}

/** What is to be put where. */
export interface Putting {
  readonly file: string
  /** Waits beside it. */
  readonly temp: string
  /** The hash of what has to stand there now; `null` where nothing has. */
  readonly expected: string | null
  /** Whether nothing is to stand there any more. */
  readonly removes: boolean
}

/**
 * Looks at a file, and puts another one in its place at once: nothing else of this process comes between.
 *
 * @param close closes what stood there
 * @throws `Edited` where it is not what is expected; it stays then. Else what the file system says
 */
export function put(
  { file, temp, expected, removes }: Putting,
  close: (opened: number) => void = fs.closeSync,
): void {
  const opened = openExpected(file)
  try {
    const there = opened === undefined ? undefined : readOpened(opened)
    if ((there ? sha256(there.bytes) : null) !== expected) throw new Edited()
    if (opened === undefined || !there) putNew(file, temp)
    else {
      if (removes) fs.rmSync(file)
      else fs.renameSync(temp, file)
      keepLateEdit(opened, there, file, temp)
    }
  } finally {
    if (opened !== undefined) close(opened)
  }
}

/** A link that somebody has put there is an edit, too. */
function openExpected(file: string): number | undefined {
  try {
    return openFile(file)
  } catch (cause) {
    throw codeOf(cause) === '' || codeOf(cause) === 'ENOTDIR' ? new Edited() : cause
  }
}

/** A name that is free is taken without a look: whoever was faster keeps it. */
function putNew(file: string, temp: string): void {
  if (!takesPlace(temp, file)) throw new Edited()
  fs.rmSync(temp)
}

/** What was written into a file in the moment between the look at it and the rename is in the old file, which is still open. */
function keepLateEdit(opened: number, seen: Found, file: string, temp: string): void {
  const now = fs.fstatSync(opened)
  if (now.mtimeMs === seen.stat.mtimeMs && now.size === seen.stat.size) return
  const edited = readOpened(opened)
  if (sha256(edited.bytes) === sha256(seen.bytes)) return
  const { mode, uid, gid } = edited.stat
  const written = fs.openSync(temp, 'wx', mode)
  try {
    fs.writeFileSync(written, edited.bytes)
    fs.fchmodSync(written, mode)
    if (process.getuid?.() === 0) fs.fchownSync(written, uid, gid)
    fs.fsyncSync(written)
  } finally {
    fs.closeSync(written)
  }
  fs.renameSync(temp, file)
  throw new Edited()
}
