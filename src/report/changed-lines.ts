/** Which lines of a text its edits change, and what takes their place. Found by the edits; texts are never compared. */
import type { Edit } from '../model.ts'

/** Old lines that edits touch, as one stretch, and what takes their place. Offsets are at the starts of lines. */
export interface ChangedLines {
  /** How many lines stand before it. */
  readonly line: number
  readonly start: number
  readonly end: number
  /** How many lines it has. */
  readonly count: number
  /** The lines that take their place, with their endings. */
  readonly text: string
  /** How many those are. */
  readonly textCount: number
}

/**
 * The stretches in order, with at least one line between two of them. A line ends with `\n` alone, as diffs count.
 *
 * @param text whole, with its byte order mark
 * @param edits sorted and disjoint, by offsets into it
 */
export function changedLines(text: string, edits: readonly Edit[]): ChangedLines[] {
  const stretches: ChangedLines[] = []
  // The lines before an offset are counted once, on the way to it.
  let [counted, line] = [0, 0]
  for (const group of groupsOf(text, edits)) {
    const { start, end, text: now } = trimmed(text, group, rewritten(text, group))
    if (start === end && now === '') continue
    line += linesIn(text, counted, start)
    counted = start
    const last = stretches.at(-1)
    const made = { line, start, end, count: linesIn(text, start, end), text: now, textCount: linesIn(now) }
    // Without a line between them two are one: all that goes, and then all that comes.
    if (last?.end === start) stretches.splice(-1, 1, joined(last, made))
    else stretches.push(made)
  }
  return stretches
}

/** Edits of the same lines, and those lines. */
interface Group {
  readonly start: number
  end: number
  readonly edits: Edit[]
}

function groupsOf(text: string, edits: readonly Edit[]): Group[] {
  const groups: Group[] = []
  let last: Group | undefined
  for (const edit of edits) {
    const start = lineStart(text, edit.start)
    if (last && (start < last.end || text === '')) {
      if (edit.end >= last.end) last.end = lineEnd(text, edit.end)
      last.edits.push(edit)
    } else {
      last = { start, end: lineEnd(text, edit.end), edits: [edit] }
      groups.push(last)
    }
  }
  return groups
}

/** Where the line of a position begins. What stands behind the last line ending belongs to the last line. */
function lineStart(text: string, position: number): number {
  const within = position === text.length ? position - 1 : position
  return within < 1 ? 0 : text.lastIndexOf('\n', within - 1) + 1
}

/** Where the line of a position ends, behind its line ending. */
export function lineEnd(text: string, position: number): number {
  return text.indexOf('\n', position) + 1 || text.length
}

function rewritten(text: string, { start, end, edits }: Group): string {
  let result = ''
  let offset = start
  for (const edit of edits) {
    result += text.slice(offset, edit.start) + edit.text
    offset = edit.end
  }
  return result + text.slice(offset, end)
}

/** An edit that takes in a line ending reaches into the next line, which may stay as it is. */
function trimmed(old: string, group: Group, now: string): { start: number; end: number; text: string } {
  let { start, end } = group
  let [from, to] = [0, now.length]
  while (from < to && start < end) {
    const [oldLine, nowLine] = [lineEnd(old, start), lineEnd(now, from)]
    if (!isSame(old, start, oldLine, now, from, nowLine)) break
    start = oldLine
    from = nowLine
  }
  while (from < to && start < end) {
    const [oldLine, nowLine] = [lineStart(old, end - 1), lineStart(now, to - 1)]
    if (!isSame(old, oldLine, end, now, nowLine, to)) break
    end = oldLine
    to = nowLine
  }
  return { start, end, text: now.slice(from, to) }
}

function isSame(old: string, start: number, end: number, now: string, from: number, to: number): boolean {
  return end - start === to - from && old.slice(start, end) === now.slice(from, to)
}

function joined(first: ChangedLines, second: ChangedLines): ChangedLines {
  return {
    ...first,
    end: second.end,
    count: first.count + second.count,
    text: first.text + second.text,
    textCount: first.textCount + second.textCount,
  }
}

/** How many lines there are; one without an ending counts too. */
function linesIn(text: string, start = 0, end = text.length): number {
  let count = 0
  for (let offset = start; offset < end; offset = lineEnd(text, offset)) count += 1
  return count
}
