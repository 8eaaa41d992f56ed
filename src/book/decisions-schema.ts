/** The file that hands over what could not be decided, in zod's words: what mdshift writes, and a person edits. */
import { z } from 'zod'
import { headingId, label } from './label-text.ts'

/** The version of the file's form. */
export const DECISIONS_VERSION = 1

/** The decision to leave something as it is. */
export const KEEP = 'keep'

/** `Keep` is a label too, and an id; nobody means it. */
const KEEP_MEANT = (decision: string) => decision === KEEP || decision.trim().toLowerCase() !== KEEP
const KEEP_ERROR = `did you mean "${KEEP}"? It is written in lower case`

const about = {
  candidates: z.array(z.string()).optional().describe('What it could become.'),
  evidence: z
    .strictObject({
      reason: z.string().describe('Why no rule decides it.'),
      targets: z.array(z.string()).optional().describe('Where the definitions of the label lead.'),
    })
    .optional(),
  place: z.string().optional().describe('Where it stands first, relative to this file.'),
}

export const decisionsSchema = z
  .strictObject({
    $schema: z.string().optional().describe('Where the schema of this file is, for editors.'),
    version: z.literal(DECISIONS_VERSION).describe('The version of the form of this file.'),
    labels: z
      .array(
        z.strictObject({
          label: label.describe('The label, as the book has it.'),
          decision: label
            .refine(KEEP_MEANT, KEEP_ERROR)
            .nullable()
            .describe('The label that it becomes; "keep" leaves it as it is; null is not decided yet.'),
          ...about,
        }),
      )
      .optional()
      .describe('Labels that no rule decides, or that could not be renamed.'),
    headings: z
      .array(
        z.strictObject({
          chapter: z.string().min(1).describe('The file of the heading, relative to this file.'),
          heading: z.string().describe('The text of the heading.'),
          decision: headingId
            .refine(KEEP_MEANT, KEEP_ERROR)
            .nullable()
            .describe('The id that it gets; "keep" leaves the heading as it is; null is not decided yet.'),
          ...about,
        }),
      )
      .optional()
      .describe('Headings whose id no rule decides.'),
  })
  .describe('What mdshift could not decide about a book, and what a person decided.')

export type DecisionsDocument = z.input<typeof decisionsSchema>
