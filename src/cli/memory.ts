/** How much memory a command may take that looks at very many files. */
import { setFlagsFromString } from 'node:v8'

/** From this many files on, it counts what garbage is left lying. */
const MANY = 5000

/**
 * Has the engine collect garbage sooner where there are many files: left to itself, it lets memory grow to several
 * times of what is needed, since there is more of it. What is new gets no more room than at first.
 */
export function limitMemory(files: number): void {
  if (files <= MANY) return
  setFlagsFromString('--heap-growing-percent=5')
  setFlagsFromString('--semi-space-growth-factor=1')
}
