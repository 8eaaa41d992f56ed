/** Whether files can be committed, as far as that can be known before anything is written. */
import fs from 'node:fs/promises'
import path from 'node:path'
import { type Checked, type Failure, failure, ok } from '../failure.ts'
import { git, lineOf } from './git.ts'
import { overlookedIn } from './git-overlooked.ts'
import { gitFailure, type Repositories, type Repository, type TrackedFile } from './git-repository.ts'

/** A repository, and which of the files a commit of it takes. */
export interface ReadyRepository extends Repository {
  /** Those that git ignores: they are written, and no commit has them. */
  readonly ignored: ReadonlySet<string>
}

/**
 * Looks for what would keep git from committing.
 *
 * @returns an `MDS072` for each obstacle
 */
export async function readyToCommit({
  repositories,
  outside,
  hasGit,
}: Repositories): Promise<Checked<readonly ReadyRepository[]>> {
  if (!hasGit) return refused(['there is no git program on the path'])
  if (outside.length > 0)
    return { ok: false, failures: outside.map((file) => failure('MDS072', 'it is in no repository', file)) }
  const found = await Promise.all(repositories.map(lookAt))
  const failures = found.flatMap((one) => (one.ok ? [] : one.failures))
  return failures.length > 0
    ? { ok: false, failures }
    : ok(found.flatMap((one) => (one.ok ? [one.value] : [])))
}

/** What git leaves in its folder while something else is going on. */
const GOING_ON: Readonly<Record<string, string>> = {
  MERGE_HEAD: 'a merge is in progress',
  CHERRY_PICK_HEAD: 'a cherry-pick is in progress',
  REVERT_HEAD: 'a revert is in progress',
  sequencer: 'a cherry-pick or revert is in progress',
  'rebase-merge': 'a rebase is in progress',
  'rebase-apply': 'a rebase is in progress',
  'index.lock': 'another git is at work, or has left index.lock behind',
}

async function lookAt(repository: Repository): Promise<Checked<ReadyRepository>> {
  const { top } = repository
  const gitFolder = await git(top, ['rev-parse', '--absolute-git-dir'], { mode: 'read' })
  if (gitFolder?.status !== 0) return { ok: false, failures: [gitFailure(gitFolder, top)] }
  const inProgress = await Promise.all(
    Object.entries(GOING_ON).map(async ([name, what]) =>
      (await isThere(path.join(lineOf(gitFolder), name))) ? [what] : [],
    ),
  )
  const obstacles = [...inProgress.flat(), ...(await nameless(top))]
  if (obstacles.length > 0) return refused([...new Set(obstacles)], top)
  const overlooked = await overlookedIn(repository)
  if (!overlooked.ok) return overlooked
  const skipped = overlooked.value.filter(({ isSkipped }) => isSkipped).map(({ file }) => file)
  if (skipped.length > 0) return { ok: false, failures: skipped.map(skippedFailure) }
  const ignored = await ignoredOf(repository)
  return ignored.ok ? ok({ ...repository, ignored: ignored.value }) : ignored
}

/** Git says whom it would name, or why it cannot. */
async function nameless(top: string): Promise<string[]> {
  for (const person of ['GIT_AUTHOR_IDENT', 'GIT_COMMITTER_IDENT']) {
    const answer = await git(top, ['var', person], { mode: 'read' })
    if (answer?.status !== 0) {
      const said = /^fatal: (.*)$/m.exec(answer?.stderr ?? '')?.[1]
      return [`git does not know whom to name as the author, by user.name and user.email: ${said}`]
    }
  }
  return []
}

/**
 * What git keeps already is not ignored, whatever the rules say. It takes no `:(literal)` here; with `./` in front a
 * name is none of its patterns.
 */
async function ignoredOf({ top, files }: Repository): Promise<Checked<ReadonlySet<string>>> {
  const input = files.map(({ path: name }) => `./${name}\0`).join('')
  const answer = await git(top, ['check-ignore', '-z', '--stdin'], { mode: 'read', input })
  // Status 1: none is.
  if (!answer || answer.status > 1) return { ok: false, failures: [gitFailure(answer, top)] }
  return ok(new Set(answer.stdout.split('\0').map((name) => name.slice('./'.length))))
}

function skippedFailure({ file }: TrackedFile): Failure {
  return failure('MDS072', 'git is told to skip it, by `git update-index --skip-worktree`', file)
}

async function isThere(file: string): Promise<boolean> {
  return fs.lstat(file).then(
    () => true,
    () => false,
  )
}

function refused(obstacles: readonly string[], place?: string): Checked<never> {
  const failures: readonly Failure[] = obstacles.map((what) => failure('MDS072', what, place))
  return { ok: false, failures }
}
