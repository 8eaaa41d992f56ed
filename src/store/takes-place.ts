/** A file that is whole gets a second name, if that is free. */
import fs from 'node:fs'
import { codeOf } from '../failure.ts'

/** What file systems say that know no second name of a file. */
const NO_LINKS = new Set(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK'])

/**
 * Gives a file a name that must be free: at once, and with all that is in it.
 *
 * @returns whether it was free
 * @throws what the file system says
 */
export function takesPlace(file: string, name: string): boolean {
  try {
    fs.linkSync(file, name)
    return true
  } catch (cause) {
    if (codeOf(cause) === 'EEXIST') return false
    if (!NO_LINKS.has(codeOf(cause))) throw cause
  }
  try {
    fs.copyFileSync(file, name, fs.constants.COPYFILE_EXCL)
    return true
  } catch (cause) {
    if (codeOf(cause) === 'EEXIST') return false
    throw cause
  }
}
