/** The text that a changed tree is printed to. */
import { type FailureCode, failure } from '../../failure.ts'
import type { Chapter } from '../../markdown/parse.ts'
import { printChanges } from '../../markdown/print.ts'
import { positionAt } from '../../position.ts'

/** What collections of one tree are of. */
export interface Source {
  /** Its tree's nodes were remembered as they were read. */
  readonly chapter: Chapter
  /** What stood before the chapter's text: a byte order mark, or nothing. */
  readonly mark: '' | '\uFEFF'
}

/** Thrown where Markdown cannot say what a tree says: two code spans side by side, for one. */
export class PrintError extends Error {
  readonly code: FailureCode = 'MDS016'
  /** `path:line:column` in the text as it was read. */
  readonly place: string
  /** From 1. */
  readonly line: number
  /** From 1, in UTF-16 code units. */
  readonly column: number

  constructor(chapter: Chapter, message: string, at: number) {
    const { line, column } = positionAt(chapter.text, at)
    const place = `${chapter.path}:${line}:${column}`
    super(`${place}: ${failure('MDS016', message).message}`)
    this.name = 'PrintError'
    this.place = place
    this.line = line
    this.column = column
  }
}

/** The text of a tree as it is now; throws a PrintError if there is none. */
export function sourceNow({ chapter, mark }: Source): string {
  const result = printChanges(chapter)
  if (!result.ok) throw new PrintError(chapter, result.message, result.at)
  return mark + result.text
}
