import { hash } from 'node:crypto'

/** The hash of bytes, or of a text's UTF-8, in hexadecimal digits: as records of runs and plans have it. */
export function sha256(bytes: Uint8Array | string): string {
  return hash('sha256', bytes)
}
