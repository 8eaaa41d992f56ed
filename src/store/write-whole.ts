/** Bytes → a file: all of them, or an error. */
import fs from 'node:fs/promises'
import path from 'node:path'
import { codeOf } from '../failure.ts'

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
  const handle = await fs.open(file, 'wx', like?.mode)
  try {
    if (like) await makeLike(handle, like)
    let position = 0
    for (const bytes of parts) {
      for (let offset = 0; offset < bytes.length; ) {
        const { bytesWritten } = await handle.write(bytes, offset, bytes.length - offset, position)
        if (bytesWritten === 0) throw new Error('the disk took no more bytes')
        offset += bytesWritten
        position += bytesWritten
      }
    }
    if (fsync) await handle.sync()
  } catch (cause) {
    throw withPath(cause, file)
  } finally {
    await handle.close()
  }
}

/**
 * Writes a small file, in the place of one of that name.
 *
 * @throws what the file system says; what was there before is there still
 */
export async function replaceWhole(file: string, text: string, fsync: boolean, like?: Like): Promise<void> {
  const beside = `${file}.tmp`
  await fs.rm(beside, { force: true })
  try {
    await writeWhole(beside, [new TextEncoder().encode(text)], fsync, like)
    await fs.rename(beside, file)
  } catch (cause) {
    await fs.rm(beside, { force: true }).catch(() => {})
    throw cause
  }
  if (fsync) await syncFolder(path.dirname(file))
}

/** What a folder may say that cannot be flushed, or need not be. */
const NOT_FLUSHED = new Set(['EINVAL', 'ENOTSUP', 'EISDIR', 'EPERM'])

/**
 * Waits until the disk knows the names in a folder.
 *
 * @throws what the file system says, unless it is that folders are never flushed there
 */
export async function syncFolder(folder: string): Promise<void> {
  try {
    const handle = await fs.open(folder, 'r')
    try {
      await handle.sync()
    } finally {
      await handle.close()
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

async function makeLike(handle: fs.FileHandle, like: Like): Promise<void> {
  const own = await handle.stat()
  if (own.uid !== like.uid || own.gid !== like.gid) await giveTo(handle, own, like)
  await handle.chmod(like.mode)
}

/** Only root may give a file away; its group can be kept by whoever is a member. Neither is worth a failure. */
async function giveTo(handle: fs.FileHandle, own: Like, like: Like): Promise<void> {
  try {
    await handle.chown(like.uid, like.gid)
  } catch {
    await handle.chown(own.uid, like.gid).catch(() => {})
  }
}
