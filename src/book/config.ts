/** `mdshift.config.json`: what a book's people decided, read from disk and checked. Code is never run. */
import fs from 'node:fs/promises'
import path from 'node:path'
import { z } from 'zod'
import { labelId } from '../dialect.ts'
import { fail, messageOf, ok, type Result } from '../failure.ts'

export const CONFIG_NAME = 'mdshift.config.json'

export interface Config {
  /** Labels by hand: old → new. */
  readonly labels: ReadonlyMap<string, string>
  /** File name endings of chapters, with the dot. */
  readonly extensions: readonly string[]
}

export const DEFAULT_CONFIG: Config = { labels: new Map(), extensions: ['.md'] }

/** What may stand between the brackets of a label (CommonMark 0.31.2, 4.7). */
const LABEL = /^(?=\s*\S)(?:[^[\]\\]|\\[\s\S]){1,999}$/

const schema = z.strictObject({
  $schema: z.string().optional(),
  labels: z
    .record(
      z.string(),
      z.string().regex(LABEL, 'is no label: it is empty, or has a bracket without a backslash'),
    )
    .optional(),
  extensions: z
    .array(z.string().regex(/^\.[^/\\.]+$/, 'is no file name ending such as ".md"'))
    .min(1)
    .optional(),
})

/**
 * Reads the configuration of a folder: the nearest file of that name upwards.
 *
 * @param folder absolute
 * @returns the defaults where there is none; `MDS003` for one that cannot be used
 */
export async function configOf(folder: string): Promise<Result<Config>> {
  for (let directory = folder; ; directory = path.dirname(directory)) {
    const file = path.join(directory, CONFIG_NAME)
    const exists = await fs.access(file).then(
      () => true,
      () => false,
    )
    if (exists) return readConfig(file)
    if (path.dirname(directory) === directory) return ok(DEFAULT_CONFIG)
  }
}

/** Reads one configuration file. */
export async function readConfig(file: string): Promise<Result<Config>> {
  let text: string
  try {
    text = await fs.readFile(file, 'utf8')
  } catch (cause) {
    return fail('MDS003', messageOf(cause), file, cause)
  }
  return parseConfig(text, file)
}

/** Checks the text of a configuration file; `place` is its path. */
export function parseConfig(text: string, place: string): Result<Config> {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch (cause) {
    return fail('MDS003', messageOf(cause), placeOfSyntaxError(text, place, messageOf(cause)), cause)
  }
  const parsed = schema.safeParse(json)
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    const where = issue?.path.map((part) => JSON.stringify(part)).join('.') ?? ''
    return fail('MDS003', `${where}${where === '' ? '' : ': '}${issue?.message ?? ''}`, place)
  }
  const labels = new Map(Object.entries(parsed.data.labels ?? {}))
  const problem = problemOfLabels(labels)
  if (problem !== undefined) return fail('MDS003', problem, place)
  return ok({ labels, extensions: parsed.data.extensions ?? DEFAULT_CONFIG.extensions })
}

/** Labels by hand must be settled in one step: two of one old label, or a chain, would never be. */
function problemOfLabels(labels: ReadonlyMap<string, string>): string | undefined {
  const seen = new Map<string, string>()
  for (const old of labels.keys()) {
    const twin = seen.get(labelId(old))
    if (twin !== undefined) return `labels: ${JSON.stringify(twin)} and ${JSON.stringify(old)} are one label`
    seen.set(labelId(old), old)
  }
  for (const [old, label] of labels) {
    const further = seen.get(labelId(label))
    if (further !== undefined && further !== old) {
      return `labels: ${JSON.stringify(old)} becomes ${JSON.stringify(label)}, which is to become another itself`
    }
  }
  return undefined
}

function placeOfSyntaxError(text: string, place: string, message: string): string {
  const offset = Number(/position (\d+)/.exec(message)?.[1] ?? Number.NaN)
  if (Number.isNaN(offset)) return place
  const before = text.slice(0, offset).split('\n')
  return `${place}:${before.length}:${(before.at(-1) ?? '').length + 1}`
}
