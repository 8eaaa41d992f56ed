/** Bytes → a file: all of them, or an error. */
import fs from 'node:fs'
import path from 'node:path'
import { promisify } from 'node:util'
import { codeOf } from '../failure.ts'
import { joinedBytes } from './joined-bytes.ts'

/** What a new file is to have of another one. */
export interface Like {
  readonly mode: number
  readonly uid: number
  readonly gid: number
}

/**
 * Writes a file that is not there yet. A disk that fills up writes short, and says so by a number alone: what was
 * written is counted.
 *
 * @param parts the bytes, one part behind the other
 * @param fsync whether to wait until the disk has them
 * @param like the file that it is to replace, whose mode and, where possible, owner it gets
 * @throws what the file system says; the file is there then, and is not whole
 */
export async function writeWhole(
  file: string,
  parts: Iterable<Uint8Array>,
  fsync: boolean,
  like?: Like,
): Promise<void> {
  const opened = fs.openSync(file, 'wx', like?.mode)
  try {
    if (like) makeLike(opened, like)
    let position = 0
    for (const bytes of joinedParts(parts)) {
      for (let offset = 0; offset < bytes.length; ) {
        const written = fs.writeSync(opened, bytes, offset, bytes.length - offset, position)
        if (written === 0) throw new Error('the disk took no more bytes')
        offset += written
        position += written
      }
    }
    if (fsync) await flushed(opened)
  } catch (cause) {
    throw withPath(cause, file)
  } finally {
    fs.closeSync(opened)
  }
}

/** Bytes that are written at once, so that a thousand small parts are not a thousand calls. */
const STRETCH = 1_000_000

function* joinedParts(parts: Iterable<Uint8Array>): Iterable<Uint8Array> {
  let waiting: Uint8Array[] = []
  let size = 0
  for (const part of parts) {
    waiting.push(part)
    size += part.length
    if (size < STRETCH) continue
    yield joinedBytes(waiting)
    waiting = []
    size = 0
  }
  yield joinedBytes(waiting)
}

/**
 * Writes a small file, in the place of one of that name.
 *
 * @throws what the file system says; what was there before is there still
 */
export async function replaceWhole(file: string, text: string, fsync: boolean, like?: Like): Promise<void> {
  const beside = `${file}.tmp`
  fs.rmSync(beside, { force: true })
  try {
    await writeWhole(beside, [new TextEncoder().encode(text)], fsync, like)
    fs.renameSync(beside, file)
  } catch (cause) {
    removeQuietly(beside)
    throw cause
  }
  if (fsync) await syncFolder(path.dirname(file))
}

/** How many files wait for the disk at once, open: it takes hardly longer for them than for one. */
export const FLUSHED_AT_ONCE = 16

/** What a folder may say that cannot be flushed, or need not be. */
const NOT_FLUSHED = new Set(['EINVAL', 'ENOTSUP', 'EISDIR', 'EPERM'])

/**
 * Waits until the disk knows the names in a folder.
 *
 * @throws what the file system says, unless it is that folders are never flushed there
 */
export async function syncFolder(folder: string): Promise<void> {
  try {
    const opened = fs.openSync(folder, 'r')
    try {
      await flushed(opened)
    } finally {
      fs.closeSync(opened)
    }
  } catch (cause) {
    if (!NOT_FLUSHED.has(codeOf(cause))) throw withPath(cause, folder)
  }
}

/** What goes wrong with an open file does not say which one it is. */
function withPath(cause: unknown, file: string): unknown {
  if (cause instanceof Error && !('path' in cause)) cause.message += ` '${file}'`
  return cause
}

/** What waits for the disk waits beside others; all else is over sooner than a thread would have begun with it. */
const flushed = promisify(fs.fsync)

function makeLike(opened: number, like: Like): void {
  const own = fs.fstatSync(opened)
  const isOthers = own.uid !== like.uid || own.gid !== like.gid
  if (isOthers) giveTo(opened, own, like)
  // Whoever gives a file away may lose bits of its mode.
  if (isOthers || permissions(own) !== permissions(like)) fs.fchmodSync(opened, like.mode)
}

function permissions({ mode }: Like): number {
  return mode & 0o7777
}

/** Only root may give a file away; its group can be kept by whoever is a member. Neither is worth a failure. */
function giveTo(opened: number, own: Like, like: Like): void {
  try {
    fs.fchownSync(opened, like.uid, like.gid)
  } catch {
    try {
      fs.fchownSync(opened, own.uid, like.gid)
    } catch {
      // It stays with who wrote it.
    }
  }
}

function removeQuietly(file: string): void {
  try {
    fs.rmSync(file, { force: true })
  } catch {
    // It is swept by the next run.
  }
}
