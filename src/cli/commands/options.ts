/** Options that several commands have, and how their values are read. */
import type { Argv } from 'yargs'
import type { Shard } from '../../shard.ts'
import type { Io } from '../io.ts'
import type { Lineups } from '../lineup.ts'
import type { ExitStatus } from '../status-codes.ts'

/** What a command works with. */
interface Surroundings {
  readonly lineups: Lineups
  readonly io: Io
  /** mdshift's own. */
  readonly version: string
  /** Paths, and those behind `--`, which are paths whatever they look like. */
  allPaths(paths: readonly string[]): readonly string[]
}

/** Has a command work, and keeps what it ends with. */
export type Act = (work: (surroundings: Surroundings) => Promise<ExitStatus>) => Promise<void>

/** Adds a command to the program. */
export type AddCommand = (program: Argv, act: Act) => Argv

export const PATHS = {
  describe: 'files, folders or globs; the current folder where none is given',
  type: 'string',
  array: true,
  default: [],
} as const

export const SELECTION = {
  to: {
    describe: 'the last migration to make, by id or number',
    type: 'string',
    requiresArg: true,
    coerce: once('--to'),
  },
  only: {
    describe: 'the only migration to make; may be given several times',
    type: 'string',
    array: true,
    nargs: 1,
    requiresArg: true,
  },
  config: {
    describe: 'a configuration file; else the nearest mdshift.config.{ts,mts,mjs,js,json} upwards',
    type: 'string',
    requiresArg: true,
    coerce: once('--config'),
  },
  pack: {
    describe: 'a pack of migrations, made instead of the others: mdbook-0.5',
    type: 'string',
    requiresArg: true,
    coerce: once('--pack'),
  },
} as const

export const VERIFY = {
  describe: 'prove the result before anything is written; --no-verify for those in a hurry',
  type: 'boolean',
  default: true,
} as const

export const FSYNC = {
  describe:
    'wait until the disk has what is written; --no-fsync is faster, and a loss of power may tear files',
  type: 'boolean',
  default: true,
} as const

export const ALLOW_DIRTY = {
  describe: 'change files that hold changes of yours, too; git cannot give that state back',
  type: 'boolean',
  default: false,
} as const

export const TIMINGS = {
  describe: 'tell on stderr what the time went to: reading, parsing, proving, writing',
  type: 'boolean',
  default: false,
} as const

export const DECIDE = { type: 'string', requiresArg: true, coerce: once('--decide') } as const

export const SHARD = {
  describe: 'K/N: tell only of the K-th of N parts of the files, as the whole run finds them',
  type: 'string',
  requiresArg: true,
  coerce: shard,
} as const

/** One part of several, given once. */
function shard(value: unknown): Shard | undefined {
  const text = once('--shard')(value)
  if (text === undefined) return undefined
  const [, number, of] = /^([1-9]\d{0,3})\/([1-9]\d{0,3})$/.exec(text) ?? []
  if (number === undefined || Number(number) > Number(of))
    throw new Error(`--shard is K/N, as 2/8 is the second of eight parts; ${JSON.stringify(text)} is not`)
  return { number: Number(number), of: Number(of) }
}

/** A number above 0, given once. */
export function positive(flag: string): (value: unknown) => number | undefined {
  const single = once(flag)
  return (value) => {
    const text = single(value)
    if (text === undefined) return undefined
    const number = Number(text)
    if (text === '' || !Number.isFinite(number) || number <= 0) throw new Error(`${flag} is a number above 0`)
    return number
  }
}

/** yargs makes a list of a flag that is given twice. */
export function once(flag: string): (value: unknown) => string | undefined {
  return (value) => {
    if (Array.isArray(value)) throw new Error(`${flag} is given more than once`)
    return typeof value === 'string' ? value : undefined
  }
}
