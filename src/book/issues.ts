/** What a schema refuses → problems for people: each with its key path, its place, and the nearest known key. */
import { closestMatch } from 'leven'
import { z } from 'zod'
import type { KeyPath, Placed, Problem } from './json-text.ts'

type Issue = z.core.$ZodIssue

/** All that a schema has against a value. */
export function problemsOf(issues: readonly Issue[], schema: z.ZodType, source: Placed): Problem[] {
  return issues.flatMap((issue) => problemsOfIssue(issue, [], schema, source))
}

function problemsOfIssue(issue: Issue, above: KeyPath, schema: z.ZodType, source: Placed): Problem[] {
  const path = [...above, ...issue.path.filter((part) => typeof part !== 'symbol')]
  switch (issue.code) {
    case 'unrecognized_keys': {
      const known = knownKeys(schema, path)
      return issue.keys.map((key) => ({
        message: `${named([...path, key])}: there is no such key${meant(key, known)}`,
        place: source.placeOfKey([...path, key]),
      }))
    }
    case 'invalid_key':
      return issue.issues.map(({ message }) => ({
        message: `${named(path)}: ${message}`,
        place: source.placeOfKey(path),
      }))
    case 'invalid_union': {
      const inside = issue.errors.find((branch) => branch.some(isInside))
      if (inside) return inside.flatMap((found) => problemsOfIssue(found, path, schema, source))
      break
    }
    default:
  }
  const name = named(path)
  const message = / received undefined$/.test(issue.message) ? 'is missing' : issue.message
  return [{ message: `${name}${name === '' ? '' : ': '}${message}`, place: source.placeOf(path) }]
}

/** Whether a branch of a union has the right kind of value, and only something in it is wrong. */
function isInside(issue: Issue): boolean {
  return issue.path.length > 0 || issue.code === 'unrecognized_keys' || issue.code === 'invalid_key'
}

/**
 * A key path as people write it.
 *
 * @example
 * named(['labels', 'c-x']) // → 'labels."c-x"'
 */
export function named(path: KeyPath): string {
  return path
    .map((part) => (typeof part === 'string' && !/^[a-z]\w*$/i.test(part) ? JSON.stringify(part) : part))
    .join('.')
}

/** ` (did you mean …?)` where a known word is near; else all that are known. */
function meant(word: string, known: readonly string[]): string {
  const plain = new Map(known.map((one) => [one.toLowerCase(), one]))
  const maxDistance = Math.max(2, Math.floor(word.length / 3))
  const nearest = closestMatch(word.toLowerCase(), [...plain.keys()], { maxDistance })
  return nearest === undefined
    ? `; known are ${known.join(', ')}`
    : ` (did you mean ${JSON.stringify(plain.get(nearest))}?)`
}

type Schema = z.core.$ZodType

/** The keys of the objects that a schema has at a path. */
function knownKeys(schema: Schema, path: KeyPath): string[] {
  const found = path.reduce((all, part) => all.flatMap((one) => below(one, part)), bare(schema))
  return found.flatMap((one) => (one instanceof z.ZodObject ? Object.keys(one.shape) : []))
}

function below(schema: Schema, part: string | number): Schema[] {
  if (schema instanceof z.ZodObject) {
    const child: unknown = schema.shape[part]
    return child instanceof z.ZodType ? bare(child) : []
  }
  if (schema instanceof z.ZodRecord) return bare(schema.valueType)
  return schema instanceof z.ZodArray ? bare(schema.element) : []
}

/** What may stand for a value: without being optional, and each of several. */
function bare(schema: Schema): Schema[] {
  if (schema instanceof z.ZodOptional) return bare(schema.unwrap())
  return schema instanceof z.ZodUnion ? schema.options.flatMap(bare) : [schema]
}
