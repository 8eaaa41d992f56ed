/**
 * What changes the disk, and the only room that does. All new bytes are written beside their files, counted
 * and flushed, and every file is compared with what was read, before the first is renamed into place: what
 * goes wrong before that leaves everything as it was. A rename that fails takes back those before it. Each
 * file is wholly old or wholly new, or, where it was not there, wholly there or not at all.
 */
import { randomBytes } from 'node:crypto'
import { constants, type Stats } from 'node:fs'
import fs from 'node:fs/promises'
import path from 'node:path'
import { type Failure, failure, messageOf } from '../failure.ts'

/** One file to replace, or to create. */
export interface Replacement {
  /** Absolute. */
  readonly file: string
  /** The bytes that were read; none where the file is not there yet. */
  readonly before: Uint8Array | undefined
  readonly after: Uint8Array
}

interface Staged extends Replacement {
  /** The new bytes' own file. */
  readonly beside: string
}

/**
 * Replaces files, and creates those that are not there yet: all of them, or none if one cannot be.
 *
 * @returns nothing where all was written; else an `MDS007` for each file that kept the run from it, and for
 * each that could not be taken back
 */
export async function commitFiles(replacements: readonly Replacement[]): Promise<readonly Failure[]> {
  const staged: Staged[] = []
  const failures: Failure[] = []
  for (const replacement of replacements) {
    const name = `.mdshift-${randomBytes(8).toString('hex')}.tmp`
    const stage = { ...replacement, beside: path.join(path.dirname(replacement.file), name) }
    staged.push(stage)
    await attempt(stage, () => prepare(stage), failures)
  }
  if (failures.length === 0) for (const stage of staged) await attempt(stage, () => compare(stage), failures)
  if (failures.length === 0) await renameAll(staged, failures)
  await discard(staged)
  return failures
}

async function renameAll(staged: readonly Staged[], failures: Failure[]): Promise<void> {
  const done: Staged[] = []
  for (const stage of staged) {
    await attempt(stage, () => compare(stage), failures)
    if (failures.length === 0) await attempt(stage, () => fs.rename(stage.beside, stage.file), failures)
    if (failures.length > 0) break
    done.push(stage)
  }
  if (failures.length > 0)
    for (const stage of done.reverse()) await attempt(stage, () => takeBack(stage), failures)
}

async function attempt(stage: Staged, work: () => Promise<void>, failures: Failure[]): Promise<void> {
  try {
    await work()
  } catch (cause) {
    failures.push(failure('MDS007', messageOf(cause), stage.file, cause))
  }
}

async function prepare(stage: Staged): Promise<void> {
  const { file, beside, before, after } = stage
  if (before) await fs.access(file, constants.W_OK)
  await compare(stage)
  await writeWhole(beside, after, before && (await fs.stat(file)))
}

async function compare({ file, before }: Staged): Promise<void> {
  if (!before) {
    if (await isThere(file)) throw new Error('it was not there when the run began, and is now')
  } else if (!(await fs.readFile(file)).equals(before)) throw new Error('it has changed since it was read')
}

/** Whatever bears that name, a link that leads nowhere included. */
async function isThere(file: string): Promise<boolean> {
  try {
    await fs.lstat(file)
    return true
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return false
    throw cause
  }
}

/** Puts the old bytes in place of the new ones, or removes what was created, unless somebody has changed it since. */
async function takeBack({ file, beside, before, after }: Staged): Promise<void> {
  if (!(await fs.readFile(file)).equals(after)) throw new Error('it was written, and has changed since')
  if (!before) return fs.rm(file)
  await writeWhole(beside, before, await fs.stat(file))
  await fs.rename(beside, file)
}

/**
 * Mode and, where possible, owner are those of the file to replace. A disk that fills up writes short: what
 * was written is counted.
 *
 * @param like the file to replace; none where it is new, and gets what the process gives
 */
async function writeWhole(file: string, bytes: Uint8Array, like: Stats | undefined): Promise<void> {
  const handle = await fs.open(file, 'wx', like?.mode)
  try {
    if (like) await makeLike(handle, like)
    for (let offset = 0; offset < bytes.length; ) {
      const { bytesWritten } = await handle.write(bytes, offset)
      if (bytesWritten === 0) throw new Error('the disk took no more bytes')
      offset += bytesWritten
    }
    await handle.sync()
  } finally {
    await handle.close()
  }
}

async function makeLike(handle: fs.FileHandle, like: Stats): Promise<void> {
  const own = await handle.stat()
  if (own.uid !== like.uid || own.gid !== like.gid) await giveTo(handle, own, like)
  await handle.chmod(like.mode)
}

/** Removes what was staged and not renamed. */
async function discard(staged: readonly Staged[]): Promise<void> {
  for (const { beside } of staged) await fs.rm(beside, { force: true }).catch(() => {})
}

/** Only root may give a file away; its group can be kept by whoever is a member. Neither is worth a failure. */
async function giveTo(handle: fs.FileHandle, own: Stats, like: Stats): Promise<void> {
  try {
    await handle.chown(like.uid, like.gid)
  } catch {
    await handle.chown(own.uid, like.gid).catch(() => {})
  }
}
