/**
 * What the time of a run goes to, for `--timings`. It is off unless somebody asks, and then costs a look at a variable.
 * Nothing depends on what it says. Threads have none: what they do counts as the stage that waits for them.
 */

/** In the order in which they are told. */
export const STAGES = [
  'discover',
  'read',
  'index',
  'scan',
  'parse',
  'transform',
  'assemble',
  'render',
  'compare',
  'print',
  'write',
] as const

export type TimedStage = (typeof STAGES)[number]

/** What one stage took, without those that ran within it. */
export interface Timing {
  milliseconds: number
  /** How often it was begun. */
  times: number
  /** Of the texts that it had. */
  bytes: number
}

export interface Timings {
  readonly stages: ReadonlyMap<TimedStage, Timing>
  /** Milliseconds from the start of the process until the stopwatch was started. */
  readonly startUp: number
  /** Milliseconds from the start of the process on. */
  readonly all: number
}

interface Running {
  readonly stages: Map<TimedStage, Timing>
  readonly startUp: number
  /** The stages that are under way, the innermost last. */
  readonly open: { readonly stage: TimedStage }[]
  /** Until when time has been counted. */
  counted: number
}

let running: Running | undefined

export function startStopwatch(): void {
  const now = performance.now()
  running = { stages: new Map(), startUp: now, open: [], counted: now }
}

/** Stops it, and says what it has counted; nothing where it was not started. */
export function stopStopwatch(): Timings | undefined {
  if (!running) return undefined
  count(running)
  const { stages, startUp, counted } = running
  running = undefined
  return { stages, startUp, all: counted }
}

/**
 * Does a part of the work, and counts it.
 *
 * @param text what it is about, where the speed of the stage is of interest
 */
export function timed<Result>(stage: TimedStage, work: () => Result, text?: string): Result {
  if (!running) return work()
  const leave = enter(running, stage, text)
  try {
    return work()
  } finally {
    leave()
  }
}

/** The same of work that is waited for: what else is done meanwhile counts too. */
export async function timedUntilDone<Result>(
  stage: TimedStage,
  work: () => Promise<Result>,
): Promise<Result> {
  if (!running) return work()
  const leave = enter(running, stage)
  try {
    return await work()
  } finally {
    leave()
  }
}

function enter(watch: Running, stage: TimedStage, text?: string): () => void {
  count(watch)
  const timing = timingOf(watch, stage)
  timing.times += 1
  if (text !== undefined) timing.bytes += Buffer.byteLength(text)
  const entry = { stage }
  watch.open.push(entry)
  return () => {
    count(watch)
    watch.open.splice(watch.open.lastIndexOf(entry), 1)
  }
}

/** Time since the last look is that of the innermost stage; of none, it is told as the rest. */
function count(watch: Running): void {
  const now = performance.now()
  const innermost = watch.open.at(-1)
  if (innermost) timingOf(watch, innermost.stage).milliseconds += now - watch.counted
  watch.counted = now
}

function timingOf({ stages }: Running, stage: TimedStage): Timing {
  const timing = stages.get(stage) ?? { milliseconds: 0, times: 0, bytes: 0 }
  stages.set(stage, timing)
  return timing
}
