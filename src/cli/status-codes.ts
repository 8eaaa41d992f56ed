/** What a command ends with, and how one that cannot begin says so. */
import type { Failure } from '../failure.ts'
import { failuresLines } from '../report/summary.ts'
import type { Io } from './io.ts'

/**
 * 0: done or clean. 1: `check` found legacy syntax, or `migrate` had to leave some. 2: the work could not be done. 130:
 * Ctrl-C; 143 and 129: asked to end by SIGTERM, or because the terminal is gone (SIGHUP).
 */
export type ExitStatus = 0 | 1 | 2 | 129 | 130 | 143

export function giveUp(failures: readonly Failure[], io: Io): ExitStatus {
  io.stderr.lines(failuresLines(failures, io.stderr.colors))
  return 2
}
