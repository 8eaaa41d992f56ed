/** `PATH:LINE:COLUMN` → a place in a text, and what stands there. */
import { fail, ok, type Result } from '../failure.ts'
import type { Span } from '../model.ts'

/** As it was asked for; both count from 1. */
export interface At {
  readonly line?: number
  readonly column?: number
}

/** A path and a place in the file; a file's own name may end in `:12`. */
export interface Candidate {
  readonly path: string
  readonly at: At
}

/** What an argument can mean, its plainest meaning first. */
export function candidatesFor(given: string): readonly Candidate[] {
  const one = /^(.+):(\d+)$/s.exec(given)
  const two = /^(.+):(\d+):(\d+)$/s.exec(given)
  return [
    { path: given, at: {} },
    ...(one ? [{ path: one[1] ?? '', at: { line: Number(one[2]) } }] : []),
    ...(two ? [{ path: two[1] ?? '', at: { line: Number(two[2]), column: Number(two[3]) } }] : []),
  ]
}

/**
 * The range that a place covers: the whole text, a line with its line ending, or one character.
 *
 * @param name of the file, for the failure
 * @returns `MDS041` for a line behind the end, or a column behind the end of its line
 */
export function placeIn(text: string, { line, column }: At, name: string): Result<Span> {
  if (line === undefined) return ok({ start: 0, end: text.length + 1 })
  const lines = linesOf(text)
  const found = lines[line - 1]
  if (!found) return fail('MDS041', `it has ${lines.length} lines`, `${name}:${line}`)
  if (column === undefined) return ok({ start: found.start, end: Math.max(found.end, found.start + 1) })
  const length = text.slice(found.start, found.end).replace(/(?<![\r\n])[\r\n]+$/, '').length
  if (column < 1 || column > length + 1)
    return fail('MDS041', `line ${line} has ${length} columns`, `${name}:${line}:${column}`)
  return ok({ start: found.start + column - 1, end: found.start + column })
}

/** Lines with their line endings; what stands behind the last line ending is one if it is not empty. */
function linesOf(text: string): Span[] {
  const lines: Span[] = []
  let start = 0
  for (const match of text.matchAll(/\r\n|\r|\n/g)) {
    lines.push({ start, end: match.index + match[0].length })
    start = match.index + match[0].length
  }
  return start < text.length || lines.length === 0 ? [...lines, { start, end: text.length }] : lines
}

/** Whether something stands in a range, or is put there. */
export function isAt(span: Span, range: Span): boolean {
  return span.start === span.end
    ? range.start <= span.start && span.start < range.end
    : span.start < range.end && range.start < span.end
}
