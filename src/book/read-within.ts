/** The bytes of a file, up to a limit: what is larger is never in memory. */
import type { FileHandle } from 'node:fs/promises'
import fs from 'node:fs/promises'

/** What a file that is too large throws. */
export class TooLarge extends Error {
  override readonly name = 'TooLarge'
}

/**
 * Reads a file, unless it is larger than may be; one that grows meanwhile is, too.
 *
 * @param file absolute
 * @param limit bytes
 * @throws as `readFile` does, and `TooLarge`
 */
export async function readWithin(file: string, limit: number): Promise<Uint8Array> {
  const handle = await fs.open(file)
  try {
    return await readHandleWithin(handle, limit)
  } finally {
    await handle.close()
  }
}

/** The same of a file that is open. */
export async function readHandleWithin(handle: FileHandle, limit: number): Promise<Uint8Array> {
  const { size } = await handle.stat()
  if (size > limit) throw tooLarge(`${size} bytes`, limit)
  const bytes = await handle.readFile()
  if (bytes.length > limit) throw tooLarge(`${bytes.length} bytes`, limit)
  return bytes
}

function tooLarge(what: string, limit: number): TooLarge {
  return new TooLarge(`it has ${what}, and may have ${limit}`)
}
