/** Values that have places in a text, in their order: which of them stand in a range. */
import type { Span } from './model.ts'

/**
 * The values that lie within a range, its ends included.
 *
 * @param values in the order of their starts
 */
export function within<Value extends Span>(values: readonly Value[], { start, end }: Span): Value[] {
  const found: Value[] = []
  for (let index = firstFrom(values, start); index < values.length; index++) {
    const value = values[index]
    if (!value || value.start > end) break
    if (value.end <= end) found.push(value)
  }
  return found
}

function firstFrom(values: readonly Span[], start: number): number {
  let low = 0
  let high = values.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((values[middle]?.start ?? 0) < start) low = middle + 1
    else high = middle
  }
  return low
}
