/** The labels that stand in a file which cannot be read as a text, as far as anybody can tell. */
import fs from 'node:fs/promises'
import { type Breathe, unhurried } from '../breathe.ts'
import { labelsMentioned } from './definitions.ts'

/** Bytes that are looked at, and no more: what a larger file mentions is not known. It takes some seconds. */
const LOOKED_AT = 100_000_000
/** Labels that are passed over where they stand again. */
const REMEMBERED = 100_000
/** A label has no more than 999 characters (CommonMark 0.31.2, 4.7); of four bytes each. */
const LONGEST = 4096

/**
 * Looks for labels in the bytes of a file, whatever its encoding and its size.
 *
 * @param file absolute
 * @param isAsked which labels, given as ids, anybody wants to know of: a large file may have any number
 * @param breathe between two of its parts
 * @returns their ids; `all` where the file is too large to be looked at
 */
export async function labelsInFile(
  file: string,
  isAsked: (id: string) => boolean,
  breathe: Breathe = unhurried,
): Promise<ReadonlySet<string> | 'all'> {
  const found = new Set<string>()
  const seen = new Set<string>()
  const decoders = [new TextDecoder('utf-8'), new TextDecoder('latin1')]
  const rests = decoders.map(() => '')
  const handle = await fs.open(file)
  try {
    if ((await handle.stat()).size > LOOKED_AT) return 'all'
    const stream = handle.createReadStream({ autoClose: false, highWaterMark: 1 << 20, end: LOOKED_AT })
    for await (const chunk of stream) {
      await breathe()
      for (const [index, decoder] of decoders.entries()) {
        const text = (rests[index] ?? '') + decoder.decode(Buffer.from(chunk), { stream: true })
        for (const id of labelsMentioned(text, seen).keys()) if (isAsked(id)) found.add(id)
        if (seen.size > REMEMBERED) seen.clear()
        rests[index] = text.slice(-LONGEST)
      }
    }
  } finally {
    await handle.close()
  }
  return found
}
