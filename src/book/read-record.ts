/** Remembers what was read: the bytes that a run had, and not those that stand there later. */
import path from 'node:path'
import { toPosix } from '../posix.ts'
import { sha256 } from '../sha256.ts'
import { LEDGER_NAME } from './ledger-name.ts'
import type { ReadBytes } from './load.ts'
import type { PlannedBook } from './plan-schema.ts'
import { readRegularFile } from './read-regular-file.ts'

export interface ReadRecord {
  readonly readBytes: ReadBytes
  /** By the path that was asked for. */
  readonly hashes: ReadonlyMap<string, string>
}

/** Reads files, and keeps the hashes of their bytes. */
export function recordReads(readBytes: ReadBytes = readRegularFile): ReadRecord {
  const hashes = new Map<string, string>()
  return {
    hashes,
    async readBytes(file, limit) {
      const bytes = await readBytes(file, limit)
      hashes.set(file, sha256(bytes))
      return bytes
    },
  }
}

/** A file and the hash of its bytes; nothing where there is none. */
export async function hashedFile(file: string): Promise<readonly [string, string] | undefined> {
  return readRegularFile(file).then(
    (bytes) => [file, sha256(bytes)] as const,
    () => undefined,
  )
}

/**
 * All that the run of a book read, for its plan.
 *
 * @param root of the book, absolute
 * @param chapters relative to the root
 * @param hashes of the files that were read for it, by absolute path
 * @param ledger its bytes, where it has one
 * @param configuration its file, absolute, and the hash of that
 */
export function inputsOf(
  root: string,
  chapters: readonly string[],
  hashes: ReadonlyMap<string, string>,
  ledger: Uint8Array | undefined,
  configuration: readonly [string, string] | undefined,
): PlannedBook['inputs'] {
  const pathOf = (file: string) => toPosix(path.relative(root, file))
  const isChapter = new Set(chapters)
  const texts = [...hashes].map(([file, hash]): Input => {
    const name = pathOf(file)
    return { role: isChapter.has(name) ? 'chapter' : 'include', path: name, sha256: hash }
  })
  const config: Input[] = configuration
    ? [{ role: 'configuration', path: pathOf(configuration[0]), sha256: configuration[1] }]
    : []
  const record: Input[] = ledger ? [{ role: 'ledger', path: LEDGER_NAME, sha256: sha256(ledger) }] : []
  // A file that is read twice, as a configuration that a chapter includes, is one input.
  return [...new Map([...config, ...record, ...texts].map((one) => [one.path, one])).values()]
}

type Input = PlannedBook['inputs'][number]
