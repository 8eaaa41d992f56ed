/**
 * What a run is about to write, on disk before any of it is: whoever finds it after a crash knows which files are
 * concerned, what they were, and what they are to be. Once all is done, the same file is the run's record.
 */
import fs from 'node:fs'
import path from 'node:path'
import { z } from 'zod'
import { fail, messageOf, ok, type Result } from '../failure.ts'
import { findFile, isOwnPath } from './found.ts'
import { ownOf, type State } from './state-folder.ts'
import { replaceWhole } from './write-whole.ts'

const FORMAT = 1

const sha256 = z.string().regex(/^[0-9a-f]{64}$/)

/** `000012-5f3a91c0`: runs of a book are numbered. */
const runId = z.string().regex(/^\d{6,12}-[0-9a-f]{8}$/)

/** A path of a book's own file. */
const pathWithin = z.string().refine(isOwnPath, { message: 'the path is none of a book' })

const entry = z.strictObject({
  path: pathWithin,
  before: z.strictObject({ sha256, size: z.int().nonnegative() }).nullable(),
  after: sha256.nullable(),
})

const journal = z.strictObject({
  mdshift: z.literal(FORMAT),
  run: runId,
  what: z.string(),
  begun: z.iso.datetime(),
  leader: z.strictObject({ root: z.string(), run: runId }).optional(),
  undoes: runId.optional(),
  files: z.array(entry),
})

/** One file of a run. */
export interface Entry {
  /** Relative to the book's root, with `/`. */
  readonly path: string
  /** What stood there, where something did. */
  readonly before: { readonly sha256: string; readonly size: number } | null
  /** The hash of what is to stand there, where something is. */
  readonly after: string | null
}

export interface Journal {
  readonly mdshift: typeof FORMAT
  /** Its name: later runs have greater ones. */
  readonly run: string
  /** What was asked for, in words. */
  readonly what: string
  /** When it began, as ISO 8601 has it. */
  readonly begun: string
  /** Of a run over several books: the one whose verdict counts, by its root from here, and what the run is called there. */
  readonly leader?: { readonly root: string; readonly run: string } | undefined
  /** The run that this one takes back. */
  readonly undoes?: string | undefined
  readonly files: readonly Entry[]
}

/** What becomes of a run that was begun. */
export type Verdict = 'forward' | 'back'

export function journalOf(rest: Omit<Journal, 'mdshift'>): Journal {
  return { mdshift: FORMAT, ...rest }
}

/** Where the new bytes of a file wait until all are there. */
export function tempOf({ root }: State, { run, files }: Journal, position: number): string {
  const folder = path.posix.dirname(files[position]?.path ?? '')
  return path.join(root, folder, `.mdshift-${run}-${position}.tmp`)
}

/** The bytes that a run writes over, one file behind the other. */
export function oldBytesOf({ runs }: State, run: string): string {
  return path.join(runs, `${run}.old`)
}

export function recordOf({ runs }: State, run: string): string {
  return path.join(runs, `${run}.json`)
}

/** Writes the journal; whoever reads it finds all of it or nothing. */
export async function writeJournal(state: State, written: Journal, fsync: boolean): Promise<void> {
  await replaceWhole(state.journal, `${JSON.stringify(written)}\n`, fsync, ownOf(state))
}

/** The point of no return; and the one of return, where something went wrong behind it. */
export async function writeVerdict(
  state: State,
  { run }: Journal,
  verdict: Verdict,
  fsync: boolean,
): Promise<void> {
  await replaceWhole(state.verdict, `${verdict} ${run}\n`, fsync, ownOf(state))
}

/**
 * Reads a journal, or the record of a run.
 *
 * @returns nothing where there is none; `MDS062` where it is not what mdshift writes
 */
export function readJournal(file: string): Result<Journal | undefined> {
  try {
    const found = findFile(file)
    if (!found) return ok(undefined)
    const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(found.bytes))
    const read = journal.safeParse(value)
    if (read.success) return ok(read.data)
    const [issue] = read.error.issues
    return fail('MDS062', `${issue?.path.join('.')}: ${issue?.message}`, file)
  } catch (cause) {
    return fail('MDS062', messageOf(cause), file, cause)
  }
}

/** What was decided of a run: by its own book, or by the one that leads. */
export function verdictOf(state: State, run: string): Verdict | undefined {
  const [decided, about] = textOf(state.verdict).trim().split(' ')
  if (about === run && (decided === 'forward' || decided === 'back')) return decided
  return fs.existsSync(recordOf(state, run)) ? 'forward' : undefined
}

function textOf(file: string): string {
  const found = findFile(file)
  return found ? new TextDecoder().decode(found.bytes) : ''
}
