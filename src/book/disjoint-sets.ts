/** Which values belong together. */
import { groupBy } from '../group-by.ts'

/** Sets that grow together two by two: union-find, by size, with paths halved. */
export interface DisjointSets<Value> {
  /** A set of its own for a value that is in none yet. */
  add(value: Value): void
  /** Makes one set of those that two values are in. */
  join(a: Value, b: Value): void
  /** The value that stands for the set of another. */
  of(value: Value): Value
  /** All sets, by the values that stand for them, in the order in which their values were added. */
  all(): [Value, Value[]][]
}

export function disjointSets<Value>(): DisjointSets<Value> {
  const parents = new Map<Value, Value>()
  const sizes = new Map<Value, number>()
  const of = (value: Value): Value => {
    let at = value
    for (;;) {
      const parent = parents.get(at) ?? at
      if (parent === at) return at
      const above = parents.get(parent) ?? parent
      parents.set(at, above)
      at = above
    }
  }
  const add = (value: Value): void => {
    if (!parents.has(value)) parents.set(value, value)
  }
  return {
    add,
    of,
    join(a, b) {
      add(a)
      add(b)
      const [one, other] = [of(a), of(b)]
      if (one === other) return
      const [sizeOfOne, sizeOfOther] = [sizes.get(one) ?? 1, sizes.get(other) ?? 1]
      const [small, large] = sizeOfOne < sizeOfOther ? [one, other] : [other, one]
      parents.set(small, large)
      sizes.set(large, sizeOfOne + sizeOfOther)
    },
    all: () => [...groupBy(parents.keys(), of)],
  }
}
