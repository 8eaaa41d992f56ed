/**
 * A sealed plan, in zod's words: what a dry run read, what it was asked, and what it would write, by hashes. Nothing in
 * it is written or run: a run of today is compared with it. What such a run begins from lies in the folder of the plan,
 * so that a plan leads nowhere else.
 */
import { z } from 'zod'

/** What the file says of itself: other files have a version, too. */
export const PLAN_KIND = 'mdshift plan'

/** The version of the file's form. */
export const PLAN_VERSION = 1

const sha256 = z.string().regex(/^[0-9a-f]{64}$/, 'is no SHA-256 in hexadecimal digits')

/** A path that may say something against itself. */
function pathWith(problemOf: (text: string) => string | undefined): z.ZodString {
  return z.string().superRefine((text, { addIssue }) => {
    const problem = problemOf(text)
    if (problem !== undefined) addIssue(problem)
  })
}

/** A file below a folder. */
const below = pathWith(problemOfPath)

/** A file that a book reads; includes, and a configuration, may stand outside of it. */
const beside = pathWith((text) => problemOfPath(text.replace(/^(?:\.\.\/)+/, '')))

/** What a run begins from. */
const opened = pathWith(problemOfOpened)

/** A folder of that kind; `.` is the plan's own. */
const root = pathWith((text) => (text === '.' ? undefined : problemOfOpened(text)))

const input = z.strictObject({
  role: z.enum(['chapter', 'include', 'configuration', 'ledger']),
  path: beside,
  sha256,
})

const output = z.strictObject({
  path: below,
  before: sha256.nullable(),
  after: sha256,
  edits: z.array(z.strictObject({ migration: z.string().min(1), count: z.int().positive() })),
})

const book = z.strictObject({
  root,
  chosen: z.array(opened).min(1).optional(),
  settings: sha256,
  migrations: z.array(
    z.strictObject({ id: z.string().min(1), version: z.int(), checksum: z.string().min(1).optional() }),
  ),
  inputs: z.array(input),
  outputs: z.array(output),
})

export const planSchema = z.strictObject({
  kind: z.literal(PLAN_KIND),
  version: z.literal(PLAN_VERSION),
  mdshift: z.string().min(1),
  day: z.iso.date('is no date such as "2026-11-22"').optional(),
  arguments: z.strictObject({
    to: z.string().optional(),
    only: z.array(z.string()).optional(),
    pack: z.string().optional(),
    config: opened.optional(),
    decide: opened.optional(),
  }),
  decisions: sha256.optional(),
  books: z.array(book).min(1),
})

/** A sealed plan. Paths in a book are relative to its root, roots and arguments to the plan, all with `/`. */
export type Plan = z.output<typeof planSchema>

export type PlannedBook = Plan['books'][number]

function problemOfPath(text: string): string | undefined {
  if (/^(?:\/|[a-z]:[\\/])/i.test(text)) return 'is no relative path'
  const parts = text.split('/')
  if (parts.includes('..')) return 'leads out of its folder'
  return parts.some((part) => part === '' || part === '.') ? 'is no path to a file' : undefined
}

/** On some machines a backslash, or a drive, leads elsewhere. */
function problemOfOpened(text: string): string | undefined {
  if (text.includes('\\') || /^[a-z]:/i.test(text)) return 'is no path that means the same everywhere'
  return problemOfPath(text)
}
