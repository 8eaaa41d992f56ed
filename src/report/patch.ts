/**
 * A file's edits as a unified diff that `git apply` takes. Hunks are made from the edits; texts are never
 * compared.
 */
import { FILE_HEADERS_ONLY, formatPatch } from 'diff'
import type { FileReport } from '../runner/report.ts'
import { type ChangedLines, changedLines, lineEnd } from './changed-lines.ts'

const CONTEXT = 3
const BOM = '\uFEFF'

/**
 * The diff of one file.
 *
 * @param file with at least one edit
 * @param name its path in the diff's headers, with `/`
 */
export function patchOf({ before, bom, edits }: FileReport, name: string): string {
  const shift = ({ start, end, text }: (typeof edits)[number]) => ({
    start: start + BOM.length,
    end: end + BOM.length,
    text,
  })
  const text = bom ? BOM + before : before
  const headers = formatPatch(
    { oldFileName: `a/${name}`, newFileName: `b/${name}`, oldHeader: '', newHeader: '', hunks: [] },
    FILE_HEADERS_ONLY,
  )
  return headers + hunksOf(text, changedLines(text, bom ? edits.map(shift) : edits))
}

function hunksOf(text: string, stretches: readonly ChangedLines[]): string {
  let hunks = ''
  let grown = 0
  for (const group of groupsOf(stretches)) {
    const [first] = group
    if (!first) continue
    const before = contextBefore(text, first.start)
    let body = shown(' ', text, before.start, first.start)
    let [at, lines, added] = [first.start, 0, 0]
    for (const { line, start, end, count, text: now, textCount } of group) {
      body += shown(' ', text, at, start) + shown('-', text, start, end) + shown('+', now, 0, now.length)
      at = end
      lines = line + count - first.line
      added += textCount - count
    }
    const behind = contextBehind(text, at)
    body += shown(' ', text, at, behind.end)
    const from = first.line - before.count
    const count = before.count + lines + behind.count
    hunks += `@@ -${range(from, count)} +${range(from + grown, count + added)} @@\n${body}`
    grown += added
  }
  return hunks
}

/** Stretches whose contexts would meet are one hunk. */
function groupsOf(stretches: readonly ChangedLines[]): ChangedLines[][] {
  const groups: ChangedLines[][] = []
  let end = Number.NEGATIVE_INFINITY
  for (const stretch of stretches) {
    if (stretch.line - end <= 2 * CONTEXT) groups.at(-1)?.push(stretch)
    else groups.push([stretch])
    end = stretch.line + stretch.count
  }
  return groups
}

function contextBefore(text: string, end: number): { start: number; count: number } {
  let [start, count] = [end, 0]
  for (; count < CONTEXT && start > 0; count += 1)
    start = start < 2 ? 0 : text.lastIndexOf('\n', start - 2) + 1
  return { start, count }
}

function contextBehind(text: string, start: number): { end: number; count: number } {
  let [end, count] = [start, 0]
  for (; count < CONTEXT && end < text.length; count += 1) end = lineEnd(text, end)
  return { end, count }
}

/** Of no lines, the number of the line before them is told. */
function range(from: number, count: number): string {
  return `${count === 0 ? from : from + 1},${count}`
}

/** Lines with a sign before each. */
function shown(sign: string, text: string, start: number, end: number): string {
  if (start === end) return ''
  const isEnded = text[end - 1] === '\n'
  const lines = sign + text.slice(start, isEnded ? end - 1 : end).replaceAll('\n', `\n${sign}`)
  return isEnded ? `${lines}\n` : `${lines}\n\\ No newline at end of file\n`
}
