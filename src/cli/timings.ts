/** `--timings`: what the time of a command went to. */
import { timingsLines } from '../report/timings.ts'
import { startStopwatch, stopStopwatch } from '../stopwatch.ts'
import type { Io } from './io.ts'
import type { ExitStatus } from './status-codes.ts'

/** Runs a command, and tells on stderr what its time went to, where that is asked. */
export async function withTimings(
  isAsked: boolean,
  { stderr }: Io,
  work: () => Promise<ExitStatus>,
): Promise<ExitStatus> {
  if (!isAsked) return work()
  startStopwatch()
  try {
    return await work()
  } finally {
    const timings = stopStopwatch()
    if (timings) stderr.lines(timingsLines(timings))
  }
}
