/** `migrate --plan`: a dry run is sealed in a file, and the run that follows writes what was sealed, or nothing. */
import path from 'node:path'
import { planBefore, planText, problemOfPlan, readPlan } from '../book/plan-file.ts'
import type { Plan, PlannedBook } from '../book/plan-schema.ts'
import { realPath } from '../book/real-path.ts'
import { encodeSource } from '../book/source-text.ts'
import { type Checked, type Failure, failure, ok } from '../failure.ts'
import { toPosix } from '../posix.ts'
import { driftsFrom } from '../report/plan-drift.ts'
import { sealedPlan } from '../report/sealed-plan.ts'
import { count, visible } from '../report/terminal.ts'
import { sha256 } from '../sha256.ts'
import type { Alone } from '../store/write-alone.ts'
import type { HandedOver } from './hand-over.ts'
import type { Io } from './io.ts'
import { ledgerReplacements } from './ledger.ts'
import { nameFrom } from './name-from.ts'
import type { RunArguments } from './run-arguments.ts'
import type { Run } from './run-books.ts'

/** What of a command line a plan keeps. */
export type PlannedArguments = Pick<RunArguments, 'paths' | 'to' | 'only' | 'pack' | 'config' | 'decide'>

/** A plan that was read, and where from. */
export interface OpenedPlan {
  readonly plan: Plan
  /** The folder that its paths start from, absolute. */
  readonly folder: string
}

/**
 * Reads the plan that a run is to carry out.
 *
 * @param name of its file, as the user gave it
 * @returns `MDS077` where the command line says something else than the plan
 */
export async function openPlan(
  name: string,
  args: PlannedArguments,
  { cwd }: Io,
): Promise<Checked<OpenedPlan>> {
  const file = path.resolve(cwd, name)
  const read = await readPlan(file, name)
  if (!read.ok) return read
  const plan = read.value
  const folder = path.dirname(await realPath(file))
  const asked = await plannedArguments(args, folder, cwd)
  const failures = FLAGS.flatMap((flag): Failure[] => {
    const [given, sealed] = [words(flag, asked), words(flag, plan.arguments)]
    if (given === '' || given === sealed) return []
    return [
      failure(
        'MDS077',
        `${given}, and the plan was made ${sealed === '' ? `without --${flag}` : `with ${sealed}`}`,
        name,
      ),
    ]
  })
  return failures.length > 0 ? { ok: false, failures } : ok({ plan, folder })
}

/** A command line with what its plan says. */
export function withPlan<Arguments extends PlannedArguments>(
  args: Arguments,
  { plan, folder }: OpenedPlan,
  { cwd }: Io,
): Arguments & Pick<RunArguments, 'planned'> {
  const { to, only = [], pack, config, decide } = plan.arguments
  const fileOf = (name: string | undefined) =>
    name === undefined ? undefined : nameFrom(cwd, path.join(folder, name))
  const planned = plan.books.map(({ root, chosen }) => ({ root: path.join(folder, root), chosen }))
  return { ...args, to, only, pack, config: fileOf(config), decide: fileOf(decide), planned }
}

/** What keeps a run from being the one that was sealed; nothing where it writes exactly those bytes. */
export async function driftsOf(
  run: Run,
  { plan, folder }: OpenedPlan,
  name: string,
  args: PlannedArguments & { readonly version: string },
  io: Io,
): Promise<readonly Failure[]> {
  const today = await planOf(run, plan.day ?? io.today(), folder, args, decisionsRead(run), io)
  if (args.paths.length > 0 && asked(plan.books) !== asked(today.books))
    return [failure('MDS077', 'the paths lead to other books or chapters than it was made for', name)]
  return driftsFrom(plan, today).map(({ path: file, message }) => {
    const place = file === undefined ? name : nameFrom(io.cwd, path.join(folder, file))
    return failure('MDS076', message, place)
  })
}

/** A plan as a file to write, and what to say of it. */
export interface SealedFile {
  /** Nothing where the same plan is there already. */
  readonly replacements: readonly Alone[]
  readonly lines: readonly string[]
}

/**
 * Seals a dry run.
 *
 * @param handed what it writes to the file of decisions: that is how the next run finds it
 * @returns `MDS078` where the plan could not be read again, or would replace what is no plan
 */
export async function sealRun(
  run: Run,
  name: string,
  handed: HandedOver,
  args: PlannedArguments & { readonly version: string },
  io: Io,
): Promise<Checked<SealedFile>> {
  const file = path.resolve(io.cwd, name)
  const folder = path.dirname(await realPath(file))
  const [written] = handed.replacements
  const decisions = written ? sha256(written.after) : decisionsRead(run)
  const plan = await planOf(run, io.today(), folder, args, decisions, io)
  const problem = problemOfPlan(plan)
  if (problem !== undefined) return { ok: false, failures: [failure('MDS078', problem, name)] }
  const before = await planBefore(file, name)
  if (!before.ok) return before
  const after = new TextEncoder().encode(planText(plan))
  const isThere = before.value !== undefined && Buffer.from(before.value).equals(after)
  const outputs = plan.books.reduce((sum, book) => sum + book.outputs.length, 0)
  return ok({
    replacements: isThere ? [] : [{ file, before: before.value, after }],
    lines: [
      `Sealed in ${visible(name)}: ${count(outputs, 'file')} to write. \`mdshift migrate --plan ${visible(name)}\` writes exactly these bytes, or refuses.`,
    ],
  })
}

async function planOf(
  run: Run,
  day: string,
  folder: string,
  args: PlannedArguments & { readonly version: string },
  decisions: string | undefined,
  { cwd }: Io,
): Promise<Plan> {
  const ledgers = ledgerReplacements(run, day)
  const books = run.books.map(async ({ root, whole, chosen, settings, migrations, inputs, files }) => ({
    root: relativeTo(folder, await realPath(root)),
    chosen: whole ? undefined : chosen,
    settings,
    migrations,
    inputs,
    files,
    ledger: ledgers.get(root)?.[0],
  }))
  return sealedPlan({
    version: args.version,
    day,
    arguments: await plannedArguments(args, folder, cwd),
    decisions,
    books: await Promise.all(books),
  })
}

async function plannedArguments(
  { to, only = [], pack, config, decide }: PlannedArguments,
  folder: string,
  cwd: string,
): Promise<Plan['arguments']> {
  const pathOf = async (file: string) => relativeTo(folder, await realPath(path.resolve(cwd, file)))
  return {
    ...(to === undefined ? {} : { to }),
    ...(only.length === 0 ? {} : { only: [...only].sort() }),
    ...(pack === undefined ? {} : { pack }),
    ...(config === undefined ? {} : { config: await pathOf(config) }),
    ...(decide === undefined ? {} : { decide: await pathOf(decide) }),
  }
}

const FLAGS = ['to', 'only', 'pack', 'config', 'decide'] as const

/** A flag as it would be typed; nothing where it is not given. */
function words(flag: (typeof FLAGS)[number], given: Plan['arguments']): string {
  const values = [given[flag] ?? []].flat()
  return values.map((value) => `--${flag} ${value}`).join(' ')
}

function decisionsRead({ decisions }: Run): string | undefined {
  return decisions?.source && sha256(encodeSource(decisions.source))
}

/** Which books, and which chapters of them. */
function asked(books: readonly PlannedBook[]): string {
  return JSON.stringify(books.map(({ root, chosen }) => [root, chosen ?? null]))
}

function relativeTo(folder: string, file: string): string {
  return toPosix(path.relative(folder, file)) || '.'
}
