/** The lines of a text, and where each offset stands among them. */
import type { Point } from 'unist'

/** A line, or what containers leave of it: offsets into the text, without the line ending. */
export interface Line {
  readonly start: number
  readonly end: number
  /** Behind the line ending. */
  readonly next: number
}

/** Divides a text at `\n` and `\r\n`; there is no `\r` alone in it. */
export function linesOf(text: string): Line[] {
  const lines: Line[] = []
  for (let start = 0; start < text.length; ) {
    const found = text.indexOf('\n', start)
    const next = found < 0 ? text.length : found + 1
    const end =
      found < 0 ? next : text.charCodeAt(found - 1) === CARRIAGE_RETURN && found > start ? found - 1 : found
    lines.push({ start, end, next })
    start = next
  }
  return lines
}

const CARRIAGE_RETURN = 13

/**
 * Tells the point of an offset, as unist has it; fast where each offset is near the one before.
 *
 * @param lines all of a text
 */
export function pointsIn(lines: readonly Line[]): (offset: number) => Point {
  let current = 0
  return (offset) => {
    while (current > 0 && offset < (lines[current]?.start ?? 0)) current -= 1
    let line = lines[current]
    while (line !== undefined && offset >= line.next && line.next > line.start) {
      const isLast = current + 1 === lines.length
      // Behind a line ending begins another line, even where nothing stands in it.
      if (isLast && line.next === line.end) break
      current += 1
      line = lines[current]
    }
    if (line !== undefined) return { line: current + 1, column: offset - line.start + 1, offset }
    const last = lines.at(-1)
    if (!last) return { line: 1, column: 1, offset }
    current = lines.length - 1
    return { line: lines.length + 1, column: offset - last.next + 1, offset }
  }
}
