/** How much of a book's files is taken on: what is beyond fails by name, and the others are done. */
import type { Failure } from '../failure.ts'
import type { Definition } from '../model.ts'

export interface Limits {
  /** Bytes of one file. */
  readonly fileSize: number
  /** Seconds for the reading of one text that looks heavy. */
  readonly seconds: number
}

export const MEGABYTE = 1_000_000

/**
 * The largest file of the largest book that was met is a list of definitions of 0.5 MB; what people write by hand is
 * hardly ever above 0.3. A text of 4 MB takes the parser some seconds and half a gigabyte.
 */
export const DEFAULT_LIMITS: Limits = { fileSize: 4 * MEGABYTE, seconds: 20 }

/** A text that looks heavy, and what it would be read with. Plain data. */
export interface HeavyText {
  /** Relative to the book's root. */
  readonly path: string
  readonly text: string
  /** What the rest of the book defines. */
  readonly definitions: readonly Definition[]
  /** Whether it is a chapter with its includes, which is shown and nothing else. */
  readonly isAssembled?: boolean
}

/**
 * Reads a text where it does no harm.
 *
 * @returns why it cannot be read here, if so
 */
export type TryText = (heavy: HeavyText) => Promise<Failure | undefined>

/** What stands between the disk and the parsers. */
export interface Guard {
  readonly limits: Limits
  /** Absent where nobody can try: then all texts of a lawful size are read. */
  readonly tryText?: TryText
}

export const DEFAULT_GUARD: Guard = { limits: DEFAULT_LIMITS }
