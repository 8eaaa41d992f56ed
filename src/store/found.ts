/** What stands at a path at this moment. */
import fs, { type Stats } from 'node:fs'
import path from 'node:path'
import { codeOf } from '../failure.ts'
import { toPosix } from '../posix.ts'
import { joinedBytes } from './joined-bytes.ts'

/** A regular file. */
export interface Found {
  readonly bytes: Uint8Array
  readonly stat: Stats
}

const { O_RDONLY, O_NOFOLLOW = 0, O_NONBLOCK = 0 } = fs.constants

/**
 * Reads a regular file, and follows no link to it; a pipe does not block.
 *
 * @returns nothing where nothing bears that name
 * @throws what the file system says, and where something else than a file bears it
 */
export function findFile(file: string): Found | undefined {
  const opened = openFile(file)
  if (opened === undefined) return undefined
  try {
    return readOpened(opened)
  } finally {
    fs.closeSync(opened)
  }
}

/** The same, left open. */
export function openFile(file: string): number | undefined {
  try {
    return fs.openSync(file, O_RDONLY | O_NOFOLLOW | O_NONBLOCK)
  } catch (cause) {
    if (codeOf(cause) === 'ENOENT') return undefined
    if (codeOf(cause) === 'ELOOP') throw new Error('it is a symbolic link', { cause })
    throw cause
  }
}

/** What an open file is now, from its beginning. */
export function readOpened(opened: number): Found {
  const stat = fs.fstatSync(opened)
  if (!stat.isFile()) throw new Error('it is no regular file')
  const parts: Buffer[] = []
  for (let position = 0; ; ) {
    const part = Buffer.allocUnsafe(Math.max(stat.size - position, 0) + 1)
    const length = fs.readSync(opened, part, 0, part.length, position)
    if (length === 0) return { bytes: joinedBytes(parts), stat }
    parts.push(part.subarray(0, length))
    position += length
  }
}

/**
 * Tells whether a folder, written with `/` from the root on, is reached without a link: chapters are found by no link, and
 * a name of the book's may lead into what is none of it. One that is gone leads nowhere else.
 *
 * @param root absolute
 */
export function isReal(root: string, folder: string): boolean {
  let place = root
  for (const name of folder === '.' ? [] : folder.split('/')) {
    place = path.join(place, name)
    const stat = fs.lstatSync(place, { throwIfNoEntry: false })
    if (!stat) return true
    if (stat.isSymbolicLink()) return false
  }
  return isOwnFolder(fs.realpathSync.native(root), fs.realpathSync.native(place))
}

/** Some disks know a folder by several spellings of its name: what counts is the one that it has. */
function isOwnFolder(root: string, folder: string): boolean {
  const names = path.relative(root, folder)
  return names === '' || (!path.isAbsolute(names) && isOwnPath(toPosix(names)))
}

/** What other programs keep beside a book, and run: a journal that came with a book must not reach it. */
const FOREIGN = new Set(['', '.', '..', '.bzr', '.git', '.hg', '.jj', '.mdshift', '.svn', 'node_modules'])

/** Whether a path, with `/`, leads nowhere but down, and to nothing that is not a book's. */
export function isOwnPath(file: string): boolean {
  const isForeign = path.sep === '/' ? /\0/ : /\0|\\|:/
  return !isForeign.test(file) && file.split('/').every((name) => !FOREIGN.has(name.toLowerCase()))
}
