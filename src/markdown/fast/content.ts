/** What inline syntax is read from: the lines of a paragraph, without what containers put before them. */
import type { Line } from './lines.ts'

export interface Content {
  readonly text: string
  /** Whether something stands between its lines. */
  readonly isParted: boolean
  /** The source offset at which an index of the text begins. */
  startAt(index: number): number
  /** The source offset at which what ends at an index ends: behind a line ending, not behind the next prefix. */
  endAt(index: number): number
}

/** Content that stands in one piece. */
export function contentIn(source: string, start: number, end: number): Content {
  return {
    text: source.slice(start, end),
    isParted: false,
    startAt: (index) => start + index,
    endAt: (index) => start + index,
  }
}

/** Content of several lines. */
export function contentOf(source: string, lines: readonly Line[]): Content {
  const [first, last] = [lines[0], lines.at(-1)]
  if (!first || !last) return contentIn(source, 0, 0)
  const isWhole = lines.every((line, index) => index === 0 || lines[index - 1]?.next === line.start)
  if (isWhole) return contentIn(source, first.start, last.end)
  const begins: number[] = []
  let text = ''
  for (const line of lines) {
    begins.push(text.length)
    text += source.slice(line.start, line === last ? line.end : line.next)
  }
  const offset = (index: number) => {
    let at = begins.length - 1
    while (at > 0 && (begins[at] ?? 0) > index) at -= 1
    return (lines[at]?.start ?? 0) + index - (begins[at] ?? 0)
  }
  return {
    text,
    isParted: true,
    startAt: offset,
    endAt: (index) => (index === 0 ? offset(0) : offset(index - 1) + 1),
  }
}
