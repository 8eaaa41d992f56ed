/** Books that mdshift remembers runs of. */
import fs from 'node:fs/promises'
import path from 'node:path'
import { type Checked, type Failure, failure, ok } from '../failure.ts'
import { bookAt } from './discover.ts'
import { foldersBelow } from './walk.ts'

/**
 * Finds the folders that `.mdshift` stands in: those of the books around or below what is given.
 *
 * @param paths folders; an empty list is the current folder
 * @param cwd absolute
 * @returns absolute, in order, each once; `MDS001` for each path that is no folder
 */
export async function rememberedRoots(
  paths: readonly string[],
  cwd: string,
): Promise<Checked<readonly string[]>> {
  const roots = new Set<string>()
  const failures: Failure[] = []
  for (const given of paths.length === 0 ? ['.'] : paths) {
    const place = path.resolve(cwd, given)
    if (!(await isFolder(place))) {
      failures.push(failure('MDS001', 'it is no folder, and a run is undone whole', given))
      continue
    }
    const around = [place, bookAt(path.join(place, 'chapter'), cwd)]
    const below = await foldersBelow(place, (name) => name !== 'node_modules' && name !== '.git')
    const kept = below.filter((folder) => path.basename(folder) === '.mdshift')
    for (const root of [...around, ...kept.map((folder) => path.dirname(folder))])
      if (await isFolder(path.join(root, '.mdshift'))) roots.add(root)
  }
  return failures.length > 0 ? { ok: false, failures } : ok([...roots].sort())
}

async function isFolder(folder: string): Promise<boolean> {
  return fs.lstat(folder).then(
    (stat) => stat.isDirectory(),
    () => false,
  )
}
