/** Files that are no chapters and that the configuration has searched: templates, scripts, other formats. */
import path from 'node:path'
import { type Failure, failure } from '../failure.ts'
import { filesNamed } from './discover.ts'
import { DEFAULT_LIMITS } from './limits.ts'
import { readSource } from './load.ts'

export interface ResidueFile {
  /** Relative to the book's root, with `/`; one that lies elsewhere begins with `../`. */
  readonly path: string
  /** Without byte order mark. */
  readonly text: string
}

/** Which files those are. */
export interface ResiduePatterns {
  /** Globs; `!` leaves out. */
  readonly patterns: readonly string[]
  /** The folder that they are relative to, absolute. */
  readonly folder: string
}

/**
 * Reads the files that patterns name for a book.
 *
 * @param root of the book, absolute
 * @param patterns which files, and from which folder on
 * @param isChapter whether a file is a chapter, and is looked at as one
 * @param limit bytes of one file
 * @returns the files, and warnings: `MDS042` for a pattern that matches nothing, and what cannot be read
 */
export async function readResidueFiles(
  root: string,
  { patterns, folder }: ResiduePatterns,
  isChapter: (file: string) => boolean,
  limit: number = DEFAULT_LIMITS.fileSize,
): Promise<{ readonly files: readonly ResidueFile[]; readonly warnings: readonly Failure[] }> {
  const without = patterns.filter((pattern) => pattern.startsWith('!'))
  const warnings: Failure[] = []
  const named = new Set<string>()
  for (const pattern of patterns) {
    if (pattern.startsWith('!')) continue
    const found = await filesNamed([pattern, ...without], folder, root)
    if (found.length === 0) warnings.push(failure('MDS042', JSON.stringify(pattern), folder))
    for (const file of found) if (!isChapter(file)) named.add(file)
  }
  const files: ResidueFile[] = []
  for (const file of [...named].sort()) {
    const read = await readSource(path.join(root, file), file, undefined, limit)
    if (read.ok) files.push({ path: file, text: read.value.text })
    else warnings.push(read.failure)
  }
  return { files, warnings }
}
