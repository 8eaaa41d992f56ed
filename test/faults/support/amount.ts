/**
 * How much is tried. `FAULTS=all` is all of it, some hours of it; a number is about so many of each kind; without it,
 * what an everyday run has time for.
 */
const asked = process.env['FAULTS'] ?? ''

/** How many of something are tried: what everyday runs take, what was asked for, or all. */
export function amountOf(everyday: number, all: number): number {
  if (asked === 'all') return all
  const number = Number(asked)
  return Math.min(all, asked !== '' && number > 0 ? number : everyday)
}

/** Some of a list, spread evenly over it, the first and the last among them. */
export function someOf<T>(list: readonly T[], everyday: number): T[] {
  const count = amountOf(everyday, list.length)
  if (count >= list.length) return [...list]
  return Array.from(
    { length: count },
    (_, n) => list[Math.round((n * (list.length - 1)) / Math.max(1, count - 1))],
  ).filter((item) => item !== undefined)
}

/** How far it is to the next of very many sizes. */
export function stepOf(everyday: number): number {
  return asked === 'all' ? 1 : everyday
}
