/**
 * Files that git is told not to look at, by `git update-index --skip-worktree` or `--assume-unchanged`. `git status`
 * never calls them changed, and people use that for changes that git is not to hold.
 */
import fs from 'node:fs/promises'
import path from 'node:path'
import { type Checked, ok } from '../failure.ts'
import { type GitAnswer, git } from './git.ts'
import { fileNamedIn, folderOf } from './git-names.ts'
import { gitFailure, type Repository, type TrackedFile } from './git-repository.ts'

export interface Overlooked {
  readonly file: TrackedFile
  /** As git names it. */
  readonly name: string
  /** What git holds of it. */
  readonly hash: string
  /** Whether git takes it for one that is not in the working tree: no commit has it then. */
  readonly isSkipped: boolean
}

/** Finds them among the files of a repository. */
export async function overlookedIn(repository: Repository): Promise<Checked<readonly Overlooked[]>> {
  const { top, files } = repository
  const answer = await git(top, ['ls-files', '-v', '--stage', '-z', ...folderOf(files)], { mode: 'read' })
  if (answer?.status !== 0) return { ok: false, failures: [gitFailure(answer, top)] }
  const fileNamed = fileNamedIn(repository)
  const found: Overlooked[] = []
  for (const { tag, name, hash } of entriesOf(answer)) {
    const file = OVERLOOKED.test(tag) ? await fileNamed(name) : undefined
    if (file) found.push({ file, name, hash, isSkipped: /^s$/i.test(tag) })
  }
  return ok(found)
}

/**
 * Those whose bytes git does not hold, by what git would make of them. One that is not there holds nothing.
 *
 * @param settings for git: which filters it may run
 */
export async function changedUnseen(
  repository: Repository,
  settings: readonly string[],
): Promise<Checked<readonly TrackedFile[]>> {
  const overlooked = await overlookedIn(repository)
  if (!overlooked.ok) return overlooked
  const { top } = repository
  const isThere = await Promise.all(overlooked.value.map(({ name }) => isFile(path.join(top, name))))
  const there = overlooked.value.filter((_, index) => isThere[index])
  if (there.length === 0) return ok([])
  const answer = await git(top, [...settings, 'hash-object', '--stdin-paths'], {
    mode: 'read',
    input: there.map(({ name }) => `${quoted(name)}\n`).join(''),
  })
  if (answer?.status !== 0) return { ok: false, failures: [gitFailure(answer, top)] }
  const hashes = answer.stdout.split('\n')
  return ok(there.filter(({ hash }, index) => hash !== hashes[index]).map(({ file }) => file))
}

/** Small letters: assumed to be unchanged. S: not in the working tree. */
const OVERLOOKED = /^[a-zS]$/

/** `TAG MODE HASH STAGE`, a tab, and the name. */
function entriesOf({ stdout }: GitAnswer): { tag: string; hash: string; name: string }[] {
  return stdout.split('\0').map((record) => {
    const tab = record.indexOf('\t')
    const [tag = '', , hash = ''] = record.slice(0, tab).split(' ')
    return { tag, hash, name: record.slice(tab + 1) }
  })
}

/** As git reads a name from a line, whatever is in it: a newline too. */
function quoted(name: string): string {
  return `"${name.replace(/["\\]/g, '\\$&').replaceAll('\n', '\\n').replaceAll('\r', '\\r')}"`
}

async function isFile(file: string): Promise<boolean> {
  return fs.lstat(file).then(
    (stats) => stats.isFile(),
    () => false,
  )
}
