/** Files that are no part of a book: a file of decisions, a plan. */
import { randomBytes } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { type Checked, type Failure, failure, messageOf, ok } from '../failure.ts'
import { isRunning } from './lock.ts'
import { writable } from './writable.ts'
import { syncFolder, writeWhole } from './write-whole.ts'

export interface Alone {
  /** Absolute. */
  readonly file: string
  /** The bytes that were read; none where the file is not there yet. */
  readonly before: Uint8Array | undefined
  readonly after: Uint8Array
}

/** Files whose new bytes wait beside them. */
export interface Waiting {
  /**
   * Puts each in its place, wholly or not at all, in their order.
   *
   * @returns why one could not be; then those behind it are not either
   */
  place(): Promise<readonly Failure[]>
  /** Lets them be. */
  drop(): void
}

/**
 * Makes all ready that is to be written, so that little can go wrong later.
 *
 * @returns `MDS007` for each that cannot be written; then nothing waits
 */
export async function stageAlone(files: readonly Alone[], fsync: boolean): Promise<Checked<Waiting>> {
  const staged: { readonly file: Alone; readonly temp: string }[] = []
  const failures: Failure[] = []
  for (const file of files) {
    const folder = path.dirname(file.file)
    const temp = path.join(folder, `.mdshift-${process.pid}-${randomBytes(4).toString('hex')}.tmp`)
    staged.push({ file, temp })
    try {
      sweepBeside(folder)
      const there = writable(file.file, file.before)
      await writeWhole(temp, [file.after], fsync, there?.stat)
    } catch (cause) {
      failures.push(failure('MDS007', messageOf(cause), file.file, cause))
    }
  }
  const drop = () => {
    for (const { temp } of staged) removeQuietly(temp)
  }
  if (failures.length === 0) return ok({ place: () => placeAll(staged, fsync, drop), drop })
  drop()
  return { ok: false, failures }
}

async function placeAll(
  staged: readonly { readonly file: Alone; readonly temp: string }[],
  fsync: boolean,
  drop: () => void,
): Promise<readonly Failure[]> {
  for (const { file, temp } of staged) {
    try {
      writable(file.file, file.before)
      fs.renameSync(temp, file.file)
      if (fsync) await syncFolder(path.dirname(file.file))
    } catch (cause) {
      drop()
      return [failure('MDS007', messageOf(cause), file.file, cause)]
    }
  }
  return []
}

/** What a process that is gone has left there. */
function sweepBeside(folder: string): void {
  for (const name of fs.readdirSync(folder)) {
    const [, pid] = /^\.mdshift-(\d+)-[0-9a-f]{8}\.tmp$/.exec(name) ?? []
    if (pid !== undefined && !isRunning(Number(pid))) removeQuietly(path.join(folder, name))
  }
}

function removeQuietly(file: string): void {
  try {
    fs.rmSync(file, { force: true })
  } catch {
    // It is swept by the next run that writes there.
  }
}
