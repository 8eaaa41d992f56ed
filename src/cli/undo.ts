/** `mdshift undo`: the last run taken back, byte by byte; `--list` names those that can be. */
import path from 'node:path'
import { rememberedRoots } from '../book/remembered-roots.ts'
import { type Failure, failure } from '../failure.ts'
import { visible } from '../report/terminal.ts'
import { runLine, undoneLines } from '../report/undone.ts'
import { lastRunOf, runsOf, undoBooks, unfinishedRun } from '../store/undo.ts'
import { accessTo } from './access.ts'
import type { Io } from './io.ts'
import { nameFrom } from './name-from.ts'
import { type ExitStatus, giveUp } from './status-codes.ts'
import { named } from './write.ts'

export interface UndoArguments {
  readonly paths: readonly string[]
  readonly list: boolean
  readonly keepEdited: boolean
  readonly fsync: boolean
}

export async function undo(args: UndoArguments, io: Io): Promise<ExitStatus> {
  const found = await rememberedRoots(args.paths, io.cwd)
  if (!found.ok) return giveUp(found.failures, io)
  const roots = found.value
  if (args.list) return listRuns(roots, io)
  if (roots.length === 0) return giveUp([failure('MDS064', '', args.paths.join(', ') || '.')], io)
  const concerned = lastRunOf(roots)
  if (!concerned.ok) return giveUp([named(concerned.failure, io.cwd)], io)
  const access = accessTo(io, { writes: true, fsync: args.fsync })
  try {
    const barred = access.lock(concerned.value)
    if (barred.length > 0) return giveUp(namedAll(barred, io), io)
    const locks = concerned.value.map((root) => access.lockOf(root))
    const { undone, failures } = await undoBooks(locks, { ...args, signal: io.signal })
    for (const one of undone)
      io.stderr.lines(undoneLines(one, (file) => nameFrom(io.cwd, path.join(one.root, file))))
    return failures.length > 0 ? giveUp(namedAll(failures, io), io) : 0
  } finally {
    access.close()
  }
}

function namedAll(failures: readonly Failure[], { cwd }: Io): Failure[] {
  return failures.map((failed) => named(failed, cwd))
}

function listRuns(roots: readonly string[], io: Io): ExitStatus {
  if (roots.length === 0) io.stderr.lines(['No finished run is on record.'])
  const failures: Failure[] = []
  for (const root of roots) {
    const runs = runsOf(root)
    const begun = unfinishedRun(root)
    if (begun) io.stdout.lines([`${runLine(begun)}  (broken off)`])
    if (!runs.ok) {
      failures.push(named(runs.failure, io.cwd))
      continue
    }
    if (roots.length > 1) io.stdout.lines([`${visible(nameFrom(io.cwd, root))}:`])
    io.stdout.lines(runs.value.map(runLine))
    if (runs.value.length === 0 && !begun) io.stderr.lines(['No finished run is on record.'])
  }
  return failures.length > 0 ? giveUp(failures, io) : 0
}
