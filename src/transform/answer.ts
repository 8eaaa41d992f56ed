/** What a transform returned, whoever wrote it: types hold nobody to anything at run time. */
import type { Answer } from './define.ts'

const KEYS = new Set(['because', 'changes', 'leftovers', 'text'])

/**
 * Takes what a transform returned for its answer.
 *
 * @returns the answer, empty where nothing was returned; or what was returned instead, in words
 */
export function answerOf(returned: unknown): Answer | { readonly wrong: string } {
  if (returned === undefined) return {}
  if (!isPlain(returned)) return { wrong: kindOf(returned) }
  const unknown = Object.keys(returned).find((key) => !KEYS.has(key))
  if (unknown !== undefined) return { wrong: `an object with ${JSON.stringify(unknown)}` }
  const { because, changes, leftovers, text } = returned
  if (text !== undefined && typeof text !== 'string') return { wrong: `${kindOf(text)} as \`text\`` }
  if (because !== undefined && typeof because !== 'string')
    return { wrong: `${kindOf(because)} as \`because\`` }
  for (const [key, list] of Object.entries({ changes, leftovers })) {
    if (list === undefined) continue
    if (!Array.isArray(list)) return { wrong: `${kindOf(list)} as \`${key}\`` }
    const other = list.findIndex((one) => !isPlain(one))
    if (other >= 0) return { wrong: `${kindOf(list[other])} in \`${key}\`` }
    const lacking = list.flatMap((one: Readonly<Record<string, unknown>>) =>
      lackingIn(one, SHAPES[key] ?? {}),
    )[0]
    if (lacking !== undefined) return { wrong: `an object in \`${key}\` whose \`${lacking}\` is none` }
  }
  return returned
}

const isText = (value: unknown) => typeof value === 'string'
const isNumber = (value: unknown) => typeof value === 'number'
const KINDS: readonly unknown[] = ['doubtful', 'opaque', 'refused', 'undecided']

const SHAPES: Readonly<Record<string, Readonly<Record<string, (value: unknown) => boolean>>>> = {
  changes: { start: isNumber, end: isNumber, text: isText },
  leftovers: { start: isNumber, end: isNumber, because: isText, kind: (value) => KINDS.includes(value) },
}

function lackingIn(
  one: Readonly<Record<string, unknown>>,
  shape: Readonly<Record<string, (value: unknown) => boolean>>,
): string[] {
  return Object.entries(shape).flatMap(([key, fits]) => (fits(one[key]) ? [] : [key]))
}

/** An object that nothing but its own fields is known of: no array, no collection, no node of another kind. */
function isPlain(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null) return false
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === null || prototype === Object.prototype || Object.getPrototypeOf(prototype) === null
}

/** What a value is, in words: `a number`. */
export function kindOf(value: unknown): string {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'an array'
  if (typeof value === 'object') {
    const name: unknown = value.constructor?.name
    return typeof name === 'string' && name !== 'Object' ? `a ${name}` : 'another object'
  }
  if (typeof value === 'string') return 'a string'
  return /^[aeiou]/.test(typeof value) ? `an ${typeof value}` : `a ${typeof value}`
}
