/** A place as people and editors count it: both from 1, the column in UTF-16 code units. */
export interface Position {
  readonly line: number
  readonly column: number
}

/** The place of an offset; lines end with `\n`, `\r` or `\r\n`, as CommonMark has it (0.31.2, 2.1). */
export function positionAt(text: string, offset: number): Position {
  return positionsIn(text)(offset)
}

/** The same for many offsets of one text. */
export function positionsIn(text: string): (offset: number) => Position {
  const starts = [0, ...[...text.matchAll(/\r\n|\r|\n/g)].map((match) => match.index + match[0].length)]
  return (offset) => {
    let low = 0
    let high = starts.length - 1
    while (low < high) {
      const middle = Math.ceil((low + high) / 2)
      if ((starts[middle] ?? 0) <= offset) low = middle
      else high = middle - 1
    }
    return { line: low + 1, column: offset - (starts[low] ?? 0) + 1 }
  }
}
