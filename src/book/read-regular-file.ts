/** The bytes of a file, and of nothing else that may bear its name. */
import { constants, type Stats } from 'node:fs'
import fs from 'node:fs/promises'

/** What a file that is too large throws. */
export class TooLarge extends Error {
  override readonly name = 'TooLarge'
}

/**
 * Reads a regular file that is not larger than may be. A named pipe without a writer would be waited for, a device such as `/dev/zero` read without
 * end, and to open one can do more than that: they are refused by what they are, before they are opened.
 *
 * @param limit bytes
 * @throws as `readFile` does, where it is no regular file, and `TooLarge`
 */
export async function readRegularFile(
  file: string,
  limit: number = Number.POSITIVE_INFINITY,
): Promise<Uint8Array> {
  const stats = await fs.stat(file)
  const kind = otherKind(stats)
  if (kind !== undefined) throw new Error(`it is ${kind}`)
  if (stats.size > limit) throw tooLarge(stats.size, limit)
  // It may be a pipe by now.
  const handle = await fs.open(file, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0))
  try {
    const bytes = await handle.readFile()
    if (bytes.length > limit) throw tooLarge(bytes.length, limit)
    return bytes
  } finally {
    await handle.close()
  }
}

export function tooLarge(size: number, limit: number): TooLarge {
  return new TooLarge(`it has ${size} bytes, and may have ${limit}`)
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
