/**
 * A file's edits as a unified diff that `git apply` takes. Hunks are made from the edits; texts are never
 * compared.
 */
import { FILE_HEADERS_ONLY, formatPatch, type StructuredPatchHunk } from 'diff'
import type { Edit } from '../model.ts'
import type { FileReport } from '../runner/report.ts'

const CONTEXT = 3
const BOM = '\uFEFF'

/**
 * The diff of one file.
 *
 * @param file with at least one edit
 * @param name its path in the diff's headers, with `/`
 */
export function patchOf(file: FileReport, name: string): string {
  const mark = file.bom ? BOM : ''
  const edits = file.edits.map((edit) => ({
    ...edit,
    start: edit.start + mark.length,
    end: edit.end + mark.length,
  }))
  const hunks = hunksOf(mark + file.before, edits)
  return formatPatch(
    { oldFileName: `a/${name}`, newFileName: `b/${name}`, oldHeader: '', newHeader: '', hunks },
    FILE_HEADERS_ONLY,
  )
}

/** Old lines that edits touch, as one stretch, and the lines that take their place; lines keep their endings. */
interface Block {
  /** Index of the first line. */
  readonly from: number
  /** Index behind the last line. */
  readonly to: number
  readonly lines: readonly string[]
}

function hunksOf(text: string, edits: readonly Edit[]): StructuredPatchHunk[] {
  const lines = linesOf(text)
  const blocks = blocksOf(text, lines, edits)
  const hunks: StructuredPatchHunk[] = []
  let shift = 0
  for (const group of groupsOf(blocks)) {
    const from = Math.max((group[0]?.from ?? 0) - CONTEXT, 0)
    const to = Math.min((group.at(-1)?.to ?? 0) + CONTEXT, lines.length)
    const body: string[] = []
    let at = from
    for (const block of group) {
      body.push(...shown(' ', lines.slice(at, block.from)))
      body.push(...shown('-', lines.slice(block.from, block.to)), ...shown('+', block.lines))
      at = block.to
    }
    body.push(...shown(' ', lines.slice(at, to)))
    const grown = group.reduce((sum, block) => sum + block.lines.length - (block.to - block.from), 0)
    hunks.push({
      oldStart: from + 1,
      oldLines: to - from,
      newStart: from + 1 + shift,
      newLines: to - from + grown,
      lines: body,
    })
    shift += grown
  }
  return hunks
}

/** Blocks whose contexts would meet are one hunk. */
function groupsOf(blocks: readonly Block[]): Block[][] {
  const groups: Block[][] = []
  for (const block of blocks) {
    const last = groups.at(-1)
    const end = last?.at(-1)?.to
    if (last && end !== undefined && block.from - end <= 2 * CONTEXT) last.push(block)
    else groups.push([block])
  }
  return groups
}

function blocksOf(text: string, lines: readonly string[], edits: readonly Edit[]): Block[] {
  const starts: number[] = []
  let offset = 0
  for (const line of lines) {
    starts.push(offset)
    offset += line.length
  }
  const blocks: Block[] = []
  let line = 0
  const lineAt = (position: number) => {
    while (line + 1 < starts.length && (starts[line + 1] ?? 0) <= position) line += 1
    return line
  }
  let open: { from: number; to: number; edits: Edit[] } | undefined
  const close = () => {
    if (!open) return
    const [start, end] = [starts[open.from] ?? 0, starts[open.to] ?? text.length]
    const block = { from: open.from, to: open.to, lines: linesOf(rewritten(text, start, end, open.edits)) }
    const changed = trimmed(block, lines)
    if (changed.from < changed.to || changed.lines.length > 0) blocks.push(changed)
  }
  for (const edit of edits) {
    const from = lineAt(edit.start)
    const to = Math.min(lineAt(edit.end) + 1, lines.length)
    if (open && (from < open.to || lines.length === 0)) {
      open.to = Math.max(open.to, to)
      open.edits.push(edit)
    } else {
      close()
      open = { from, to, edits: [edit] }
    }
  }
  close()
  return joined(blocks)
}

/** Blocks without a line between them are one: all that goes, and then all that comes. */
function joined(blocks: readonly Block[]): Block[] {
  const result: Block[] = []
  for (const block of blocks) {
    const last = result.at(-1)
    if (last && last.to === block.from) {
      result.splice(-1, 1, { from: last.from, to: block.to, lines: [...last.lines, ...block.lines] })
    } else {
      result.push(block)
    }
  }
  return result
}

/** An edit that takes in a line ending reaches into the next line, which may stay as it is. */
function trimmed({ from, to, lines }: Block, old: readonly string[]): Block {
  let head = 0
  while (head < lines.length && from + head < to && lines[head] === old[from + head]) head += 1
  let tail = 0
  while (tail < lines.length - head && to - tail > from + head && lines.at(-1 - tail) === old[to - tail - 1])
    tail += 1
  return { from: from + head, to: to - tail, lines: lines.slice(head, lines.length - tail) }
}

function rewritten(text: string, start: number, end: number, edits: readonly Edit[]): string {
  let result = ''
  let offset = start
  for (const edit of edits) {
    result += text.slice(offset, edit.start) + edit.text
    offset = edit.end
  }
  return result + text.slice(offset, end)
}

/** Lines as diffs count them: `\n` alone ends one. */
function linesOf(text: string): string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? []
}

function shown(sign: string, lines: readonly string[]): string[] {
  return lines.flatMap((line) =>
    line.endsWith('\n') ? [sign + line.slice(0, -1)] : [sign + line, '\\ No newline at end of file'],
  )
}
