/** Draws that are the same for the same seed, on any machine. */
export interface Draws {
  /** A whole number from 0 up to, and without, a limit. */
  below(limit: number): number
  /** Whether it happened, of so many times in a hundred. */
  percent(times: number): boolean
  /** One of a list. */
  of<Item>(items: readonly [Item, ...Item[]]): Item
}

/** Mulberry32: small, and good enough for prose. */
export function drawsOf(seed: number): Draws {
  let state = seed >>> 0
  const below = (limit: number) => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * limit)
  }
  return {
    below,
    percent: (times) => below(100) < times,
    of: (items) => items[below(items.length)] ?? items[0],
  }
}
