/** One part behind the other; one that is alone is not copied. */
export function joinedBytes(parts: readonly Uint8Array[]): Uint8Array {
  const [first, second] = parts
  return first && !second ? first : Buffer.concat(parts)
}
