/**
 * What is answered before the rest of the program is loaded: `--version`, and a `check` of books that give no migration a
 * reason to look closer. Whatever is not of the plainest form is left to the others.
 */
import type { Startable } from '../book/glance.ts'
import { cleanCheck } from './clean-check.ts'
import { guarded } from './guarded.ts'
import type { Io } from './io.ts'
import type { ExitStatus } from './status-codes.ts'

/** What is known without loading anything. */
export interface KnownAtOnce {
  readonly starts: readonly Startable[]
  version(): string
}

/**
 * Answers, where that is possible.
 *
 * @param argv the words behind the program's name
 */
export async function atOnce(
  argv: readonly string[],
  io: Io,
  { starts, version }: KnownAtOnce,
): Promise<ExitStatus | undefined> {
  const [first, ...rest] = argv
  if (first === '--version' && rest.length === 0) {
    io.stdout.lines([version()])
    return 0
  }
  const words = rest.filter((word) => !SWITCHES.has(word))
  // What yargs may read as something else than a path is left to it.
  if (first !== 'check' || !words.every((word) => PLAIN_PATH.test(word))) return undefined
  return guarded(() => cleanCheck(words, starts, io), io)
}

/** They make no difference where nothing is found, and nothing beside the book is run. */
const SWITCHES = new Set(['--strict', '--safe'])

const PLAIN_PATH = /^[\p{L}\p{N}_./~@+][\p{L}\p{N}_./~@+,: -]*$/u
