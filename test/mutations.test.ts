/**
 * Trees changed at random, over the sample book and the examples of the specifications, in seven layouts: what is
 * printed says the tree, and nothing else moved, or it is refused. `TRIALS=50000 SEED=any` looks further.
 */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { arbitraryTrial } from './support/trials/draw.ts'
import { judge } from './support/trials/judge.ts'
import { tallyOf } from './support/trials/tally.ts'

const TRIALS = Number(process.env['TRIALS'] ?? 500)

it('a changed tree is printed as it is, and nothing else moves', { timeout: 120_000 + TRIALS * 100 }, () => {
  const tally = tallyOf()
  const property = fc.property(arbitraryTrial, (trial) => {
    const verdict = judge(trial)
    tally.add(verdict)
    if (verdict.kind === 'wrong' || verdict.kind === 'crashed') throw new Error(verdict.story)
  })
  fc.assert(property, { numRuns: TRIALS, reporter: reportStory })
  console.log(tally.report())
  expect(tally.count('agreed')).toBeGreaterThan(TRIALS / 2)
  expect(tally.share()).toBeLessThan(0.02)
})

/** The story of the smallest trial alone: fast-check's own report shows all texts that there are. */
function reportStory<Values>({
  failed,
  errorInstance,
  seed,
  counterexamplePath,
}: fc.RunDetails<Values>): void {
  if (!failed) return
  const story = errorInstance instanceof Error ? errorInstance.message : String(errorInstance)
  throw new Error(`SEED=${seed} (path ${counterexamplePath})\n${story}`)
}
