/** Files as git names them, and back: git spells a name as it was added, and a disk may spell it otherwise. */
import fs from 'node:fs/promises'
import path from 'node:path'
import { literally } from './git.ts'
import type { Repository, TrackedFile } from './git-repository.ts'

/**
 * Finds out which of the files that were asked about git means.
 *
 * @returns what takes a name from the top folder on, with `/`, and tells the file; none where it is another one
 */
export function fileNamedIn({ top, files }: Repository): (name: string) => Promise<TrackedFile | undefined> {
  const exact = new Map(files.map((file) => [file.path, file]))
  const alike = new Map(files.map((file) => [folded(file.path), file]))
  return async (name) => {
    const same = exact.get(name)
    if (same) return same
    const twin = alike.get(folded(name))
    return twin && (await isSameFile(path.join(top, name), twin.file)) ? twin : undefined
  }
}

/**
 * The folder that holds all files, as git is asked about it: git compares each name it meets with each name it is
 * given, so that a thousand names take longer than a folder.
 */
export function folderOf(files: readonly TrackedFile[]): readonly string[] {
  const folders = files.map(({ path: name }) => name.split('/').slice(0, -1))
  const [first = []] = folders
  const end = first.findIndex((part, index) => folders.some((folder) => folder[index] !== part))
  const common = (end < 0 ? first : first.slice(0, end)).join('/')
  return common === '' ? [] : ['--', literally(common)]
}

/** Some disks do not tell case, or take two spellings of an accent for one. */
function folded(name: string): string {
  return name.normalize('NFC').toLowerCase()
}

async function isSameFile(one: string, other: string): Promise<boolean> {
  try {
    const [a, b] = await Promise.all([fs.stat(one), fs.stat(other)])
    return a.ino === b.ino && a.dev === b.dev
  } catch {
    return false
  }
}
