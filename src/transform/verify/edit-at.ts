/** Which of a file's edits a place belongs to. */
import type { Edit } from '../../model.ts'

/** The first edit that reaches into a range; else the last one before it. */
export function editAt(edits: readonly Edit[], start: number, end: number): Edit | undefined {
  return edits.find((edit) => edit.start <= end && edit.end >= start) ?? editBefore(edits, start)
}

export function editBefore(edits: readonly Edit[], at: number): Edit | undefined {
  return edits.findLast(({ start }) => start <= at) ?? edits[0]
}

/** Where an offset of the text after the edits was before. */
export function offsetBefore(edits: readonly Edit[], after: number): number {
  let moved = 0
  for (const { start, end, text } of edits) {
    if (start + moved > after) break
    if (start + moved + text.length > after) return start
    moved += text.length - (end - start)
  }
  return after - moved
}
