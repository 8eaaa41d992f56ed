/** What a test ends with: everything that is wrong, in words. */
import picocolors from 'picocolors'
import { toldFailure } from '../book/author-stack.ts'
import type { Failure } from '../failure.ts'
import { failuresLines } from '../report/summary.ts'

/** Failures as an error: a test fails by throwing. */
export class Told extends Error {
  constructor(failures: readonly Failure[], about = '') {
    const told = failures.map((failed) => toldFailure(failed, process.cwd()))
    const lines = failuresLines(told, picocolors.createColors(false))
    super([...(about === '' ? [] : [about]), ...lines].join('\n'))
    this.name = 'mdshift'
  }
}
