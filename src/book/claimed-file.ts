/** JSON files of mdshift's own, which say what they are and of which version: a plan, a report of a check. */
import type { z } from 'zod'
import { type Checked, codeOf, type FailureCode, failure, messageOf, ok } from '../failure.ts'
import { problemsOf } from './issues.ts'
import { type Placed, type Problem, readJsonText } from './json-text.ts'
import { readRegularFile } from './read-regular-file.ts'
import { decodeSource } from './source-text.ts'

/** What such a file has to be. */
export interface Claim<Value> {
  /** In words. */
  readonly what: string
  readonly kind: string
  readonly version: number
  readonly schema: z.ZodType<Value>
  readonly codes: {
    /** For everything that is wrong with it. */
    readonly wrong: FailureCode
    readonly otherVersion: FailureCode
    /** Where another file has the name of one that is to be written. */
    readonly otherFile: FailureCode
  }
}

/** A file that is what it claims to be. */
export interface Claimed<Value> {
  readonly value: Value
  readonly json: Placed
}

/** The bytes of such a file, or why they cannot be read. */
export async function readClaimed<Value>(
  file: string,
  name: string,
  { codes }: Claim<Value>,
): Promise<Checked<Uint8Array>> {
  try {
    return ok(await readRegularFile(file))
  } catch (cause) {
    return wrong([{ message: messageOf(cause), place: name }], codes.wrong)
  }
}

/**
 * Checks the bytes of a file.
 *
 * @param name as the user gave it, for places
 */
export function parseClaimed<Value>(
  bytes: Uint8Array,
  name: string,
  { what, kind, version, schema, codes }: Claim<Value>,
): Checked<Claimed<Value>> {
  const json = jsonOf(bytes, name)
  if (!('value' in json)) return wrong(json, codes.wrong)
  const claims = claimsOf(json.value)
  if (claims.kind !== kind) {
    const message = `it is no ${what}: its "kind" is not "${kind}"`
    return wrong([{ message, place: json.placeOf(['kind']) }], codes.wrong)
  }
  if (claims.version !== version) {
    const known = `this mdshift knows version ${version}, and it is ${JSON.stringify(claims.version)}`
    return { ok: false, failures: [failure(codes.otherVersion, known, json.placeOf(['version']))] }
  }
  const parsed = schema.safeParse(json.value)
  return parsed.success
    ? ok({ value: parsed.data, json })
    : wrong(problemsOf(parsed.error.issues, schema, json), codes.wrong)
}

/**
 * The bytes of a file that is to be written anew: whatever claims to be of its kind is written over, of any version.
 *
 * @param file absolute
 * @returns none where there is no file
 */
export async function claimedBefore<Value>(
  file: string,
  name: string,
  { what, kind, codes }: Claim<Value>,
): Promise<Checked<Uint8Array | undefined>> {
  let bytes: Uint8Array
  try {
    bytes = await readRegularFile(file)
  } catch (cause) {
    if (codeOf(cause) === 'ENOENT') return ok(undefined)
    return { ok: false, failures: [failure(codes.otherFile, messageOf(cause), name, cause)] }
  }
  const json = jsonOf(bytes, name)
  if ('value' in json && claimsOf(json.value).kind === kind) return ok(bytes)
  const message = `there is a file of that name, which is no ${what}`
  return { ok: false, failures: [failure(codes.otherFile, message, name)] }
}

/** Problems as failures. */
export function wrong(problems: readonly Problem[], code: FailureCode): Checked<never> {
  return { ok: false, failures: problems.map(({ message, place }) => failure(code, message, place)) }
}

function jsonOf(bytes: Uint8Array, name: string): Placed | readonly Problem[] {
  const source = decodeSource(bytes, name)
  if (source.ok) return readJsonText(source.value.text, name)
  return [{ message: source.failure.message, place: source.failure.place ?? name }]
}

function claimsOf(value: unknown): { readonly kind?: unknown; readonly version?: unknown } {
  return typeof value === 'object' && value !== null ? value : {}
}
