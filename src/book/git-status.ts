/** What git says of files that somebody is about to write: those whose bytes it does not hold. */
import { type Checked, type Failure, failure, ok } from '../failure.ts'
import { git } from './git.ts'
import { fileNamedIn, folderOf } from './git-names.ts'
import { changedUnseen } from './git-overlooked.ts'
import { gitFailure, type Repositories, type Repository, repositoriesOf } from './git-repository.ts'

/** How a file differs from what is committed. */
type Dirt =
  | 'modified'
  | 'modified, and git is told not to look'
  | 'staged'
  | 'staged and modified'
  | 'untracked'
  | 'unmerged'

interface DirtyFile {
  /** Absolute, as it was given. */
  readonly file: string
  readonly dirt: Dirt
}

export interface GitStatus extends Repositories {
  /** In the order of the files that were given. Ignored files are none of git's business. */
  readonly dirty: readonly DirtyFile[]
}

/**
 * Asks git about files. Without a repository, or without a git, nothing is dirty.
 *
 * @param files absolute
 * @returns `MDS071` where git refuses to answer
 */
export async function gitStatus(files: readonly string[]): Promise<Checked<GitStatus>> {
  const found = await repositoriesOf(files)
  if (!found.ok) return found
  const dirt = new Map<string, Dirt>()
  const failures: Failure[] = []
  for (const repository of found.value.repositories) {
    const own = await dirtIn(repository)
    if (own.ok) for (const { file, dirt: kind } of own.value) dirt.set(file, kind)
    else failures.push(...own.failures)
  }
  if (failures.length > 0) return { ok: false, failures }
  const dirty = files.flatMap((file) => {
    const kind = dirt.get(file)
    return kind === undefined ? [] : [{ file, dirt: kind }]
  })
  return ok({ ...found.value, dirty })
}

/** By one question about all files, and another about those that `git status` passes over. */
async function dirtIn(repository: Repository): Promise<Checked<readonly DirtyFile[]>> {
  const { top, files } = repository
  const filters = await filtersOf(top)
  if (!filters.ok) return filters
  const answer = await git(top, [...filters.value, ...STATUS, ...folderOf(files)], { mode: 'read' })
  if (answer?.status !== 0) return { ok: false, failures: [gitFailure(answer, top)] }
  const unseen = await changedUnseen(repository, filters.value)
  if (!unseen.ok) return unseen
  const fileNamed = fileNamedIn(repository)
  const dirty = unseen.value.map(
    ({ file }): DirtyFile => ({ file, dirt: 'modified, and git is told not to look' }),
  )
  for (const { path: name, dirt } of entriesOf(answer.stdout)) {
    const found = await fileNamed(name)
    if (found) dirty.push({ file: found.file, dirt })
  }
  return ok(dirty)
}

/** Submodules answer for themselves: git would run in each. */
const STATUS = [
  'status',
  '--porcelain=v2',
  '-z',
  '--untracked-files=all',
  '--no-renames',
  '--ignore-submodules=all',
]

/**
 * Switches off the filters that the repository's own configuration has: `clean` is a program, and status runs it for
 * a file that looks touched. Those of the user's configuration are the user's.
 */
async function filtersOf(top: string): Promise<Checked<readonly string[]>> {
  const asked = ['config', '-z', '--show-scope', '--get-regexp', String.raw`^filter\..*\.(clean|process)$`]
  const answer = await git(top, asked, { mode: 'read' })
  // Status 1: there are none.
  if (!answer || answer.status > 1) return { ok: false, failures: [gitFailure(answer, top)] }
  const words = answer.stdout.split('\0')
  const keys = words.flatMap((word, index) =>
    index % 2 === 1 && /^(?:local|worktree)$/.test(words[index - 1] ?? '') ? word.split('\n', 1) : [],
  )
  const odd = keys.find((key) => key.includes('='))
  if (odd !== undefined)
    return {
      ok: false,
      failures: [
        failure('MDS071', `its configuration has a filter that cannot be switched off: ${odd}`, top),
      ],
    }
  const names = new Set(keys.map((key) => key.replace(/\.[^.]*$/, '')))
  return ok([...names].flatMap((name) => OFF.flatMap((setting) => ['-c', `${name}.${setting}`])))
}

const OFF = ['clean=', 'process=', 'required=false']

interface Entry {
  readonly path: string
  readonly dirt: Dirt
}

/** Of porcelain v2: `1 XY sub mH mI mW hH hI path`, `u XY sub m1 m2 m3 mW h1 h2 h3 path`, `? path`. */
function entriesOf(status: string): Entry[] {
  return status.split('\0').flatMap((record): Entry[] => {
    const [kind, states = ''] = record.split(' ', 2)
    if (kind === '1') return [{ path: behind(record, 8), dirt: dirtOf(states) }]
    if (kind === 'u') return [{ path: behind(record, 10), dirt: 'unmerged' }]
    return kind === '?' ? [{ path: record.slice(2), dirt: 'untracked' }] : []
  })
}

/** What follows so many words; a name may hold spaces. */
function behind(record: string, words: number): string {
  return record.split(' ').slice(words).join(' ')
}

/** The first letter is the index against the commit, the second the file against the index. */
function dirtOf(states: string): Dirt {
  // Added by intent: git has its name, and none of its bytes.
  if (states === '.A') return 'untracked'
  if (states.startsWith('.')) return 'modified'
  return states.endsWith('.') ? 'staged' : 'staged and modified'
}
