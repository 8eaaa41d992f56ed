/** What was found broken off in a book, and what became of it, for a person. */
import type { Failure } from '../failure.ts'
import { type Colors, count, visible } from './terminal.ts'

/** A run that was broken off. */
interface BrokenOff {
  readonly journal: { readonly what: string; readonly begun: string; readonly files: readonly unknown[] }
  readonly verdict: 'forward' | 'back'
  readonly failures: readonly Failure[]
}

/** @param name of the book, as the user would write it */
export function recoveredLines(
  { journal, verdict, failures }: BrokenOff,
  name: string,
  colors: Colors,
): string[] {
  const { what, begun, files } = journal
  const run = `\`${visible(what)}\` of ${begun} in ${visible(name)}, ${count(files.length, 'file')}`
  const kept = failures.length > 0 ? `, but for ${count(failures.length, 'file')}` : ''
  const became = verdict === 'forward' ? `finished${kept}` : `taken back${kept}: the book is as it was before`
  return [colors.yellow(`A run was broken off (${run}). It was ${became}.`)]
}
