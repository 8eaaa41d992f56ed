/** Writes new files, and never over one that is there. */
import fs from 'node:fs/promises'
import path from 'node:path'
import { codeOf, type Failure, failure, messageOf } from '../failure.ts'

/**
 * Makes a folder with files in it.
 *
 * @param folder absolute; there must be nothing of that name
 * @param files texts by their paths in it
 * @param name how the user names the folder
 * @returns why it could not be made; what was written before is taken back then
 */
export async function createFolder(
  folder: string,
  files: ReadonlyMap<string, string>,
  name: string,
): Promise<Failure | undefined> {
  try {
    await fs.mkdir(path.dirname(folder), { recursive: true })
    await fs.mkdir(folder)
  } catch (cause) {
    const isThere = codeOf(cause) === 'EEXIST'
    return isThere ? failure('MDS056', '', name) : failure('MDS007', messageOf(cause), name, cause)
  }
  try {
    for (const [file, text] of files) {
      await fs.mkdir(path.dirname(path.join(folder, file)), { recursive: true })
      await fs.writeFile(path.join(folder, file), text, { flag: 'wx' })
    }
  } catch (cause) {
    await fs.rm(folder, { recursive: true, force: true })
    return failure('MDS007', messageOf(cause), name, cause)
  }
  return undefined
}
