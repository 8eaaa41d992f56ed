/**
 * Bytes ↔ text. Strict UTF-8 in, the same bytes out: the byte order mark is set aside and put back, line
 * ends are nobody's business here.
 */
import { isAscii, isUtf8 } from 'node:buffer'
import { fail, ok, type Result } from '../failure.ts'

/** A file's text, and whether a byte order mark stood before it. */
export interface SourceText {
  readonly text: string
  readonly bom: boolean
}

const BOM = '\uFEFF'

/**
 * Reads a file's bytes.
 *
 * @param bytes the whole file
 * @param place its path, for the failure
 * @returns the text, or `MDS002` for what is not UTF-8 and `MDS010` for a NUL, which Markdown parsers replace
 */
export function decodeSource(bytes: Uint8Array, place: string): Result<SourceText> {
  if (!isUtf8(bytes)) return fail('MDS002', '', place, whyNot(bytes))
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  // What is ASCII alone is read, and kept, in a byte a character.
  const decoded = isAscii(buffer) ? buffer.toString('latin1') : buffer.toString('utf8')
  const nul = decoded.indexOf('\0')
  if (nul >= 0) return fail('MDS010', '', `${place}:${decoded.slice(0, nul).split('\n').length}`)
  const bom = decoded.startsWith(BOM)
  return ok({ text: bom ? decoded.slice(1) : decoded, bom })
}

function whyNot(bytes: Uint8Array): unknown {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch (cause) {
    return cause
  }
}

/** The bytes of a text, with its byte order mark if it had one. */
export function encodeSource(source: SourceText): Uint8Array {
  return new TextEncoder().encode(source.bom ? BOM + source.text : source.text)
}
