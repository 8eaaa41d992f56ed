/** What was found broken off in a book, and what became of it, for a person. */
import type { Failure } from '../failure.ts'
import { type Colors, count, visible } from './terminal.ts'

/** A run that was broken off. */
interface BrokenOff {
  readonly journal: { readonly what: string; readonly begun: string; readonly files: readonly unknown[] }
  readonly verdict: 'forward' | 'back' | 'none'
  readonly changed: readonly unknown[]
  readonly failures: readonly Failure[]
}

/** @param name of the book, as the user would write it */
export function recoveredLines(found: BrokenOff, name: string, colors: Colors): string[] {
  const { what, begun, files } = found.journal
  const run = `\`${visible(what)}\` of ${begun} in ${visible(name)}, ${count(files.length, 'file')}`
  return [colors.yellow(`A run was broken off (${run}). ${becameOf(found)}`)]
}

function becameOf({ verdict, changed, failures }: BrokenOff): string {
  const kept = failures.length > 0 ? `, and ${count(failures.length, 'file')} kept` : ''
  if (verdict === 'none') return 'It was left as it is.'
  if (verdict === 'forward')
    return `It was finished: ${count(changed.length, 'file')} written now${kept}. \`mdshift undo\` takes it back.`
  if (changed.length + failures.length === 0) return 'It had changed nothing.'
  return `It was taken back: ${count(changed.length, 'file')} restored${kept}.`
}
