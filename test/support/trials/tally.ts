/** How many trials ended how, and why. */
import type { Verdict } from './judge.ts'

export interface Tally {
  add(verdict: Verdict): void
  count(kind: Verdict['kind']): number
  /** Refusals among the trials whose tree can be printed. */
  share(): number
  /** For a person, with the most frequent reasons. */
  report(): string
}

export function tallyOf(): Tally {
  const counts = new Map<Verdict['kind'], Map<string, number>>()
  const count = (kind: Verdict['kind']) => [...(counts.get(kind)?.values() ?? [])].reduce((a, b) => a + b, 0)
  const share = () => count('refused') / Math.max(1, count('agreed') + count('refused') + count('wrong'))
  return {
    count,
    share,
    add({ kind, reason }) {
      const reasons = counts.get(kind) ?? new Map<string, number>()
      counts.set(kind, reasons)
      const [line = ''] = reason.split('\n')
      reasons.set(line, (reasons.get(line) ?? 0) + 1)
    },
    report() {
      const trials = [...counts.keys()].map(count).reduce((a, b) => a + b, 0)
      const percent = (100 * share()).toFixed(2)
      const top = (kind: Verdict['kind']) =>
        [...(counts.get(kind) ?? [])]
          .toSorted(([, a], [, b]) => b - a)
          .slice(0, 8)
          .map(([reason, number]) => `  ${number} × ${reason}`)
      return [
        `${trials} trials: ${count('agreed')} agree, ${count('refused')} refused (${percent} %), ` +
          `${count('unsayable')} refused that Markdown has no words for, ${count('idle')} without a place, ` +
          `${count('wrong')} wrong, ${count('crashed')} crashed`,
        'refused:',
        ...top('refused'),
        'refused, and no one could print it:',
        ...top('unsayable'),
      ].join('\n')
    },
  }
}
