import { expect, it } from 'vitest'
import { someOf } from './support/amount.ts'
import { writeSmallBook } from './support/book.ts'
import { tell } from './support/figures.ts'
import { killAt, momentsOf, tellMoment } from './support/kill.ts'
import { has } from './support/needs.ts'
import { traced } from './support/strace.ts'
import { AFTERMATHS, tornFiles, trialOf } from './support/trial.ts'

it.runIf(has(['strace'], 'SIGKILL at every call of a run that changes the disk'))(
  'a run that is killed at any call is finished, or taken back',
  async () => {
    await using trial = await trialOf(writeSmallBook)
    trial.begin()
    const { calls } = await traced(['migrate'], trial.root)
    const moments = momentsOf(calls)
    const tried = someOf(moments, 16)
    const problems: string[] = []
    for (const moment of tried) {
      await killAt(['migrate'], trial.root, moment, trial.begin)
      const found = tornFiles(trial)
      const left = trial.keep()
      for (const [name, promised] of Object.entries(AFTERMATHS)) {
        left.back()
        found.push(...promised(trial).map((line) => `then ${name}: ${line}`))
      }
      problems.push(...found.map((line) => `${tellMoment(moment)}: ${line}`))
    }
    tell('killed at a call', {
      calls: moments.length / 2,
      moments: moments.length,
      tried: tried.length,
      problems: problems.length,
    })
    expect(problems).toEqual([])
  },
)
