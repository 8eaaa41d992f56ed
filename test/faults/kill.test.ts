import { expect, it } from 'vitest'
import { mdshift } from '../support/program.ts'
import { someOf } from './support/amount.ts'
import { writeSmallBook } from './support/book.ts'
import type { Call } from './support/calls.ts'
import { tell } from './support/figures.ts'
import { killAt, type Moment, momentsOf, tellMoment } from './support/kill.ts'
import { has } from './support/needs.ts'
import { traced } from './support/strace.ts'
import { AFTERMATHS, type Promised, type Trial, told, tornFiles, trialOf } from './support/trial.ts'

const canKill = has(['strace'], 'SIGKILL at every call by which a run, its recovery and undo change the disk')

it.runIf(canKill)('a run that is killed at any call is finished, or taken back', async () => {
  await using trial = await trialOf(writeSmallBook)
  await tryKills('migrate', trial, { begin: trial.begin, everyday: 16, aftermaths: AFTERMATHS })
})

/** How far a run came whose recovery is killed. */
const BROKEN_OFF: Readonly<Record<string, (call: Call) => boolean>> = {
  'while its temps are written': ({ name, file }) =>
    name === 'fsync' && file.endsWith('.tmp') && !file.startsWith('.mdshift/'),
  'before it was decided': ({ name, file }) => name === 'rename' && file === '.mdshift/verdict.tmp',
  'amid its renames': ({ name, text }) => name === 'rename' && text.includes('snow.md'),
  'before it was recorded': ({ name, file }) => name === 'rename' && file === '.mdshift/journal.json',
}

it.runIf(canKill).each(Object.entries(BROKEN_OFF))(
  'the recovery of a run that was killed %s is killed at any call, too',
  async (name, isThere) => {
    await using trial = await trialOf(writeSmallBook)
    trial.begin()
    const call = (await traced(['migrate'], trial.root)).calls.find((call) => call.mutates && isThere(call))
    if (!call) throw new Error('the run makes no such call')
    await killAt(['migrate'], trial.root, { call, when: 'before' }, trial.begin)
    const left = trial.keep()
    await tryKills('check', trial, {
      begin: left.back,
      everyday: 4,
      aftermaths: AFTERMATHS,
      told: `recovery, ${name}`,
    })
  },
)

it.runIf(canKill)('undo that is killed at any call can be asked for again', async () => {
  await using trial = await trialOf(writeSmallBook)
  trial.begin()
  expect(mdshift(['migrate'], trial.root).status).toBe(0)
  const done = trial.keep()
  const aftermaths: Record<string, Promised> = {
    check: AFTERMATHS.check,
    // Nothing is left to undo where it was killed behind the last file.
    undo: (trial) => told(trial, ['undo'], [0, 2], trial.before),
    migrate: (trial) => told(trial, ['migrate'], [0], trial.after),
  }
  await tryKills('undo', trial, { begin: done.back, everyday: 8, aftermaths })
})

interface Kills {
  /** Puts the book to where the command finds it. */
  readonly begin: () => void
  readonly everyday: number
  readonly aftermaths: Readonly<Record<string, Promised>>
  readonly told?: string
}

async function tryKills(
  command: string,
  trial: Trial,
  { begin, everyday, aftermaths, ...rest }: Kills,
): Promise<void> {
  begin()
  const { calls } = await traced([command], trial.root)
  const moments = momentsOf(calls)
  expect(moments.length).toBeGreaterThan(0)
  const tried = someOf(moments, everyday)
  const problems: string[] = []
  for (const moment of tried) {
    await killAt([command], trial.root, moment, begin)
    problems.push(...problemsBehind(moment, trial, aftermaths))
  }
  const figures = {
    calls: moments.length / 2,
    kills: tried.length,
    commands: tried.length * Object.keys(aftermaths).length,
  }
  tell(`SIGKILL, ${rest.told ?? command}`, { ...figures, problems: problems.length })
  expect(problems).toEqual([])
}

function problemsBehind(
  moment: Moment,
  trial: Trial,
  aftermaths: Readonly<Record<string, Promised>>,
): string[] {
  const found = tornFiles(trial)
  const left = trial.keep()
  for (const [name, promised] of Object.entries(aftermaths)) {
    left.back()
    found.push(...promised(trial).map((line) => `then ${name}: ${line}`))
  }
  left.drop()
  return found.map((line) => `${tellMoment(moment)}: ${line}`)
}
