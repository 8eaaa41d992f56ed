/**
 * The repositories that files lie in. Each file is asked about by itself: a book may hold submodules, or lie in
 * several repositories with another one.
 */
import fs from 'node:fs/promises'
import path from 'node:path'
import { type Checked, type Failure, failure, ok, type Result } from '../failure.ts'
import { toPosix } from '../posix.ts'
import { type GitAnswer, git, lineOf } from './git.ts'
import { realPath } from './real-path.ts'

export interface TrackedFile {
  /** Absolute, as it was given. */
  readonly file: string
  /** Relative to the repository's top folder, with `/`. */
  readonly path: string
}

export interface Repository {
  /** The top folder of its working tree, absolute. */
  readonly top: string
  /** Those that were asked about. */
  readonly files: readonly TrackedFile[]
}

export interface Repositories {
  readonly repositories: readonly Repository[]
  /** Files in no repository, or in one that has no working tree there. */
  readonly outside: readonly string[]
  /** Whether there is a git to ask. */
  readonly hasGit: boolean
}

/**
 * Finds the repositories of files.
 *
 * @param files absolute; they need not be there, but their folders
 * @returns in the order of their top folders; `MDS071` where git refuses to look at one
 */
export async function repositoriesOf(files: readonly string[]): Promise<Checked<Repositories>> {
  const folders = new Map<string, Promise<string | undefined>>()
  const places = await Promise.all(
    files.map(async (file) => {
      const real = await realPath(file)
      return { file, real, folder: await markedFolder(path.dirname(real), folders) }
    }),
  )
  const tops = new Map<string, Asked>()
  for (const { folder } of places)
    if (folder !== undefined && !tops.has(folder)) tops.set(folder, await topOf(folder))
  const failures = [...tops.values()].flatMap((top): Failure[] => (top.ok ? [] : [top.failure]))
  if (failures.length > 0) return { ok: false, failures }
  const found = new Map<string, TrackedFile[]>()
  const outside: string[] = []
  for (const { file, real, folder } of places) {
    const asked = folder === undefined ? undefined : tops.get(folder)
    const top = asked?.ok && typeof asked.value === 'object' ? asked.value.top : undefined
    const kept = top === undefined ? undefined : pathIn(top, real)
    if (top === undefined || kept === undefined) outside.push(file)
    else if (!found.get(top)?.push({ file, path: kept })) found.set(top, [{ file, path: kept }])
  }
  const repositories = [...found]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([top, own]) => ({ top, files: own }))
  const hasGit = [...tops.values()].every((asked) => asked.ok && asked.value !== 'no git')
  return ok({ repositories, outside, hasGit })
}

/** What git said, as the failure of somebody who cannot go on without it. */
export function gitFailure(answer: GitAnswer | undefined, folder: string): Failure {
  const said = answer?.stderr.trim() ?? ''
  return failure('MDS071', said === '' ? `it ended with status ${answer?.status ?? 'none'}` : said, folder)
}

/** The top of a working tree; or why there is none to look at. */
type Asked = Result<{ readonly top: string } | 'no working tree' | 'no git'>

/**
 * The nearest folder upwards that a repository marks, as git would find it. Where there is none, git need not be
 * asked, nor be there.
 */
function markedFolder(
  folder: string,
  known: Map<string, Promise<string | undefined>>,
): Promise<string | undefined> {
  const asked = known.get(folder)
  if (asked) return asked
  const found = fs.lstat(path.join(folder, '.git')).then(
    () => folder,
    () => (path.dirname(folder) === folder ? undefined : markedFolder(path.dirname(folder), known)),
  )
  known.set(folder, found)
  return found
}

async function topOf(folder: string): Promise<Asked> {
  const answer = await git(folder, ['rev-parse', '--show-toplevel'], { mode: 'read' })
  if (!answer) return ok('no git')
  if (answer.status === 0) return ok({ top: path.resolve(lineOf(answer)) })
  return NO_WORKING_TREE.test(answer.stderr)
    ? ok('no working tree')
    : { ok: false, failure: gitFailure(answer, folder) }
}

/** A `.git` that leads nowhere is another matter: something was kept there. */
const NO_WORKING_TREE = /^fatal: (?:not a git repository \(or any|this operation must be run in a work tree)/m

/** None where the file lies elsewhere, as with `core.worktree`. */
function pathIn(top: string, file: string): string | undefined {
  const name = path.relative(top, file)
  return name.startsWith(`..${path.sep}`) || path.isAbsolute(name) ? undefined : toPosix(name)
}
