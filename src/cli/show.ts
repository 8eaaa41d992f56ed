/** What a run would write, on stdout. */
import { patchOf } from '../report/patch.ts'
import { visible } from '../report/terminal.ts'
import type { FileReport } from '../runner/report.ts'
import type { Stream } from './io.ts'
import type { Run } from './run-books.ts'

/** The files that change, as a diff that `git apply` takes. */
export function printPatches(run: Run, stdout: Stream): void {
  for (const { file, name } of changedFiles(run)) {
    const patch = patchOf(file, name)
    if (stdout.isTerminal)
      stdout.lines(
        patch
          .slice(0, -1)
          .split('\n')
          .map((line) => paint(line, stdout)),
      )
    else stdout.raw(patch)
  }
}

/** The new texts of the files that change. */
export function printTexts(run: Run, stdout: Stream): void {
  for (const { file } of changedFiles(run)) {
    if (stdout.isTerminal) stdout.lines(file.after.replace(/\n$/, '').split('\n').map(visible))
    else stdout.raw(file.after)
  }
}

function changedFiles(run: Run): { readonly file: FileReport; readonly name: string }[] {
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
