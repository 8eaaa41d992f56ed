/**
 * Files that are closed while the work goes on. Where one has been replaced, its bytes are freed when the last who has it
 * open closes it, and the disk may take longer for that than for all else.
 */
import fs from 'node:fs'
import { FLUSHED_AT_ONCE } from './write-whole.ts'

export interface Closing {
  /** Closes a file that was only read. */
  close(opened: number): void
  /** Waits while too many are open. */
  room(): Promise<void>
  /** Waits until all are closed. */
  done(): Promise<void>
}

export function closeLater(): Closing {
  const waiting = new Set<Promise<void>>()
  return {
    close(opened) {
      // Of a file that was only read nothing can be lost, whatever is said.
      const closed = new Promise<void>((resolve) => fs.close(opened, () => resolve())).then(() => {
        waiting.delete(closed)
      })
      waiting.add(closed)
    },
    async room() {
      while (waiting.size >= FLUSHED_AT_ONCE) await Promise.race(waiting)
    },
    async done() {
      await Promise.all(waiting)
    },
  }
}
