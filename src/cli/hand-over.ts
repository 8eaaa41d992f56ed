/** `migrate --decide`: what a run leaves to a person, as a file to write and as words. */

import { KEEP } from '../book/decisions-schema.ts'
import { encodeSource } from '../book/source-text.ts'
import { handOverOf } from '../report/decisions.ts'
import { count, visible } from '../report/terminal.ts'
import { isOpen } from '../runner/report.ts'
import type { Alone } from '../store/write-alone.ts'
import type { Run } from './run-books.ts'

export interface HandedOver {
  /** The file, where it is new or has to change. */
  readonly replacements: readonly Alone[]
  /** What to tell once that is done. */
  readonly lines: readonly string[]
}

/**
 * What `--decide` has to write and to say after a run.
 *
 * @param run of the books
 * @param isWritten whether chapters are written too
 */
export function handOver({ decisions, runs }: Run, isWritten: boolean): HandedOver {
  if (!decisions) return { replacements: [], lines: [] }
  const { source, file } = decisions
  const made = handOverOf(runs, decisions, isWritten)
  const entries = [...decisions.labels, ...decisions.headings]
  const kept = entries.filter(({ decision }) => decision === KEEP).length
  const waiting = entries.filter(({ decision }) => decision === null).length - (made?.settled ?? 0)
  const name = visible(decisions.name)
  const how = `Set each "decision" to a label (of a heading: an id) or to "keep", and run again with --decide ${name}.`
  const added =
    made && made.added > 0 ? [`Wrote ${count(made.added, 'open question')} to ${name}. ${how}`] : []
  const others = openPlaces(runs)
  const isOne = others === 1
  const unasked =
    others > 0
      ? [
          `${count(others, 'open place')} ${isOne ? 'is no label or heading, and has' : 'are no labels or headings, and have'} no entry: \`mdshift check\` lists ${isOne ? 'it' : 'them'}.`,
        ]
      : []
  const still = added.length === 0 && waiting > 0 ? [`Not decided yet in ${name}: ${waiting}. ${how}`] : []
  return {
    replacements: made
      ? [
          {
            file,
            before: source && encodeSource(source),
            after: encodeSource({ text: made.text, bom: source?.bom ?? false }),
          },
        ]
      : [],
    lines: [
      ...(kept > 0 ? [`Kept on purpose: ${kept}`] : []),
      ...(made && made.settled > 0
        ? [`Settled without a decision, and removed from ${name}: ${made.settled}`]
        : []),
      ...added,
      ...still,
      ...unasked,
    ],
  }
}

/** What is open and only the text settles: a link to nothing, an anchor that does not end its heading. */
function openPlaces(runs: Run['runs']): number {
  const findings = runs.flatMap(({ report }) => report.files.flatMap((file) => file.findings))
  return findings.filter((finding) => isOpen(finding) && finding.subject === undefined).length
}
