/** One file that is no part of a book: a file of decisions, a plan. */
import { randomBytes } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { type Failure, failure, messageOf } from '../failure.ts'
import { findFile } from './found.ts'
import { isRunning } from './lock.ts'
import { syncFolder, writeWhole } from './write-whole.ts'

export interface Alone {
  /** Absolute. */
  readonly file: string
  /** The bytes that were read; none where the file is not there yet. */
  readonly before: Uint8Array | undefined
  readonly after: Uint8Array
}

/**
 * Replaces a file, or creates it: wholly, or not at all.
 *
 * @returns `MDS007` where it cannot be written, or is not what it was
 */
export async function writeAlone(
  { file, before, after }: Alone,
  fsync: boolean,
): Promise<Failure | undefined> {
  const folder = path.dirname(file)
  const temp = path.join(folder, `.mdshift-${process.pid}-${randomBytes(4).toString('hex')}.tmp`)
  try {
    sweepBeside(folder)
    const there = compare(file, before)
    if (there && (there.stat.mode & 0o222) === 0) throw new Error('it is read-only')
    if (there) fs.accessSync(file, fs.constants.W_OK)
    await writeWhole(temp, [after], fsync, there?.stat)
    compare(file, before)
    fs.renameSync(temp, file)
    if (fsync) await syncFolder(folder)
    return undefined
  } catch (cause) {
    fs.rmSync(temp, { force: true })
    return failure('MDS007', messageOf(cause), file, cause)
  }
}

function compare(file: string, before: Uint8Array | undefined): ReturnType<typeof findFile> {
  const there = findFile(file)
  if (!before && there) throw new Error('it was not there when the run began, and is now')
  if (before && !(there && Buffer.from(there.bytes).equals(before)))
    throw new Error('it has changed since it was read')
  return there
}

/** What a process that is gone has left there. */
function sweepBeside(folder: string): void {
  for (const name of fs.readdirSync(folder)) {
    const [, pid] = /^\.mdshift-(\d+)-[0-9a-f]{8}\.tmp$/.exec(name) ?? []
    if (pid !== undefined && !isRunning(Number(pid))) fs.rmSync(path.join(folder, name), { force: true })
  }
}
