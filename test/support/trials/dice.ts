/** A row of numbers that decides what a trial does; where it is over, all is 0: the first, and simplest, choice. */
export interface Dice {
  /** A whole number from 0 to `sides - 1`. */
  roll(sides: number): number
  /** One of a list's. */
  pick<Item>(items: readonly [Item, ...Item[]]): Item
  /** One of a list's that may be empty. */
  find<Item>(items: readonly Item[]): Item | undefined
}

export function diceOf(numbers: readonly number[]): Dice {
  let next = 0
  const roll = (sides: number) => (numbers[next++] ?? 0) % sides
  const find = <Item>(items: readonly Item[]) => items[roll(Math.max(items.length, 1))]
  return { roll, find, pick: (items) => find(items) ?? items[0] }
}
