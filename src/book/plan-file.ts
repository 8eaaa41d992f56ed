/** A sealed plan on disk: read and checked, and as the text that is written. */
import fs from 'node:fs/promises'
import path from 'node:path'
import { type Checked, codeOf, failure, messageOf, ok } from '../failure.ts'
import { named, problemsOf } from './issues.ts'
import { type KeyPath, type Placed, type Problem, readJsonText } from './json-text.ts'
import { PLAN_KIND, PLAN_VERSION, type Plan, planSchema } from './plan-schema.ts'
import { readRegularFile } from './read-regular-file.ts'
import { decodeSource } from './source-text.ts'

/**
 * Reads a plan.
 *
 * @param file absolute
 * @param name as the user gave it, for places
 * @returns `MDS074` for everything that is wrong with it, `MDS075` for one of another form
 */
export async function readPlan(file: string, name: string): Promise<Checked<Plan>> {
  let bytes: Uint8Array
  try {
    bytes = await readRegularFile(file)
  } catch (cause) {
    return refused([{ message: messageOf(cause), place: name }])
  }
  return parsePlan(bytes, name)
}

/** Checks the bytes of a plan. */
export function parsePlan(bytes: Uint8Array, name: string): Checked<Plan> {
  const source = decodeSource(bytes, name)
  if (!source.ok) return refused([{ message: source.failure.message, place: source.failure.place ?? name }])
  const json = readJsonText(source.value.text, name)
  if (!('value' in json)) return refused(json)
  const { kind, version } = claimsOf(json.value)
  if (kind !== PLAN_KIND)
    return refused([
      { message: `it is no plan: its "kind" is not "${PLAN_KIND}"`, place: json.placeOf(['kind']) },
    ])
  if (version !== PLAN_VERSION) {
    const what = `this mdshift knows version ${PLAN_VERSION}, and it is ${JSON.stringify(version)}`
    return { ok: false, failures: [failure('MDS075', what, json.placeOf(['version']))] }
  }
  const parsed = planSchema.safeParse(json.value)
  if (!parsed.success) return refused(problemsOf(parsed.error.issues, planSchema, json))
  const twins = twinsIn(parsed.data, json)
  return twins.length > 0 ? refused(twins) : ok(parsed.data)
}

/** A chapter that a plan names, and that is there no more, is what its run cannot begin from. */
export async function chosenNow(root: string, chosen: readonly string[]): Promise<readonly string[]> {
  const files = chosen.map((file) => path.join(root, file))
  const there = await Promise.all(files.map((file) => fs.lstat(file).catch(() => undefined)))
  return files.filter((_, index) => there[index] !== undefined)
}

/**
 * The bytes of a plan that is to be written anew.
 *
 * @param file absolute
 * @returns none where there is no file; `MDS078` where there is another file of that name
 */
export async function planBefore(file: string, name: string): Promise<Checked<Uint8Array | undefined>> {
  let bytes: Uint8Array
  try {
    bytes = await readRegularFile(file)
  } catch (cause) {
    if (codeOf(cause) === 'ENOENT') return ok(undefined)
    return { ok: false, failures: [failure('MDS078', messageOf(cause), name, cause)] }
  }
  return isPlan(bytes)
    ? ok(bytes)
    : { ok: false, failures: [failure('MDS078', 'there is a file of that name, which is no plan', name)] }
}

/** Whether bytes claim to be a plan, of whatever version: only those are written over. */
function isPlan(bytes: Uint8Array): boolean {
  const source = decodeSource(bytes, '')
  const json = source.ok ? readJsonText(source.value.text, '') : []
  return 'value' in json && claimsOf(json.value).kind === PLAN_KIND
}

/** The text of a plan: the same for the same plan. */
export function planText(plan: Plan): string {
  return `${JSON.stringify(plan, null, 2)}\n`
}

/** What keeps a plan from being read again; nothing where it can be. */
export function problemOfPlan(plan: Plan): string | undefined {
  const [issue] = planSchema.safeParse(plan).error?.issues ?? []
  if (!issue) return undefined
  const path = issue.path.filter((key) => typeof key !== 'symbol')
  return `${named(path)}: ${JSON.stringify(valueAt(plan, path))} ${issue.message}`
}

function valueAt(value: unknown, [key, ...rest]: KeyPath): unknown {
  if (key === undefined) return value
  const entry =
    typeof value === 'object' && value !== null
      ? Object.entries(value).find(([k]) => k === String(key))
      : undefined
  return valueAt(entry?.[1], rest)
}

/** Two entries of one name would leave open which of them counts. */
function twinsIn(plan: Plan, json: Placed): Problem[] {
  const lists: [KeyPath, readonly string[]][] = [
    [['books'], plan.books.map(({ root }) => root)],
    ...plan.books.flatMap(({ inputs, outputs, migrations }, index): [KeyPath, readonly string[]][] => [
      [['books', index, 'inputs'], inputs.map(({ path }) => path)],
      [['books', index, 'outputs'], outputs.map(({ path }) => path)],
      [['books', index, 'migrations'], migrations.map(({ id }) => id)],
    ]),
  ]
  return lists.flatMap(([path, names]) => {
    const first = new Map(names.map((name, index): [string, number] => [name, index]).reverse())
    return names.flatMap((name, index) =>
      first.get(name) === index
        ? []
        : [
            {
              message: `${named([...path, index])}: an entry before it is about ${JSON.stringify(name)} too`,
              place: json.placeOf([...path, index]),
            },
          ],
    )
  })
}

function claimsOf(value: unknown): { readonly kind?: unknown; readonly version?: unknown } {
  return typeof value === 'object' && value !== null ? value : {}
}

function refused(problems: readonly Problem[]): Checked<never> {
  return { ok: false, failures: problems.map(({ message, place }) => failure('MDS074', message, place)) }
}
