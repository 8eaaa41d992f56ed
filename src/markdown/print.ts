/**
 * A changed tree → edits on the text that it was read from. A document is never printed: what an author left alone
 * stays as it is written, and only what changed is written anew, in the habits of the text around it.
 */

import type { Edit } from '../model.ts'
import type { Chapter } from './parse.ts'

/** What a changed tree asks for, or why Markdown cannot say it. */
export type Printed =
  | {
      readonly ok: true
      /** On the chapter's text; sorted and disjoint. */
      readonly edits: readonly Edit[]
      /** The text with the edits made: it parses to the tree. */
      readonly text: string
    }
  | {
      readonly ok: false
      readonly message: string
      /** Offset of the place in the chapter's text. */
      readonly at: number
    }

/**
 * Prints what changed in a chapter's tree since it was parsed.
 *
 * @param chapter as `withOrigins` remembered it
 */
export function printChanges(chapter: Chapter): Printed {
  return { ok: true, edits: [], text: chapter.text }
}
