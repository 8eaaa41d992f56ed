/** Which nodes a filter asks for. */

/**
 * What a value has to be: the same value, a function that says so, a regular expression for a text, or for an
 * object or array some of its fields, each by a pattern of its own. A field that is absent is as good as one that
 * is `null` or `undefined`.
 */
export type Pattern<Value> =
  | ((value: Value) => boolean)
  | (Value extends string ? RegExp | Value : never)
  | (Value extends readonly (infer Item)[]
      ? readonly Pattern<Item>[]
      : Value extends object
        ? Fields<Value>
        : Value)

/** Some fields of an object, each by a pattern. */
export type Fields<Value> = Value extends object
  ? { readonly [Key in keyof Value]?: Pattern<Value[Key]> | undefined }
  : never

/**
 * Whether a value is what a pattern asks for.
 *
 * @param value usually a node
 * @param pattern usually some of its fields
 * @example
 * matches({ type: 'link', url: 'http://a.b', title: null }, { url: /^http:/, title: undefined }) // → true
 */
export function matches(value: unknown, pattern: unknown): boolean {
  if (typeof pattern === 'function') return Boolean(pattern(value))
  if (pattern instanceof RegExp) return typeof value === 'string' && value.search(pattern) >= 0
  if (!isObject(pattern)) return (value ?? undefined) === (pattern ?? undefined)
  const fields: Readonly<Record<string, unknown>> | undefined = isObject(value) ? value : undefined
  return fields !== undefined && Object.entries(pattern).every(([key, asked]) => matches(fields[key], asked))
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null
}
