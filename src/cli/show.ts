/** What a run would write, on stdout. */
import { randomUUID } from 'node:crypto'
import { patchOf } from '../report/patch.ts'
import { hasCommands, visible } from '../report/terminal.ts'
import type { FileReport } from '../runner/report.ts'
import type { Stream } from './io.ts'
import type { Run } from './run-books.ts'

/** The files that change, as a diff that `git apply` takes. */
export async function printPatches(run: Run, stdout: Stream): Promise<void> {
  await print(run, stdout, ({ file, name }) => {
    const patch = patchOf(file, name)
    if (!stdout.isTerminal) return stdout.raw(patch)
    const lines = patch.slice(0, -1).split('\n')
    stdout.lines(lines.map((line) => paint(line, stdout)))
  })
}

/** The new texts of the files that change. */
export async function printTexts(run: Run, stdout: Stream): Promise<void> {
  await print(run, stdout, ({ file }) => {
    if (stdout.isTerminal) stdout.lines(file.after.replace(/\n$/, '').split('\n').map(visible))
    else stdout.raw(file.after)
  })
}

interface Changed {
  readonly file: FileReport
  readonly name: string
}

/**
 * One file after the other, as fast as they are read. What programs read is exact; so where it goes into the log of a
 * GitHub job, and would be taken for commands there, the job is told to take none meanwhile: `git apply` passes over
 * such a line before and behind a diff.
 */
async function print(run: Run, stdout: Stream, printOne: (changed: Changed) => void): Promise<void> {
  const changed = changedFiles(run)
  const isHeard =
    stdout.isJobLog &&
    changed.some(({ file, name }) => hasCommands(name) || hasCommands(file.before + file.after))
  const token = isHeard ? randomUUID() : undefined
  if (token !== undefined) stdout.raw(`::stop-commands::${token}\n`)
  for (const one of changed) {
    printOne(one)
    await stdout.drained()
  }
  if (token !== undefined)
    stdout.raw(`${changed.at(-1)?.file.after.endsWith('\n') ? '' : '\n'}::${token}::\n`)
}

function changedFiles(run: Run): Changed[] {
  return run.books.flatMap((book) =>
    book.files
      .filter(({ edits }) => edits.length > 0)
      .map((file) => ({ file, name: run.nameOf(book, file.path) })),
  )
}

/** A terminal gets colours, and no control characters of the file's own. */
function paint(line: string, { colors }: Stream): string {
  const text = visible(line)
  if (/^(?:---|\+\+\+) /.test(line)) return colors.bold(text)
  if (line.startsWith('@@')) return colors.cyan(text)
  if (line.startsWith('-')) return colors.red(text)
  return line.startsWith('+') ? colors.green(text) : text
}
