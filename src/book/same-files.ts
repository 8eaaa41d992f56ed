/** Paths that lead to one and the same file, as the disk tells: by device and inode. */
import fs, { type BigIntStats } from 'node:fs'
import { type Breathe, unhurried } from '../breathe.ts'

/** Tells of each file, absolute, whether it was met before by another path, and whether it has several names. */
export interface Identities {
  /** Whether another path led to the file before; the path itself counts as met from then on. */
  isMet(file: string): boolean
  /** Whether it has other names, anywhere on the disk: hard links. */
  hasOtherNames(file: string): boolean
}

/** Looks at files; those that are gone by then are no other's. */
export async function identitiesOf(
  files: Iterable<string>,
  breathe: Breathe = unhurried,
): Promise<Identities> {
  const stats = new Map<string, { readonly key: string; readonly hasOthers: boolean }>()
  for (const file of new Set(files)) {
    await breathe()
    const found = lstat(file)
    if (found) stats.set(file, { key: `${found.dev}:${found.ino}`, hasOthers: found.nlink > 1n })
  }
  const first = new Map<string, string>()
  const hasOtherNames = (file: string) => stats.get(file)?.hasOthers ?? false
  return {
    hasOtherNames,
    isMet(file) {
      const found = stats.get(file)
      // Two names of one file are two chapters, each with its own links; neither is written.
      if (!found || hasOtherNames(file)) return false
      const known = first.get(found.key) ?? file
      first.set(found.key, known)
      return known !== file
    },
  }
}

function lstat(file: string): BigIntStats | undefined {
  try {
    return fs.lstatSync(file, { bigint: true, throwIfNoEntry: false })
  } catch {
    return undefined
  }
}
