/** The bytes of a file, and of nothing else that may bear its name. */
import { constants, type Stats } from 'node:fs'
import fs from 'node:fs/promises'

/**
 * Reads a regular file. A named pipe without a writer would be waited for, a device such as `/dev/zero` read without
 * end, and to open one can do more than that: they are refused by what they are, before they are opened.
 *
 * @throws as `readFile` does, and where it is no regular file
 */
export async function readRegularFile(file: string): Promise<Uint8Array> {
  const kind = otherKind(await fs.stat(file))
  if (kind !== undefined) throw new Error(`it is ${kind}`)
  // It may be a pipe by now.
  const handle = await fs.open(file, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0))
  try {
    return await handle.readFile()
  } finally {
    await handle.close()
  }
}

const KINDS: readonly (readonly [(stats: Stats) => boolean, string])[] = [
  [(stats) => stats.isDirectory(), 'a folder'],
  [(stats) => stats.isFIFO(), 'a named pipe'],
  [(stats) => stats.isSocket(), 'a socket'],
  [(stats) => !stats.isFile(), 'a device'],
]

/** What something is that is no regular file. */
export function otherKind(stats: Stats): string | undefined {
  return KINDS.find(([is]) => is(stats))?.[1]
}
