/** What may stand in a configuration, in zod's words: types, checks and the JSON Schema come from here. */
import { z } from 'zod'
import { headingId, label } from './label-text.ts'
import { isLaborious } from './laborious-globs.ts'

const LABORIOUS =
  'has too many wildcards, or characters: it may have three * in a name, three ** in a path, and nothing variable in what it repeats'

const pattern = z
  .string()
  .regex(/^(?![!/]|[A-Za-z]:)[^\\]+$/, 'is no pattern: it is empty, begins with ! or /, or has a backslash')
  .refine((glob) => !isLaborious(glob), LABORIOUS)

/** A pattern, or `!` and one that takes files back. */
const signedPattern = z
  .string()
  .regex(
    /^!?(?![!/]|[A-Za-z]:)[^\\]+$/,
    'is no pattern: it is empty, begins with !! or /, or has a backslash',
  )
  .refine((glob) => !isLaborious(glob.replace(/^!/, '')), LABORIOUS)

const namespace = z
  .string()
  .regex(
    /^[^\s~[\]\\-]+$/,
    'is no namespace: it is empty, or has a hyphen, a tilde, a bracket or white space',
  )

const resource = z
  .string()
  .regex(
    /^(?!-)(?!badge$)[^\s~[\]\\]+(?<!-)$/i,
    'is no resource: it is empty, `badge`, begins or ends with a hyphen, or has a tilde, a bracket or white space',
  )

const division = z.union(
  [
    z.enum(['crate', 'book', 'recipe', 'whole']),
    z.literal(false),
    z.strictObject({
      site: z
        .string()
        .regex(/^[\w-]+(?:\.[\w-]+)+$/, 'is no host such as "example.org"')
        .describe('Labels that lead to this host have one segment; others are none of the namespace.'),
    }),
  ],
  { error: 'is none of "crate", "book", "recipe", "whole", { "site": "example.org" }, false' },
)

const grammar = z.strictObject({
  namespaces: z
    .record(namespace, division)
    .optional()
    .describe(
      'Namespaces to add, and how their labels are divided; false leaves out one that mdshift knows.',
    ),
  resources: z
    .union([z.array(resource), z.record(resource, z.boolean())], {
      error: 'is neither a list of words nor an object of words with true or false',
    })
    .optional()
    .describe('Words to add that name a resource at the end of a label; false leaves out a known one.'),
})

const folder = z
  .string()
  .regex(/^(?!\/|[A-Za-z]:)[^\\]+$/, 'is no folder: it is empty, begins with /, or has a backslash')

const migrations = z.union(
  [
    folder,
    z
      .object({
        from: folder
          .optional()
          .describe(
            'The name of a pack, or a folder of migrations of your own (./migrations), relative to this file; they are made instead.',
          ),
        bundled: z
          .boolean()
          .optional()
          .describe('Whether the migrations that mdshift brings for every book are made too, before these.'),
      })
      .catchall(z.boolean()),
  ],
  { error: 'is neither a folder nor an object of migrations with true or false' },
)

/** A megabyte has a million bytes; a text of 500 of them would not be a JavaScript string. */
const limits = z.strictObject({
  fileSize: z
    .number()
    .positive('is not above 0')
    .max(500, 'is above 500')
    .optional()
    .describe('Megabytes that a file may have; a larger one fails, and the others are done. 4 if not given.'),
  seconds: z
    .number()
    .positive('is not above 0')
    .max(3600, 'is above 3600')
    .optional()
    .describe('Seconds that the reading of a text may take which looks heavy. 20 if not given.'),
})

export const configSchema = z
  .strictObject({
    $schema: z.string().optional().describe('Where the schema of this file is, for editors.'),
    include: z
      .array(pattern)
      .min(1)
      .optional()
      .describe('Glob patterns, relative to this file: only files that match one are chapters.'),
    ignore: z
      .array(pattern)
      .optional()
      .describe('Glob patterns, relative to this file: files that match one are no chapters.'),
    extensions: z
      .array(z.string().regex(/^\.[\w-]+$/, 'is no file name ending such as ".md"'))
      .min(1)
      .optional()
      .describe('File name endings of chapters, with the dot.'),
    migrations: migrations
      .optional()
      .describe(
        'Migrations by id, number or name: false leaves one out. Or a pack (mdbook-0.5), or a folder of migrations of your own (./migrations), or one of these with switches.',
      ),
    labels: z
      .record(label, label)
      .optional()
      .describe('Labels by hand: old → new. A label that is given itself stays.'),
    headingIds: z
      .record(z.string().min(1), z.record(z.string().min(1), headingId))
      .optional()
      .describe('Heading ids by hand: chapter, relative to this file → text of the heading → id.'),
    html: z
      .enum(['leave', 'rewrite'])
      .optional()
      .describe('What happens to legacy syntax in raw HTML: it is reported, or rewritten too.'),
    grammar: grammar
      .optional()
      .describe('What this book adds to the grammar of labels, or leaves out of it.'),
    limits: limits.optional().describe('How much is taken on of what stands in the files of a book.'),
    residue: z
      .array(signedPattern)
      .optional()
      .describe(
        'Glob patterns, relative to this file: other files to search for legacy syntax, never changed. Those behind ! are left out.',
      ),
  })
  .describe('The configuration of mdshift for a Markdown book.')

/** A configuration, as a person writes it. */
export interface UserConfig extends Omit<z.input<typeof configSchema>, 'migrations'> {
  /** Switches by id, number or name; or a folder of migrations of your own; or both. */
  migrations?: string | MigrationTable | undefined
}

interface MigrationTable {
  /** A folder of migrations of your own, relative to the configuration; they are made instead. */
  from?: string | undefined
  /** Whether the migrations that mdshift brings are made too, before your own. */
  bundled?: boolean | undefined
  /** Whether a migration is made: no other name has a text, though a type cannot say so. */
  [name: string]: boolean | string | undefined
}
