/** What becomes of a command that is interrupted, or has a bug. */
import { failure, messageOf } from '../failure.ts'
import { visible } from '../report/terminal.ts'
import { Interrupted } from './interruption.ts'
import type { Io } from './io.ts'
import { type ExitStatus, giveUp } from './status-codes.ts'

/**
 * Whatever is thrown while a command works is a bug of ours; what yargs throws before that is not.
 *
 * @param work ends with nothing where others are to do it
 */
export async function guarded<Ended extends ExitStatus | undefined>(
  work: () => Promise<Ended>,
  io: Io,
): Promise<ExitStatus | Ended> {
  try {
    const ended = await work()
    if (ended === undefined) return ended
    const unsaid = await io.stdout.flushed()
    if (unsaid) return giveUp([unsaid], io)
    if (!(io.signal.reason instanceof Interrupted)) return ended
    io.stderr.lines(['The signal came when there was nothing left to stop: what is told above was done.'])
    return io.signal.reason.status
  } catch (thrown) {
    if (thrown instanceof Interrupted) {
      io.stderr.lines(['Interrupted. What was under way was taken back.'])
      return thrown.status
    }
    const stack = thrown instanceof Error ? (thrown.stack ?? '') : ''
    io.stderr.lines(stack.split('\n').map(visible))
    return giveUp([failure('MDS011', messageOf(thrown), undefined, thrown)], io)
  }
}
