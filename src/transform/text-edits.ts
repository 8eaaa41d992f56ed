/** How one text becomes another: what differs, by lines and then by words. */
import { diffLines, diffWordsWithSpace } from 'diff'
import type { Edit } from '../model.ts'

/** Milliseconds that a comparison may take. */
const LINES_LIMIT = 2000
const WORDS_LIMIT = 200

/**
 * The edits that make one text of another, and leave alone what they share. Where the texts are too different to be
 * compared in time, what differs is one edit.
 *
 * @example
 * textEdits('a red rose\n', 'a white rose\n') // → [{ start: 2, end: 5, text: 'white' }]
 */
export function textEdits(before: string, after: string): Edit[] {
  if (before === after) return []
  const lines = differences(diffLines(before, after, { timeout: LINES_LIMIT }))
  return (lines ?? [{ start: 0, end: before.length, text: after }]).flatMap(({ start, end, text }) => {
    const words = differences(
      diffWordsWithSpace(before.slice(start, end), text, { timeout: WORDS_LIMIT }),
    ) ?? [{ start: 0, end: end - start, text }]
    return words.map((edit) => ({ ...edit, start: edit.start + start, end: edit.end + start }))
  })
}

interface Part {
  readonly value: string
  readonly added: boolean
  readonly removed: boolean
}

/** What goes and what comes at one point is one edit. */
function differences(parts: readonly Part[] | undefined): Edit[] | undefined {
  if (!parts) return undefined
  const edits: Edit[] = []
  let offset = 0
  let open: Edit | undefined
  for (const { value, added, removed } of parts) {
    if (!added && !removed) {
      if (open) edits.push(open)
      open = undefined
      offset += value.length
    } else if (removed) {
      open = { start: open?.start ?? offset, end: offset + value.length, text: open?.text ?? '' }
      offset += value.length
    } else open = { start: open?.start ?? offset, end: open?.end ?? offset, text: (open?.text ?? '') + value }
  }
  return open ? [...edits, open] : edits
}
