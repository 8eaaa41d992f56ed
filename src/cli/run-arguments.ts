/** What a run over books is asked, whichever command asks. */
import type { Shard } from '../shard.ts'
import type { Access } from './access.ts'

export interface RunArguments {
  readonly paths: readonly string[]
  readonly to?: string | undefined
  readonly only?: readonly string[] | undefined
  readonly config?: string | undefined
  /** The pack whose migrations are made, whatever the configuration says. */
  readonly pack?: string | undefined
  /** The file that hands over what could not be decided. */
  readonly decide?: string | undefined
  /** Whether the result is proven. */
  readonly verify?: boolean
  /** Whether it is to change the book, or shows what it would change. */
  readonly writes?: boolean
  /** Absolute folders whose files are no chapters, whatever else says so. */
  readonly apart?: readonly string[]
  /** How it comes to the books, where it is to write. */
  readonly access?: Access
  /** The books of a plan, where it names them and no path does. */
  readonly planned?: readonly PlannedRoot[] | undefined
  /** The part of the files whose findings are wanted; all of them, where none is given. */
  readonly shard?: Shard | undefined
  /** Whether the hashes of all that is read are kept, for a plan. */
  readonly isSealed?: boolean
}

/** A book that a plan names. */
interface PlannedRoot {
  /** Absolute. */
  readonly root: string
  /** Relative to the root; none where the whole book is meant. */
  readonly chosen: readonly string[] | undefined
}
