/**
 * Runs git, and no other file does. What comes out is what git said; what it means is for those who asked.
 *
 * tinyexec would put `node_modules/.bin` of the book in front of the path, and so run a `git` of the book's own. Here
 * the working folder is none of the book's either: a relative entry of the path leads nowhere near it.
 */
import { spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { devNull } from 'node:os'
import path from 'node:path'

export interface GitAnswer {
  /** The exit status. */
  readonly status: number
  readonly stdout: string
  /** What it said to people. */
  readonly stderr: string
}

export interface GitOptions {
  /**
   * `read` takes no lock, asks nobody, fetches nothing, runs no hook and no watcher of the repository's, and answers
   * in English;
   * `write` is git as its user has it.
   */
  readonly mode: 'read' | 'write'
  /** What it reads from its standard input. */
  readonly input?: string
}

/**
 * Runs git in a folder. The repository is the one that the folder lies in, also where a hook of another one has
 * started this process.
 *
 * @param folder absolute
 * @returns nothing where there is no such program
 */
export function git(
  folder: string,
  args: readonly string[],
  { mode, input = '' }: GitOptions,
): Promise<GitAnswer | undefined> {
  return new Promise((resolve, reject) => {
    const child = spawn('git', ['-C', folder, ...(mode === 'read' ? READING : []), ...args], {
      cwd: path.dirname(process.execPath),
      env: { ...outerEnvironment(), ...(mode === 'read' ? READING_ENV : {}) },
      windowsHide: true,
    })
    const [stdout, stderr]: [Buffer[], Buffer[]] = [[], []]
    child.stdout.on('data', (chunk: Buffer) => stdout.push(chunk))
    child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk))
    // A git that ends before it has read its input says why.
    child.stdin.on('error', () => {})
    child.stdin.end(input)
    child.on('error', (error: NodeJS.ErrnoException) =>
      error.code === 'ENOENT' ? resolve(undefined) : reject(error),
    )
    child.on('close', (status) =>
      resolve({
        status: status ?? 128,
        stdout: Buffer.concat(stdout).toString('utf8'),
        stderr: Buffer.concat(stderr).toString('utf8'),
      }),
    )
  })
}

/** A name as git takes it where it would take a pattern, from the top folder on. */
export function literally(name: string): string {
  return `:(top,literal)${name}`
}

/** A line that git ends; a name may end with a newline of its own. */
export function lineOf({ stdout }: GitAnswer): string {
  return stdout.replace(/\r?\n$/, '')
}

/** `core.fsmonitor` names a program, and so does a hook. */
const READING = ['-c', 'core.fsmonitor=false', '-c', `core.hooksPath=${devNull}`]

/**
 * Git fetches what a partial clone lacks, by programs that the repository names. Older ones cannot be told not to, but
 * which transports they may use: one that nobody can name. An empty list would be one with an empty name, which the
 * repository can give to a program of its own, as it could any name that it knows.
 */
const READING_ENV = {
  GIT_OPTIONAL_LOCKS: '0',
  GIT_TERMINAL_PROMPT: '0',
  GIT_NO_LAZY_FETCH: '1',
  GIT_ALLOW_PROTOCOL: `none-${randomUUID()}`,
  LC_ALL: 'C',
  LANGUAGE: '',
}

/** What ties git to one repository, as in a hook: a book's own is found from where the book lies. */
const TIES = new Set([
  'GIT_ALTERNATE_OBJECT_DIRECTORIES',
  'GIT_COMMON_DIR',
  'GIT_CONFIG',
  'GIT_DIR',
  'GIT_GRAFT_FILE',
  'GIT_IMPLICIT_WORK_TREE',
  'GIT_INDEX_FILE',
  'GIT_INTERNAL_SUPER_PREFIX',
  'GIT_NAMESPACE',
  'GIT_NO_REPLACE_OBJECTS',
  'GIT_OBJECT_DIRECTORY',
  'GIT_PREFIX',
  'GIT_REPLACE_REF_BASE',
  'GIT_SHALLOW_FILE',
  'GIT_WORK_TREE',
  // How a name is meant is said with the name: hooks inherit the environment, and have their own way.
  'GIT_GLOB_PATHSPECS',
  'GIT_ICASE_PATHSPECS',
  'GIT_LITERAL_PATHSPECS',
  'GIT_NOGLOB_PATHSPECS',
])

function outerEnvironment(): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !TIES.has(name.toUpperCase())))
}
