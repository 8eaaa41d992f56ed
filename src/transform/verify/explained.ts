/** Whether one text is another with the effects of edits in it. */
import type { Effect } from './effect.ts'

/**
 * Whether effects, in their order, make one text of another; some of them may not show.
 *
 * @returns how many do, or `undefined` where something else differs too
 */
export function explained(before: string, after: string, effects: readonly Effect[]): number | undefined {
  const real = effects.filter(({ from, to }) => from !== to)
  const straight = explainedStraight(before, after, real)
  return straight ?? (real.length > SEARCHED ? undefined : explainedAnyhow(before, after, real))
}

/** A search for more effects than that would take too long; a text that shows so many shows them all. */
const SEARCHED = 200

/** Each effect where the texts begin to differ, if it can be there. */
function explainedStraight(before: string, after: string, effects: readonly Effect[]): number | undefined {
  let [mine, theirs, count] = [0, 0, 0]
  let differs = firstDifferent(before, mine, after, theirs)
  for (const { from, to } of effects) {
    const at = before.lastIndexOf(from, differs)
    if (at < mine || !after.startsWith(to, theirs + at - mine)) continue
    theirs += at - mine + to.length
    mine = at + from.length
    count += 1
    differs = firstDifferent(before, mine, after, theirs)
  }
  return before.length - mine === after.length - theirs && differs === before.length ? count : undefined
}

/** The first offset of a text, from one on, where another text does not go on alike. */
function firstDifferent(before: string, from: number, after: string, to: number): number {
  let same = 0
  while (from + same < before.length && before[from + same] === after[to + same]) same += 1
  return from + same
}

function explainedAnyhow(before: string, after: string, effects: readonly Effect[]): number | undefined {
  const failed = new Set<string>()
  const match = (from: number, to: number, next: number): number | undefined => {
    const differs = firstDifferent(before, from, after, to)
    if (differs === before.length && before.length - from === after.length - to) return 0
    for (let here = differs; here >= from; here--) {
      const there = to + here - from
      const key = `${here} ${there} ${next}`
      if (failed.has(key)) continue
      failed.add(key)
      for (let index = next; index < effects.length; index++) {
        const effect = effects[index]
        if (!effect || !before.startsWith(effect.from, here) || !after.startsWith(effect.to, there)) continue
        const rest = match(here + effect.from.length, there + effect.to.length, index + 1)
        if (rest !== undefined) return rest + 1
      }
    }
    return undefined
  }
  return match(0, 0, 0)
}
