/**
 * A path that somebody gives → the file or folder that is meant. A link that stands in a book, or in the current
 * folder where there is no book, is followed as far as that goes, and never out of it: a run writes what it was
 * shown, and a link in a book that somebody else made must not choose what that is.
 */
import fs from 'node:fs'
import path from 'node:path'
import { fail, messageOf, ok, type Result } from '../failure.ts'
import { bookAround, isWithin } from './folders.ts'

/**
 * Follows the links on a path. One that stands outside of all books, and of the current folder, is the machine's own
 * (`/tmp` of macOS), and may lead anywhere.
 *
 * @param given as the user wrote it
 * @param cwd absolute
 * @returns the path without links, absolute; `MDS001` where there is nothing, `MDS090` for a link that leads out
 */
export function resolveGiven(given: string, cwd: string): Result<string> {
  const absolute = path.resolve(cwd, given)
  const { root } = path.parse(absolute)
  let at = root
  try {
    for (const name of absolute.slice(root.length).split(path.sep)) {
      const next = path.join(at, name)
      if (!fs.lstatSync(next).isSymbolicLink()) {
        at = next
        continue
      }
      const target = fs.realpathSync.native(next)
      const bounds = bookAround(at) ?? (at === cwd || isWithin(cwd, at) ? cwd : undefined)
      if (bounds !== undefined && target !== bounds && !isWithin(bounds, target))
        return fail('MDS090', `${next} leads to ${target}`, given)
      at = target
    }
    // A disk that does not mind the case of names has one name for the file all the same.
    return ok(fs.realpathSync.native(at))
  } catch (cause) {
    return fail('MDS001', messageOf(cause), given, cause)
  }
}
