/** A text whose value changed → its source, but for the words that are others. */
import { diffWordsWithSpace } from 'diff'
import type { PhrasingContent, Text } from 'mdast'
import { originOf } from '../origin.ts'
import { startOf } from '../parse.ts'
import { type Mode, source, sourceText, unixLines } from './pieces.ts'

/**
 * The pieces of a text that is kept, and says something else.
 *
 * @returns `undefined` where the places of its words are not known
 */
export function textPieces(node: Text, mode: Mode): PhrasingContent[] | undefined {
  const origin = originOf(node)
  const before = origin?.fields['value']
  if (!origin || typeof before !== 'string') return undefined
  const place = (offset: number) => offset + returnsBefore(before, offset)
  const made: PhrasingContent[] = []
  let at = 0
  // Space at the end of a line is in no value, and stays.
  let end = startOf(node)
  for (const { added, removed, value } of differences(unixLines(before), unixLines(node.value))) {
    if (added) made.push(mode === 'raw' ? sourceText(value) : { type: 'text', value })
    else {
      const span = origin.chapter.spans.ofText(node, place(at), place(at + value.length))
      if (!span) return undefined
      made.push(...source(node, { start: end, end: removed ? span.start : span.end }))
      at += value.length
      end = span.end
    }
  }
  return made
}

/** How many carriage returns a value has before what is an offset without them. */
function returnsBefore(value: string, offset: number): number {
  let [count, left] = [0, offset]
  for (let index = 0; left > 0 && index < value.length; index++) {
    if (value[index] === '\r' && value[index + 1] === '\n') count += 1
    else left -= 1
  }
  return count
}

/** Words that may differ, whatever time that takes. */
const MOST_WORDS = 500

/** The words that stay and those that do not. */
function differences(before: string, after: string): readonly Words[] {
  return (
    diffWordsWithSpace(before, after, { maxEditLength: MOST_WORDS }) ?? [
      { value: before, removed: true },
      { value: after, added: true },
    ]
  )
}

interface Words {
  readonly value: string
  readonly added?: boolean
  readonly removed?: boolean
}
