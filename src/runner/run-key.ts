/**
 * All that the outcome of a run follows from, as one hash. `runBook` asks nothing else: no clock, no disk, and of a
 * migration of mdshift's own what the hash of the program stands for.
 */
import type { Book } from '../book/load.ts'
import { canonical } from '../canonical.ts'
import { parserInUse } from '../markdown/parser-in-use.ts'
import { sha256 } from '../sha256.ts'
import type { RunOptions } from './run.ts'

/**
 * @param book as it was read
 * @param options with bundled migrations alone
 * @param program which mdshift it is, byte by byte
 */
export function runKey(book: Book, options: RunOptions, program: string): string {
  const { migrations, settings, verify = false, idempotent = true, residue = [], isAsked } = options
  return sha256(
    JSON.stringify([
      program,
      parserInUse(),
      migrations.map(({ id, version, checksum }) => [id, version, checksum ?? null]),
      canonical(settings),
      [verify, idempotent],
      book.root,
      book.files.map(({ path, text, bom, chosen }) => [
        path,
        sha256(text),
        bom,
        chosen,
        isAsked?.(path) ?? true,
      ]),
      [...book.outside].map(([path, text]) => [path, sha256(text)]),
      // Texts of files that were given up are not known; what is mentioned in them is.
      [...book.facts.keys()],
      [...book.unreadable],
      book.failures.map(({ code, message, place = null }) => [code, message, place]),
      residue.map(({ path, text }) => [path, sha256(text)]),
    ]),
  )
}
