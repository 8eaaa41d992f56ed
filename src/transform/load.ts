/**
 * A transform that somebody wrote, from its file. What it exports tells the form: a function is jscodeshift's, an
 * object is what `defineTransform` is given.
 */
import { z } from 'zod'
import { toldOf } from '../book/author-stack.ts'
import { importModule, type KnownModules } from '../book/module-file.ts'
import { fail, failure, ok, type Result } from '../failure.ts'
import { defineTransform, type Example, type Scan, type Transform } from './define.ts'
import { type Notes, type Options, type PlainTransform, plainTransform } from './plain.ts'

/** Which file, and what it is to be called. Plain data. */
export interface TransformFile {
  /** Absolute. */
  readonly file: string
  /** As the user would name it: where failures say what is wrong. */
  readonly name: string
  /** The id that it has where it names none. */
  readonly id: string
  /** Whether it may name no other. */
  readonly isFixed: boolean
  /** What a plain transform is given. */
  readonly options: Options
}

export interface Surroundings {
  /** Modules that it imports by name, as they are loaded already. */
  readonly known: KnownModules
  /** Absolute: files below it are named from there. */
  readonly folder: string
  readonly notes: Notes
}

/**
 * Loads a transform.
 *
 * @returns `MDS050` where its file cannot be run, `MDS051` where it exports something else
 */
export async function loadTransform(
  source: TransformFile,
  { known, folder, notes }: Surroundings,
): Promise<Result<Transform>> {
  let exported: unknown
  try {
    exported = await importModule(source.file, known)
  } catch (cause) {
    const { message, trace } = toldOf(cause, folder)
    return { ok: false, failure: { ...failure('MDS050', message, source.name), trace } }
  }
  return readTransform(exported, source, notes)
}

/**
 * Takes what a file exports for a transform: a function is jscodeshift's form.
 *
 * @param exported a module's namespace, or what is its default
 * @returns `MDS051` where it is something else
 */
export function readTransform(
  exported: unknown,
  source: Omit<TransformFile, 'file'>,
  notes: Notes,
): Result<Transform> {
  const { value, named } = exportsOf(exported)
  const { id } = source
  if (isFunction<PlainTransform>(value)) {
    const checked = besidePlain.safeParse(named)
    if (!checked.success) return refused(checked.error, source.name)
    const { summary = id, mayMatch = () => true } = checked.data
    return ok(plainTransform(value, { id, summary, mayMatch, options: source.options, notes }))
  }
  if (typeof value !== 'object' || value === null)
    return fail('MDS051', `its default export is ${kindOf(value)}`, source.name)
  const checked = definition.safeParse(value)
  if (!checked.success) return refused(checked.error, source.name)
  const { data } = checked
  if (source.isFixed && data.id !== undefined && data.id !== id)
    return fail('MDS051', `its id is ${JSON.stringify(data.id)}, and its file says ${id}`, source.name)
  return ok(defineTransform<unknown, unknown>({ id, ...data }))
}

interface Exports {
  /** The default. */
  readonly value: unknown
  /** What stands beside it. */
  readonly named: Readonly<Record<string, unknown>>
}

/** A default, `module.exports`, or the default of code that a compiler made CommonJS of. */
function exportsOf(module: unknown): Exports {
  const outer = isRecord(module) && 'default' in module ? module['default'] : module
  const inner = isRecord(outer) && 'default' in outer && !('transform' in outer) ? outer['default'] : outer
  const records = [inner, outer, module].filter(isRecord)
  return {
    value: inner === module && !isTransform(module) ? undefined : inner,
    named: Object.assign({}, ...records),
  }
}

function isTransform(value: unknown): boolean {
  return typeof value === 'function' || (isRecord(value) && 'transform' in value)
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return (typeof value === 'object' && value !== null) || typeof value === 'function'
}

function isFunction<Kind>(value: unknown): value is Kind {
  return typeof value === 'function'
}

function functionOf<Kind>() {
  return z.custom<Kind>((value) => typeof value === 'function', 'is no function')
}

const besidePlain = z.object({
  summary: z.exactOptional(z.string('is no string')),
  mayMatch: z.exactOptional(functionOf<(text: string) => boolean>()),
})

/** What `defineTransform` takes; what one file leaves out is filled in. */
const definition = z.looseObject({
  id: z.exactOptional(z.string('is no string').min(1, 'is empty')),
  version: z.exactOptional(z.int('is no whole number').positive('is not above 0')),
  summary: z.exactOptional(z.string('is no string')),
  reason: z.exactOptional(z.string('is no string')),
  examples: z.exactOptional(z.custom<readonly Example[]>(Array.isArray, 'is no array')),
  mayMatch: z.exactOptional(functionOf<Transform['mayMatch']>()),
  leavesTree: z.exactOptional(z.boolean()),
  presumes: z.exactOptional(functionOf<NonNullable<Transform['presumes']>>()),
  scan: z.exactOptional(z.custom<Scan<unknown, unknown>>(isScan, 'has no function reduce')),
  transform: functionOf<Transform['transform']>(),
  residue: z.exactOptional(functionOf<NonNullable<Transform['residue']>>()),
  explain: z.exactOptional(functionOf<NonNullable<Transform['explain']>>()),
  explainLabel: z.exactOptional(functionOf<NonNullable<Transform['explainLabel']>>()),
})

function isScan(value: unknown): boolean {
  return isRecord(value) && typeof value['reduce'] === 'function'
}

function refused({ issues }: z.ZodError, name: string): Result<never> {
  const found = issues.map(({ path: keys, message }) => `its ${keys.join('.')} ${message}`).join('; ')
  return fail('MDS051', found, name)
}

function kindOf(value: unknown): string {
  if (value === undefined) return 'not there'
  return value === null ? 'null' : `a ${typeof value}`
}
