/** A sealed plan on disk: read and checked, and as the text that is written. */
import fs from 'node:fs/promises'
import path from 'node:path'
import { type Checked, ok } from '../failure.ts'
import { type Claim, claimedBefore, parseClaimed, readClaimed, wrong } from './claimed-file.ts'
import { named } from './issues.ts'
import type { KeyPath, Placed, Problem } from './json-text.ts'
import { PLAN_KIND, PLAN_VERSION, type Plan, planSchema } from './plan-schema.ts'

const PLAN: Claim<Plan> = {
  what: 'plan',
  kind: PLAN_KIND,
  version: PLAN_VERSION,
  schema: planSchema,
  codes: { wrong: 'MDS074', otherVersion: 'MDS075', otherFile: 'MDS078' },
}

/**
 * Reads a plan.
 *
 * @param file absolute
 * @param name as the user gave it, for places
 * @returns `MDS074` for everything that is wrong with it, `MDS075` for one of another form
 */
export async function readPlan(file: string, name: string): Promise<Checked<Plan>> {
  const read = await readClaimed(file, name, PLAN)
  return read.ok ? parsePlan(read.value, name) : read
}

/** Checks the bytes of a plan. */
export function parsePlan(bytes: Uint8Array, name: string): Checked<Plan> {
  const parsed = parseClaimed(bytes, name, PLAN)
  if (!parsed.ok) return parsed
  const { value, json } = parsed.value
  const twins = twinsIn(value, json)
  return twins.length > 0 ? wrong(twins, PLAN.codes.wrong) : ok(value)
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
export function planBefore(file: string, name: string): Promise<Checked<Uint8Array | undefined>> {
  return claimedBefore(file, name, PLAN)
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
