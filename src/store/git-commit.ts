/** Makes commits of files that were written. Git as its user has it: hooks are run, and commits are signed. */
import { git, lineOf, literally } from '../book/git.ts'
import type { TrackedFile } from '../book/git-repository.ts'

/** What is committed at once. */
export interface Commit {
  /** The top folder of the repository. */
  readonly top: string
  readonly files: readonly TrackedFile[]
  /** Those of them that git does not know yet. */
  readonly added: readonly TrackedFile[]
  readonly subject: string
  readonly body: string
}

/** A commit by the beginning of its hash; or what git, or a hook, said instead. */
export type Committed =
  | { readonly ok: true; readonly hash: string }
  | { readonly ok: false; readonly said: readonly string[] }

/** Commits these files and no others; what else is staged stays staged, also where git refuses. */
export async function commitInGit({ top, files, added, subject, body }: Commit): Promise<Committed> {
  if (added.length > 0) {
    const intent = ['add', '--intent-to-add', ...NAMES_ON_INPUT]
    const known = await git(top, intent, { mode: 'write', input: literal(added) })
    if (known?.status !== 0) return refusal(known)
  }
  const words = ['commit', '--only', '--quiet', '--cleanup=verbatim', '-m', subject, '-m', body]
  const made = await git(top, [...words, ...NAMES_ON_INPUT], { mode: 'write', input: literal(files) })
  if (made?.status !== 0) {
    if (added.length > 0)
      await git(top, ['update-index', '--force-remove', '-z', '--stdin'], {
        mode: 'write',
        input: nulEnded(added.map(({ path }) => path)),
      })
    return refusal(made)
  }
  const head = await git(top, ['rev-parse', '--short', 'HEAD'], { mode: 'read' })
  return { ok: true, hash: head ? lineOf(head) : '' }
}

function literal(files: readonly TrackedFile[]): string {
  return nulEnded(files.map(({ path }) => literally(path)))
}

function nulEnded(names: readonly string[]): string {
  return names.map((name) => `${name}\0`).join('')
}

const NAMES_ON_INPUT = ['--pathspec-from-file=-', '--pathspec-file-nul']

function refusal(answer: { readonly stdout: string; readonly stderr: string } | undefined): Committed {
  const said = `${answer?.stdout ?? ''}${answer?.stderr ?? ''}`.split(/\r?\n/).filter((line) => line !== '')
  return { ok: false, said: said.length > 0 ? said : ['git ended without a word'] }
}
