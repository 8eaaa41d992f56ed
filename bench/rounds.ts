/** Runs jobs in turn, round by round, so that whatever else the machine does falls on all of them. */
import type { Books } from './books.ts'
import type { Job } from './jobs.ts'
import { timeOf } from './measure.ts'
import type { Command } from './peers.ts'

/** Milliseconds of each round, by job; what could not be run is not in it. */
export type Times = ReadonlyMap<string, readonly number[]>

export interface Rounds {
  readonly books: Books
  readonly peers: ReadonlyMap<string, Command>
  /** How many count. */
  readonly count: number
  /** Whether there is one before them, which fills caches. */
  readonly warmUp: boolean
}

/** Runs all of them, so and so often. What fails is named once, and left out. */
export function runRounds(
  jobs: Readonly<Record<string, Job>>,
  { books, peers, count, warmUp }: Rounds,
): Times {
  const times = new Map<string, number[]>()
  const failed = new Set<string>()
  for (let round = warmUp ? 0 : 1; round <= count; round++) {
    for (const [name, job] of Object.entries(jobs)) {
      const command = commandOf(job, peers)
      if (!command || failed.has(name)) continue
      showProgress(`round ${round} of ${count}: ${job.name}, ${job.state}, ${job.size}`)
      try {
        const took = timeOf(command, folderFor(job, books))
        if (round > 0) times.set(name, [...(times.get(name) ?? []), took])
      } catch (cause) {
        // Of mdshift itself a failure is one of the benchmark.
        if (typeof job.command !== 'string') throw cause
        failed.add(name)
        times.delete(name)
        showProgress('')
        console.error(`${job.name} is left out: ${cause instanceof Error ? cause.message : cause}`)
      }
    }
  }
  showProgress('')
  return times
}

export function commandOf({ command }: Job, peers: ReadonlyMap<string, Command>): Command | undefined {
  return typeof command === 'string' ? peers.get(command) : command
}

export function folderFor({ state, size, writes }: Job, books: Books): string {
  return writes ? books.copyOf(state, size) : books.folderOf(state, size)
}

function showProgress(text: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\u001B[K${text}`)
}
