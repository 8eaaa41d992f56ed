/**
 * Characters as the bytes that Windows-1252 has for them (WHATWG Encoding, index windows-1252). Written out,
 * because `TextDecoder` of Node 20 decodes this encoding as Latin-1.
 */

/** U+0080 to U+009F as Windows-1252 has them; in its five gaps stands the control character of that number. */
const FROM_0X80 = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ'

const BYTES: ReadonlyMap<string, number> = new Map(
  [...FROM_0X80].map((character, index) => [character, 0x80 + index] as const),
)

/** The byte that a character was, if it was read as Windows-1252 or Latin-1; `undefined` for ASCII and all others. */
export function byteOf(character: string): number | undefined {
  const code = character.charCodeAt(0)
  return code >= 0x80 && code <= 0xff ? code : BYTES.get(character)
}
