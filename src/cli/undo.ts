/** `mdshift undo`: the last run taken back, byte by byte; `--list` names those that can be. */

import { rememberedRoots } from '../book/remembered-roots.ts'
import { type Failure, failure } from '../failure.ts'
import { failuresLines } from '../report/summary.ts'
import { visible } from '../report/terminal.ts'
import { runLine, undoneLines } from '../report/undone.ts'
import { lockBook } from '../store/lock.ts'
import { runsOf, undoBook } from '../store/undo.ts'
import type { Io } from './io.ts'
import { nameFrom } from './lineup.ts'
import { type ExitStatus, giveUp } from './status-codes.ts'
import { named } from './write.ts'

export interface UndoArguments {
  readonly paths: readonly string[]
  readonly list: boolean
  readonly keepEdited: boolean
  readonly fsync: boolean
}

export async function undo(args: UndoArguments, io: Io): Promise<ExitStatus> {
  const roots = await rememberedRoots(args.paths, io.cwd)
  if (roots.length === 0 && args.list) io.stderr.lines(['No finished run is on record.'])
  if (roots.length === 0 && !args.list)
    return giveUp([failure('MDS064', '', args.paths.join(', ') || '.')], io)
  if (args.list) return listRuns(roots, io)
  const failures: Failure[] = []
  for (const root of roots) {
    const lock = lockBook(root)
    if (!lock.ok) {
      failures.push(lock.failure)
      continue
    }
    try {
      const { undone, failures: found } = await undoBook(lock.value, { ...args, signal: io.signal })
      failures.push(...found)
      if (undone) io.stderr.lines(undoneLines(undone, (file) => nameFrom(io.cwd, `${root}/${file}`)))
    } finally {
      lock.value.release()
    }
  }
  io.stderr.lines(
    failuresLines(
      failures.map((failed) => named(failed, io.cwd)),
      io.stderr.colors,
    ),
  )
  return failures.length > 0 ? 2 : 0
}

function listRuns(roots: readonly string[], io: Io): ExitStatus {
  const failures: Failure[] = []
  for (const root of roots) {
    const runs = runsOf(root)
    if (!runs.ok) {
      failures.push(named(runs.failure, io.cwd))
      continue
    }
    if (roots.length > 1) io.stdout.lines([`${visible(nameFrom(io.cwd, root))}:`])
    io.stdout.lines(runs.value.map(runLine))
    if (runs.value.length === 0) io.stderr.lines(['No finished run is on record.'])
  }
  return failures.length > 0 ? giveUp(failures, io) : 0
}
