/** Runs that are remembered, and what was taken back of one, for a person. */
import { count, visible } from './terminal.ts'

interface RememberedFile {
  readonly path: string
  /** Nothing where the run has made it. */
  readonly before: unknown
}

interface RememberedRun {
  readonly run: string
  readonly what: string
  readonly begun: string
  readonly files: readonly RememberedFile[]
}

/** A line of `undo --list`. */
export function runLine({ run, what, begun, files }: RememberedRun): string {
  return `${run}  ${begun}  ${count(files.length, 'file').padStart(12)}  ${visible(what)}`
}

/** At most this many files are named. */
const NAMED = 20

/** @param nameOf a file as the user would write it */
export function undoneLines(
  undone: {
    readonly journal: RememberedRun
    readonly wasUnfinished: boolean
    readonly restored: readonly RememberedFile[]
    readonly kept: readonly RememberedFile[]
  },
  nameOf: (file: string) => string,
): string[] {
  const { journal, wasUnfinished, restored, kept } = undone
  const removed = restored.filter(({ before }) => before === null)
  const state = wasUnfinished ? ', which was broken off' : ''
  if (wasUnfinished && restored.length + kept.length === 0)
    return [
      `Undone: \`${visible(journal.what)}\` of ${journal.begun}, which was broken off before it changed a file`,
    ]
  const rest = [
    `${count(restored.length - removed.length, 'file')} restored`,
    ...(removed.length > 0 ? [`${removed.length} removed`] : []),
    ...(kept.length > 0 ? [`${kept.length} kept as edited since`] : []),
  ]
  return [
    `Undone: \`${visible(journal.what)}\` of ${journal.begun}${state}: ${rest.join(', ')}`,
    ...fileLines(
      'restored',
      restored.filter(({ before }) => before !== null),
      nameOf,
    ),
    ...fileLines('removed', removed, nameOf),
    ...fileLines('kept', kept, nameOf),
  ]
}

function fileLines(
  word: string,
  files: readonly RememberedFile[],
  nameOf: (file: string) => string,
): string[] {
  const more = files.length - NAMED
  return [
    ...files.slice(0, NAMED).map(({ path }) => `  ${word.padEnd(8)}  ${visible(nameOf(path))}`),
    ...(more > 0 ? [`  ${word.padEnd(8)}  and ${count(more, 'more file', 'more files')}`] : []),
  ]
}
