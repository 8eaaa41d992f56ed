/** One kill: at a call of a program, just before it or just behind it. */
import { type Call, isSame, near } from './calls.ts'
import { traced } from './strace.ts'

export interface Moment {
  readonly call: Call
  readonly when: 'before' | 'after'
}

/** Two for each call that changes the disk. */
export function momentsOf(calls: readonly Call[]): Moment[] {
  return calls
    .filter(({ mutates }) => mutates)
    .flatMap((call): Moment[] => [
      { call, when: 'before' },
      { call, when: 'after' },
    ])
}

/**
 * Runs a command and kills it.
 *
 * A SIGKILL that comes as a call is entered keeps it from being made. A SIGSTOP lets it be made, and stops the program
 * behind it, where it is killed.
 *
 * @param begin puts the book back to what it was; called before each attempt
 * @throws where the call that it was meant for was not the one that it hit
 */
export async function killAt(
  command: readonly string[],
  root: string,
  moment: Moment,
  begin: () => void,
): Promise<void> {
  const { call, when } = moment
  const what = when === 'before' ? 'signal=KILL' : 'signal=STOP'
  let hit: Call | undefined
  for (const tried of near(call)) {
    begin()
    const { calls, signal } = await traced(command, root, { call: tried, what })
    hit = calls.at(-1)
    const isMade = hit?.returned !== '?'
    if (signal === 'SIGKILL' && isSame(hit, call) && isMade === (when === 'after')) return
  }
  throw new Error(
    `${tellMoment(moment)} was not hit, but ${hit ? `${hit.name}(${hit.text}) = ${hit.returned}` : 'nothing'}`,
  )
}

export function tellMoment({ call, when }: Moment): string {
  return `killed ${when} ${call.thread} ${call.name} #${call.nth} (${call.text})`
}
