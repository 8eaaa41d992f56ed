/**
 * What a check found, as a file, in zod's words: so that a check that was divided among machines can be told as one, and
 * other programs can read it.
 */
import { z } from 'zod'

/** What the file says of itself: other files have a version, too. */
export const REPORT_KIND = 'mdshift report'

/** The version of the file's form. */
export const REPORT_VERSION = 1

const sha256 = z.string().regex(/^[0-9a-f]{64}$/, 'is no SHA-256 in hexadecimal digits')
const text = z.string()
const name = z.string().min(1)
const counted = z.int().positive()

const finding = z.strictObject({
  line: counted,
  column: counted,
  kind: z.enum(['change', 'refused', 'undecided', 'opaque', 'doubtful']),
  migration: name,
  legacy: text,
  current: z.array(text),
  because: text,
})

const searched = z.strictObject({
  file: name.describe('As the user names it, from the folder that the check ran in.'),
  path: name.describe("Relative to the book's root, with `/`."),
  findings: z.array(finding),
})

const problem = z.strictObject({
  code: z.string().regex(/^MDS\d{3}$/, 'is no code such as "MDS001"'),
  message: text,
  place: text.optional(),
  next: text,
  trace: z.array(text).optional(),
})

const failed = problem.extend({
  shard: counted.optional().describe('Which shard tells of it: the one of its chapter, or the first.'),
})

const drift = z.strictObject({
  file: name,
  line: counted,
  column: counted,
  migration: name,
  applied: z.iso.date('is no date such as "2026-11-22"'),
})

const book = z.strictObject({
  root: name.describe('From the folder that the check ran in; `.` is that itself.'),
  chosen: z
    .array(name)
    .optional()
    .describe('The chapters that were asked for, where it was not the whole book.'),
  settings: sha256,
  migrations: z.array(z.strictObject({ id: name, version: z.int(), checksum: z.string().min(1).optional() })),
  inputs: z.array(
    z.strictObject({
      role: z.enum(['chapter', 'include', 'configuration', 'ledger']),
      path: name,
      sha256,
    }),
  ),
  files: z.array(searched).describe('Of a shard: its own.'),
  residue: z.array(searched),
  drifts: z.array(drift),
  failures: z.array(failed),
  missing: z.array(text).describe('Includes that lead nowhere.'),
})

export const reportSchema = z
  .strictObject({
    kind: z.literal(REPORT_KIND).describe('What the file is.'),
    version: z.literal(REPORT_VERSION).describe("The version of the file's form."),
    mdshift: name.describe('The mdshift that made it.'),
    shard: z
      .strictObject({ number: counted, of: counted })
      .optional()
      .describe('Which part of the files it tells of; all of them, where there is none.'),
    arguments: z
      .strictObject({
        to: text.optional(),
        only: z.array(text).optional(),
        pack: text.optional(),
        config: text.optional(),
        decide: text.optional(),
        strict: z.literal(true).optional(),
      })
      .describe('What the check was asked for.'),
    decisions: sha256.optional().describe('The hash of the file of decisions.'),
    warnings: z.array(problem).describe('What went wrong and kept nothing from being done.'),
    unused: z
      .array(z.strictObject({ file: name, message: text }))
      .describe('What a configuration says of what no book has.'),
    books: z.array(book).describe('What was read of each book, and found in it.'),
  })
  .describe('What `mdshift check --report` found.')

/** What a check found, and what it was about. */
export type CheckReport = z.output<typeof reportSchema>

export type CheckedBook = CheckReport['books'][number]
