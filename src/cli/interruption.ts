/** Ctrl-C, and the other ways to ask a program to end: what it stops with, and that a second time ends it at once. */
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
}

/** Listens for the process's signals from now on. */
export function listenForInterruption(process: NodeJS.Process): Interruption {
  const controller = new AbortController()
  let heardAt: number | undefined
  const hear = (name: HeardSignal): void => {
    if (heardAt === undefined) {
      heardAt = performance.now()
      controller.abort(new Interrupted(name))
    } else if (performance.now() - heardAt > ECHO) {
      for (const one of HEARD) process.off(one, hear)
      process.kill(process.pid, name)
    }
  }
  for (const name of HEARD) process.on(name, hear)
  return { signal: controller.signal, breathe: breatheUntil(controller.signal) }
}
