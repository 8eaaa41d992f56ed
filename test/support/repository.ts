/** A real repository in a temporary folder, with a configuration of its own: the machine's says nothing. */
import { execFileSync } from 'node:child_process'
import fs from 'node:fs'
import { createFixture, type FileTree, type FsFixture } from 'fs-fixture'

/** What git is told in tests, instead of by the machine's configuration. */
export const GIT_ENVIRONMENT = {
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_CONFIG_SYSTEM: '/dev/null',
  GIT_AUTHOR_NAME: 'Ada',
  GIT_AUTHOR_EMAIL: 'ada@example.org',
  GIT_COMMITTER_NAME: 'Ada',
  GIT_COMMITTER_EMAIL: 'ada@example.org',
}

export interface TestRepository extends FsFixture {
  /** Runs git in the folder; what it prints. */
  git(...args: readonly string[]): string
}

/** A folder with these files, all committed. */
export async function createRepository(files: FileTree): Promise<TestRepository> {
  const folder = await createFixture(files)
  const git = (...args: readonly string[]) => gitIn(folder.path, ...args)
  git('init', '--quiet', '--initial-branch=main')
  git('add', '--all')
  git('commit', '--quiet', '--allow-empty', '--message=as it was')
  return Object.assign(folder, { git })
}

/** Runs git in any folder. */
export function gitIn(cwd: string, ...args: readonly string[]): string {
  const env = { ...process.env, ...GIT_ENVIRONMENT }
  return execFileSync('git', args, { cwd: fs.realpathSync(cwd), encoding: 'utf8', env, stdio: 'pipe' })
}
