/** What things are called in what a user reads: as they would name them from where they are. */
import path from 'node:path'
import { toPosix } from '../posix.ts'

/**
 * A file or folder, from the current one: `.` for that itself, and the whole path of what lies elsewhere.
 *
 * @param cwd absolute
 * @param file absolute
 */
export function nameFrom(cwd: string, file: string): string {
  const name = toPosix(path.relative(cwd, file)) || '.'
  return isElsewhere(name) ? file : name
}

/**
 * A file of a book: from the book's root where the book lies elsewhere.
 *
 * @param root of the book, absolute
 * @param file relative to it, with `/`
 */
export function nameInBook(cwd: string, root: string, file: string): string {
  const name = toPosix(path.relative(cwd, path.join(root, file)))
  return isElsewhere(name) ? file : name
}

function isElsewhere(name: string): boolean {
  return name === '..' || name.startsWith('../') || path.isAbsolute(name)
}
