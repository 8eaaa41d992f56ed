/** Two texts → the edits that lead from one to the other: line by line, and within lines word by word. */
import { diffArrays, diffWordsWithSpace } from 'diff'
import type { Edit } from '../../model.ts'

/**
 * Lines, and words of a line, that a comparison may find to differ; what is too different is one edit. A limit of time would
 * give other edits on a busy machine.
 */
const LINES_LIMIT = 2000
const WORDS_LIMIT = 500

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
  const changes = diffArrays(old, current, { maxEditLength: LINES_LIMIT }) ?? []
  if (changes.length === 0) return lineByLine(before, after, 0) ?? trimmed(before, after, 0)
  const edits: Edit[] = []
  let at = 0
  let [removed, added] = ['', '']
  const flush = () => {
    edits.push(...betweenRuns(removed, added, at))
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

/** Where as many lines come as go, one is held against one. */
function betweenRuns(before: string, after: string, at: number): Edit[] {
  const [old, current] = [linesOf(before), linesOf(after)]
  if (old.length !== current.length) return withinLines(before, after, at)
  let offset = at
  return old.flatMap((line, index) => {
    const edits = withinLines(line, current[index] ?? '', offset)
    offset += line.length
    return edits
  })
}

/** Words that stay between two that do not are worth keeping apart if there is more to them than a space or two. */
const WORTH = 4
const LONGEST = 4000

function withinLines(before: string, after: string, at: number): Edit[] {
  const whole = trimmed(before, after, at)
  if (before === '' || after === '') return whole
  if (before.length + after.length > LONGEST) return lineByLine(before, after, at) ?? whole
  const words = diffWordsWithSpace(before, after, { maxEditLength: WORDS_LIMIT })
  if (!words) return whole
  const edits: Edit[] = []
  let offset = 0
  let [removed, added] = ['', '']
  const flush = () => {
    edits.push(...trimmed(removed, added, at + offset - removed.length))
    ;[removed, added] = ['', '']
  }
  for (const [index, { value, ...change }] of words.entries()) {
    const isChange = change.added || change.removed
    const isEnd = index === 0 || index === words.length - 1
    if (!isChange && (isEnd || value.trim().length >= WORTH)) flush()
    else if (!isChange) [removed, added] = [removed + value, added + value]
    if (change.removed) removed += value
    if (change.added) added += value
    if (!change.added) offset += value.length
  }
  flush()
  return edits
}

/** Many lines beside each other that all changed: each by itself, where as many came as went. */
function lineByLine(before: string, after: string, at: number): Edit[] | undefined {
  const [old, current] = [linesOf(before), linesOf(after)]
  if (old.length !== current.length || old.length < 2) return undefined
  let offset = at
  return old.flatMap((line, index) => {
    const start = offset
    offset += line.length
    return line === current[index] ? [] : withinLines(line, current[index] ?? '', start)
  })
}

/** One edit without the common ends of its two texts; half a character is none. */
function trimmed(before: string, after: string, at: number): Edit[] {
  if (before === after) return []
  const most = Math.min(before.length, after.length)
  let start = 0
  while (start < most && before[start] === after[start]) start += 1
  if (isHalf(before, start) || isHalf(after, start)) start -= 1
  let end = 0
  while (end < most - start && before.at(-1 - end) === after.at(-1 - end)) end += 1
  if (end > 0 && (isHalf(before, before.length - end) || isHalf(after, after.length - end))) end -= 1
  return [{ start: at + start, end: at + before.length - end, text: after.slice(start, after.length - end) }]
}

/** Whether an offset is in the middle of a surrogate pair. */
function isHalf(text: string, offset: number): boolean {
  return /[\ud800-\udbff]/.test(text.charAt(offset - 1)) && /[\udc00-\udfff]/.test(text.charAt(offset))
}
