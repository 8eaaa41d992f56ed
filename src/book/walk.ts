/**
 * A folder → the files below it, as the disk has them. Links are not followed, and neither are they files. What
 * cannot be looked at is told, and the rest is found all the same.
 */
import { isUtf8 } from 'node:buffer'
import fs from 'node:fs/promises'
import path from 'node:path'
import { type Failure, failure, messageOf } from '../failure.ts'

export interface Walked {
  /** Absolute. */
  readonly files: readonly string[]
  /** Folders that cannot be read, and names that cannot be said. */
  readonly failures: readonly Failure[]
}

export interface WalkRules {
  /** Whether a file, absolute, is looked for. */
  takes(file: string): boolean
  /** Whether a folder, absolute, is looked into. */
  enters(folder: string): Promise<boolean> | boolean
}

/** A name on Linux is any bytes: `isSayable` tells whether they are text, so that `path` leads there. */
interface Found {
  readonly bytes: Buffer
  readonly path: string
  readonly isSayable: boolean
}

/** Finds the regular files below a folder, absolute. */
export async function walk(top: string, { takes, enters }: WalkRules): Promise<Walked> {
  const files: string[] = []
  const failures: Failure[] = []
  const folders: Found[] = [{ bytes: Buffer.from(top), path: top, isSayable: true }]
  for (let folder = folders.pop(); folder; folder = folders.pop()) {
    try {
      for (const entry of await fs.readdir(folder.bytes, { encoding: 'buffer', withFileTypes: true })) {
        const found = within(folder, entry.name)
        if (entry.isDirectory()) {
          if (await enters(found.path)) folders.push(found)
        } else if (entry.isFile() && takes(found.path)) {
          if (found.isSayable) files.push(found.path)
          else failures.push(failure('MDS091', '', escaped(found.bytes)))
        }
      }
    } catch (cause) {
      failures.push(failure('MDS092', messageOf(cause), escaped(folder.bytes), cause))
    }
  }
  return { files, failures }
}

/**
 * Finds all folders below one, as far as they can be read.
 *
 * @param enters whether a folder of that name counts, with those in it
 */
export async function foldersBelow(
  top: string,
  enters: (name: string) => boolean,
): Promise<readonly string[]> {
  const found: string[] = []
  const rules: WalkRules = {
    takes: () => false,
    enters(folder) {
      const counts = enters(path.basename(folder))
      if (counts) found.push(folder)
      return counts
    },
  }
  await walk(top, rules)
  return found
}

function within({ bytes, path: folder, isSayable }: Found, name: Buffer): Found {
  return {
    bytes: Buffer.concat([bytes, Buffer.from(path.sep), name]),
    path: path.join(folder, name.toString()),
    isSayable: isSayable && isUtf8(name),
  }
}

/** Bytes that are no text as `\xff`, so that a person can find the file. */
function escaped(bytes: Buffer): string {
  if (isUtf8(bytes)) return bytes.toString()
  return Array.from(bytes, (byte) =>
    byte < 0x80 ? String.fromCharCode(byte) : `\\x${byte.toString(16)}`,
  ).join('')
}
