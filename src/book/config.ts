/** `mdshift.config.json`: what a book's people decided, read from disk and checked. Code is never run. */
import fs from 'node:fs/promises'
import path from 'node:path'
import {
  findNodeAtLocation,
  getNodeValue,
  type ParseError,
  parseTree,
  printParseErrorCode,
} from 'jsonc-parser'
import { z } from 'zod'
import { labelId } from '../dialect.ts'
import { fail, messageOf, ok, type Result } from '../failure.ts'
import { DEFAULT_SETTINGS, type Settings } from '../model.ts'
import { positionAt } from '../position.ts'

export const CONFIG_NAME = 'mdshift.config.json'

export interface Config {
  /** What migrations may ask. */
  readonly settings: Settings
  /** File name endings of chapters, with the dot. */
  readonly extensions: readonly string[]
}

export const DEFAULT_CONFIG: Config = { settings: DEFAULT_SETTINGS, extensions: ['.md'] }

/** What may stand between the brackets of a label (CommonMark 0.31.2, 4.7). */
const LABEL = /^(?!\^)(?=\s*\S)(?:[^[\]\\\r\n]|\\.){1,999}$/

const label = z
  .string()
  .regex(LABEL, 'is no label: it is empty, begins with ^, or has a line end or a bracket without a backslash')

const schema = z.strictObject({
  $schema: z.string().optional(),
  labels: z.record(label, label).optional(),
  html: z.enum(['leave', 'rewrite']).optional(),
  extensions: z
    .array(z.string().regex(/^\.[\w-]+$/, 'is no file name ending such as ".md"'))
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
    text = (await fs.readFile(file, 'utf8')).replace(/^\uFEFF/, '')
  } catch (cause) {
    return fail('MDS003', messageOf(cause), file, cause)
  }
  return parseConfig(text, file)
}

/** Checks the text of a configuration file; `file` is its path. */
export function parseConfig(text: string, file: string): Result<Config> {
  const errors: ParseError[] = []
  const tree = parseTree(text, errors, { disallowComments: true })
  const placeAt = (offset: number) => {
    const { line, column } = positionAt(text, offset)
    return `${file}:${line}:${column}`
  }
  const [error] = errors
  if (error || !tree) {
    const what = error ? printParseErrorCode(error.error) : 'it is empty'
    return fail('MDS003', `it is not valid JSON (${what})`, placeAt(error?.offset ?? 0))
  }
  const parsed = schema.safeParse(getNodeValue(tree))
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    const path = (issue?.path ?? []).filter((part) => typeof part !== 'symbol')
    const name = path.map((part) => JSON.stringify(part)).join('.')
    const place = placeAt(findNodeAtLocation(tree, path)?.offset ?? 0)
    return fail('MDS003', `${name}${name === '' ? '' : ': '}${issue?.message ?? ''}`, place)
  }
  const labels = new Map(Object.entries(parsed.data.labels ?? {}))
  const problem = problemOfLabels(labels)
  if (problem !== undefined) {
    const place = placeAt(findNodeAtLocation(tree, ['labels', problem.key])?.offset ?? 0)
    return fail('MDS003', problem.message, place)
  }
  return ok({
    settings: { ...DEFAULT_SETTINGS, labels, html: parsed.data.html ?? DEFAULT_SETTINGS.html },
    extensions: parsed.data.extensions ?? DEFAULT_CONFIG.extensions,
  })
}

/** Labels by hand must be settled in one step: two of one old label, or a chain, would never be. */
function problemOfLabels(labels: ReadonlyMap<string, string>): { key: string; message: string } | undefined {
  const seen = new Map<string, string>()
  for (const old of labels.keys()) {
    const twin = seen.get(labelId(old))
    if (twin !== undefined) {
      return { key: old, message: `labels: ${JSON.stringify(twin)} and ${JSON.stringify(old)} are one label` }
    }
    seen.set(labelId(old), old)
  }
  for (const [old, label] of labels) {
    const further = seen.get(labelId(label))
    if (further !== undefined && further !== old) {
      const step = `${JSON.stringify(old)} becomes ${JSON.stringify(label)}`
      return { key: old, message: `labels: ${step}, which is to become another itself` }
    }
  }
  return undefined
}
