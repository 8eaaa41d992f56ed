/**
 * A folder → the files below it, as the disk has them. Links are not followed, and neither are they files. What
 * cannot be looked at is told, and the rest is found all the same.
 */
import { isUtf8 } from 'node:buffer'
import fs from 'node:fs'
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

/** A name on Linux is any bytes: where they are no text, `path` leads elsewhere, and they are kept. */
interface Found {
  readonly path: string
  readonly bytes: Buffer | undefined
}

/** Finds the regular files below a folder, absolute. */
export async function walk(top: string, { takes, enters }: WalkRules): Promise<Walked> {
  const files: string[] = []
  const failures: Failure[] = []
  const folders: Found[] = [{ path: top, bytes: undefined }]
  for (let folder = folders.pop(); folder; folder = folders.pop()) {
    let entries: readonly Entry[] = []
    try {
      entries = entriesOf(folder)
    } catch (cause) {
      const place = folder.bytes ? escaped(folder.bytes) : folder.path
      failures.push(failure('MDS092', messageOf(cause), place, cause))
    }
    for (const { found, kind } of entries) {
      if (kind === 'folder') {
        if (await enters(found.path)) folders.push(found)
      } else if (takes(found.path)) {
        if (found.bytes) failures.push(failure('MDS091', '', escaped(found.bytes)))
        else files.push(found.path)
      }
    }
  }
  return { files, failures }
}

/** What a folder holds that is looked at. */
interface Entry {
  readonly found: Found
  readonly kind: 'file' | 'folder'
}

function entriesOf({ path: folder, bytes }: Found): readonly Entry[] {
  const entries = bytes ? undefined : fs.readdirSync(folder, { withFileTypes: true })
  // What is no text is read as such a character.
  if (!entries || entries.some(({ name }) => name.includes('\ufffd')))
    return entriesByBytes(folder, bytes ?? Buffer.from(folder))
  const before = folder.endsWith(path.sep) ? folder : folder + path.sep
  return entries.flatMap((entry) => {
    const kind = kindOf(entry)
    return kind ? [{ found: { path: before + entry.name, bytes: undefined }, kind }] : []
  })
}

function entriesByBytes(folder: string, bytes: Buffer): readonly Entry[] {
  return fs.readdirSync(bytes, { encoding: 'buffer', withFileTypes: true }).flatMap((entry) => {
    const kind = kindOf(entry)
    const whole = Buffer.concat([bytes, Buffer.from(path.sep), entry.name])
    const found = {
      path: path.join(folder, entry.name.toString()),
      bytes: isUtf8(whole) ? undefined : whole,
    }
    return kind ? [{ found, kind }] : []
  })
}

function kindOf(entry: Pick<fs.Dirent, 'isDirectory' | 'isFile'>): Entry['kind'] | undefined {
  if (entry.isDirectory()) return 'folder'
  return entry.isFile() ? 'file' : undefined
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

/** Bytes that are no text as `\xff`, so that a person can find the file. */
function escaped(bytes: Buffer): string {
  if (isUtf8(bytes)) return bytes.toString()
  return Array.from(bytes, (byte) =>
    byte < 0x80 ? String.fromCharCode(byte) : `\\x${byte.toString(16)}`,
  ).join('')
}
