import fs from 'node:fs/promises'
import path from 'node:path'

/**
 * The path of a file without links in it. A file that is not there yet has the name that it will have in its folder.
 *
 * @param file absolute
 */
export async function realPath(file: string): Promise<string> {
  try {
    return await fs.realpath(file)
  } catch {
    const folder = await fs.realpath(path.dirname(file)).catch(() => path.dirname(file))
    return path.join(folder, path.basename(file))
  }
}
