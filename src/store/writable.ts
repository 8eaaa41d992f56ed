/** Whether a file may be written over: it is what it was when it was read, and nothing protects it. */
import fs from 'node:fs'
import path from 'node:path'
import { type Failure, failure, messageOf } from '../failure.ts'
import { type Found, findFile } from './found.ts'

/** A file that is to be written. */
interface Unwritten {
  /** Relative to the root, with `/`. */
  readonly path: string
  /** The bytes that were read; none where the file is not there yet. */
  readonly before: Uint8Array | undefined
}

/**
 * Looks for what would keep files from being written, where it has to be known before others are.
 *
 * @param root of their book, absolute
 */
export function unwritable(root: string, files: readonly Unwritten[]): readonly Failure[] {
  return files.flatMap(({ path: file, before }) => {
    const target = path.join(root, file)
    try {
      writable(target, before)
      return []
    } catch (cause) {
      return [failure('MDS007', messageOf(cause), target, cause)]
    }
  })
}

/**
 * The file that is to be replaced; nothing where it is new.
 *
 * @throws what stands against it
 */
export function writable(target: string, before: Uint8Array | undefined): Found | undefined {
  const there = findFile(target)
  if (!before && there) throw new Error('it was not there when the run began, and is now')
  if (before && !(there && Buffer.compare(there.bytes, before) === 0))
    throw new Error('it has changed since it was read')
  if (there && (there.stat.mode & 0o222) === 0) throw new Error('it is read-only')
  if (there && there.stat.nlink > 1)
    throw new Error('it has another name, a hard link, which would keep the old text')
  if (there) fs.accessSync(target, fs.constants.W_OK)
  return there
}
