/** What this reader leaves to the reference: thrown where it is met, and caught where a part is read. */

const UNSURE = new Error('the reference has to read this')

/** Leaves the part of the text that is being read to the reference. */
export function leaveIt(): never {
  throw UNSURE
}

/**
 * Reads a part of a text, if this reader is sure of it.
 *
 * @returns `undefined` where it leaves the part to the reference
 */
export function ifSure<Value>(read: () => Value): Value | undefined {
  try {
    return read()
  } catch (thrown) {
    if (thrown === UNSURE) return undefined
    throw thrown
  }
}
