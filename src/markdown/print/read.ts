/** What a printed text is read as. */
import type { Root } from 'mdast'
import { withOrigins } from '../origin.ts'
import { parseChapter } from '../parse.ts'
import type { Press } from './press.ts'

/**
 * Parses a text that was just written.
 *
 * @returns `undefined` where the parser itself fails on it, as mdast-util-gfm-task-list-item does on a box at the front of
 *   a line in emphasis: such a text is not read as anything that was asked for
 */
export function readBack({ chapter, isKnown }: Press, text: string): Root | undefined {
  try {
    return withOrigins(parseChapter(chapter.path, text, isKnown)).tree
  } catch {
    return undefined
  }
}
