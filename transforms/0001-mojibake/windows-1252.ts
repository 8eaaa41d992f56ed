/**
 * Characters as the bytes that Windows-1252 has for them, the decoder's own table turned round; the control
 * characters that Latin-1 puts in its gaps (U+0081 and others) are their own bytes.
 */

const BYTES: ReadonlyMap<string, number> = new Map(
  Array.from({ length: 128 }, (_, index) => 128 + index).flatMap((byte) => [
    [String.fromCharCode(byte), byte] as const,
    [new TextDecoder('windows-1252').decode(Uint8Array.of(byte)), byte] as const,
  ]),
)

/** The byte that a character was, if it was read as Windows-1252 or Latin-1; `undefined` for ASCII and all others. */
export function byteOf(character: string): number | undefined {
  return BYTES.get(character)
}
