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

/** Whether any of disjoint ranges, in their order, reaches or touches another. */
export function touches(ranges: readonly Span[], { start, end }: Span): boolean {
  let low = 0
  let high = ranges.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((ranges[middle]?.end ?? 0) < start) low = middle + 1
    else high = middle
  }
  const first = ranges[low]
  return first !== undefined && first.start <= end
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
