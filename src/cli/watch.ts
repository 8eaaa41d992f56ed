/** `mdshift run --watch`: what a transform makes of some files, told anew whenever it or they change. */
import path from 'node:path'
import { isFile, type Watched, watchFiles } from '../book/watch-files.ts'
import { type Failure, failure, messageOf } from '../failure.ts'
import { visible } from '../report/terminal.ts'
import type { Io, Stream } from './io.ts'
import { type RunCommandArguments, run } from './run.ts'
import { type ExitStatus, giveUp } from './status-codes.ts'

/** Runs until Ctrl-C; writes nothing. */
export async function watchRun(args: RunCommandArguments, io: Io): Promise<ExitStatus> {
  const problems = problemsOf(args, io)
  if (problems.length > 0) return giveUp(problems, io)
  const absolute = (names: readonly string[]) => names.map((name) => path.resolve(io.cwd, name))
  let watched: Watched
  try {
    watched = watchFiles(absolute(args.paths), absolute(args.transforms))
  } catch (cause) {
    return giveUp([failure('MDS001', `it cannot be watched: ${messageOf(cause)}`, io.cwd, cause)], io)
  }
  const { signal } = io
  signal.addEventListener('abort', () => watched.close(), { once: true })
  const quiet = { ...io, stdout: until(signal, io.stdout), stderr: until(signal, io.stderr) }
  try {
    while (!signal.aborted) {
      if (io.stdout.isTerminal) io.stdout.raw(CLEAR)
      await run({ ...args, dryRun: true }, quiet)
      quiet.stderr.lines([
        `Watching ${[...args.transforms, ...args.paths].map(visible).join(', ')}; Ctrl-C ends it.`,
      ])
      await watched.changed()
    }
  } finally {
    watched.close()
  }
  throw signal.reason
}

/** Clears the screen and what scrolled off it. */
const CLEAR = '\u001b[2J\u001b[3J\u001b[H'

function problemsOf({ paths, transforms }: RunCommandArguments, { cwd }: Io): Failure[] {
  if (paths.length === 0) return [failure('MDS009', '--watch wants the files to show')]
  return [...transforms, ...paths]
    .filter((name) => !isFile(path.resolve(cwd, name)))
    .map((name) => failure('MDS009', `--watch wants files, and ${JSON.stringify(name)} is none`))
}

/** What a run that was interrupted says is about the interruption. */
function until(signal: AbortSignal, stream: Stream): Stream {
  return {
    ...stream,
    lines: (lines) => (signal.aborted ? undefined : stream.lines(lines)),
    raw: (text) => (signal.aborted ? undefined : stream.raw(text)),
  }
}
