/** The bytes of many files, one behind the other: into one buffer, by calls that wait, which is several times faster. */
import fs, { constants, type Stats } from 'node:fs'
import { otherKind, tooLarge } from './read-regular-file.ts'

/**
 * The bytes of a file, good until the next is read.
 *
 * @param file absolute; known not to be a device or a pipe, as far as the folder that it is listed in tells
 * @param limit how many bytes it may have
 * @throws as `readRegularFile` does
 */
export type ReadInTurn = (file: string, limit: number) => Buffer

/** Hardly a chapter is larger. */
const USUAL = 256 * 1024

/**
 * @param usual bytes that most of them have fewer of
 * @param sees is told what the disk says of each
 */
export function readInTurn(usual: number = USUAL, sees?: (stats: Stats) => void): ReadInTurn {
  let buffer = Buffer.allocUnsafeSlow(usual)
  return (file, limit) => {
    // It may be a pipe by now.
    const descriptor = fs.openSync(file, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0))
    try {
      const stats = fs.fstatSync(descriptor)
      const kind = otherKind(stats)
      if (kind !== undefined) throw new Error(`it is ${kind}`)
      sees?.(stats)
      if (stats.size > limit) throw tooLarge(stats.size, limit)
      if (stats.size >= buffer.length) buffer = Buffer.allocUnsafeSlow(stats.size * 2)
      let length = 0
      // Until the end is read: it may have grown.
      for (;;) {
        const read = fs.readSync(descriptor, buffer, length, buffer.length - length, null)
        length += read
        if (length > limit) throw tooLarge(length, limit)
        if (read === 0 || length === stats.size) return buffer.subarray(0, length)
        if (length === buffer.length) buffer = Buffer.concat([buffer], buffer.length * 2)
      }
    } finally {
      fs.closeSync(descriptor)
    }
  }
}

/**
 * The bytes of a small file, where there is one.
 *
 * @returns none where there is none
 * @throws as `readRegularFile` does
 */
export function readWhole(file: string): Uint8Array {
  const stats = fs.statSync(file, { throwIfNoEntry: false })
  const kind = stats && otherKind(stats)
  if (kind !== undefined) throw new Error(`it is ${kind}`)
  return stats ? readInTurn(stats.size + 1)(file, Number.POSITIVE_INFINITY) : new Uint8Array()
}
