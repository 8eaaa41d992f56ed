/** Two texts → the edits that lead from one to the other: line by line, and within lines from the first to the last difference. */
import { diffArrays } from 'diff'
import type { Edit } from '../../model.ts'

/**
 * Edits that make one text of another.
 *
 * @returns sorted, disjoint
 * @example
 * editsBetween('a\nb\nc', 'a\nx\nc') // → [{ start: 2, end: 3, text: 'x' }]
 */
export function editsBetween(before: string, after: string): Edit[] {
  if (before === after) return []
  const [old, current] = [linesOf(before), linesOf(after)]
  const changes = diffArrays(old, current, { timeout: 200 }) ?? []
  if (changes.length === 0) return trimmed(before, after, 0)
  const edits: Edit[] = []
  let at = 0
  let [removed, added] = ['', '']
  const flush = () => {
    edits.push(...trimmed(removed, added, at))
    at += removed.length
    ;[removed, added] = ['', '']
  }
  for (const change of changes) {
    const text = change.value.join('')
    if (change.added) added += text
    else if (change.removed) removed += text
    else {
      flush()
      at += text.length
    }
  }
  flush()
  return edits
}

/** Lines with their endings. */
function linesOf(text: string): string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? []
}

/** One edit without the common ends of its two texts; half a character is none. */
function trimmed(before: string, after: string, at: number): Edit[] {
  if (before === after) return []
  const most = Math.min(before.length, after.length)
  let start = 0
  while (start < most && before[start] === after[start]) start += 1
  if (isHalf(before, start)) start -= 1
  let end = 0
  while (end < most - start && before.at(-1 - end) === after.at(-1 - end)) end += 1
  if (end > 0 && isHalf(before, before.length - end)) end -= 1
  return [{ start: at + start, end: at + before.length - end, text: after.slice(start, after.length - end) }]
}

/** Whether an offset is in the middle of a surrogate pair. */
function isHalf(text: string, offset: number): boolean {
  return /[\ud800-\udbff]/.test(text.charAt(offset - 1)) && /[\udc00-\udfff]/.test(text.charAt(offset))
}
