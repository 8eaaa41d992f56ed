/** Long work gives the event loop a turn now and then: else nobody would hear Ctrl-C before it is done. */
import { setImmediate as turn } from 'node:timers/promises'

/**
 * Awaited between two steps of long work; most of the time it does nothing.
 *
 * @throws why the work is to end, once it is
 */
export type Breathe = () => Promise<void>

/** Milliseconds of work between two turns. */
const STRETCH = 50

/** For work that nothing interrupts. */
export const unhurried: Breathe = async () => {}

/** Breathes until a signal ends the work. */
export function breatheUntil(signal: AbortSignal): Breathe {
  const breathe = turns()
  return async () => {
    signal.throwIfAborted()
    await breathe()
    signal.throwIfAborted()
  }
}

/** Breathes, and ends nothing: for work that has to be put in order when it ends. */
export function turns(): Breathe {
  let last = performance.now()
  return async () => {
    if (performance.now() - last < STRETCH) return
    await turn()
    last = performance.now()
  }
}
