/** Ctrl-C, and the other ways to ask a program to end: what it stops with, and that a second time ends it at once. */
import { setMaxListeners } from 'node:events'
import { type Breathe, breatheUntil } from '../breathe.ts'
import type { ExitStatus } from './status-codes.ts'

/** Thrown through whatever is at work, and caught by `main` alone. */
export class Interrupted extends Error {
  readonly status: ExitStatus

  constructor(signal: HeardSignal) {
    super(`interrupted by ${signal}`)
    this.status = STATUS[signal]
  }
}

/** As shells count them: 128, and the signal's number. */
const STATUS = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const satisfies Record<string, ExitStatus>

type HeardSignal = keyof typeof STATUS

const HEARD: readonly HeardSignal[] = ['SIGINT', 'SIGTERM', 'SIGHUP']

/** Milliseconds in which a signal comes twice though it was sent once: by the terminal, and by npm that passes it on. */
const ECHO = 200

export interface Interruption {
  /** Aborted with an `Interrupted`. */
  readonly signal: AbortSignal
  readonly breathe: Breathe
  /** To be called when all is done: what is left then, as output that nobody reads, is not waited for long. */
  leave(): void
}

/** Listens for the process's signals from now on. */
export function listenForInterruption(process: NodeJS.Process): Interruption {
  const controller = new AbortController()
  // Each thread and process of a run listens, and there may be many: that is no leak.
  setMaxListeners(0, controller.signal)
  let first: { readonly name: HeardSignal; readonly time: number } | undefined
  const die = (name: HeardSignal): void => {
    for (const one of HEARD) process.off(one, hear)
    process.kill(process.pid, name)
  }
  const hear = (name: HeardSignal): void => {
    first ??= { name, time: performance.now() }
    if (performance.now() - first.time > ECHO) die(name)
    else controller.abort(new Interrupted(name))
  }
  for (const name of HEARD) process.on(name, hear)
  return {
    signal: controller.signal,
    breathe: breatheUntil(controller.signal),
    leave() {
      if (first) setTimeout(die, ECHO, first.name).unref()
    },
  }
}
