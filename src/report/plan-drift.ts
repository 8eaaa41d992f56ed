/** What a sealed plan and a run of today disagree about, in one order: what was read, what was done with it, what comes out. */
import type { Plan, PlannedBook } from '../book/plan-schema.ts'

export interface Drift {
  /** Relative to the plan; none where no file is concerned. */
  readonly path: string | undefined
  readonly message: string
}

/**
 * Compares a plan with what a run of today would seal.
 *
 * @returns nothing where today's run writes exactly the bytes of the plan
 */
export function driftsFrom(plan: Plan, today: Plan): readonly Drift[] {
  const books = paired(plan.books, today.books, ({ root }) => root)
  const outputs = books.flatMap(({ before, after }) => outputDrifts(before, after))
  return [
    ...decisionDrifts(plan, today),
    ...books.flatMap(({ before, after }) => inputDrifts(before, after)),
    ...books.flatMap(({ before, after }) => migrationDrifts(before, after)),
    ...books.flatMap(({ before, after }) => settingDrifts(before, after, isExplained(plan, today))),
    ...(outputs.length > 0 && plan.mdshift !== today.mdshift
      ? [{ path: undefined, message: `mdshift ${plan.mdshift} made the plan, and this is ${today.mdshift}` }]
      : []),
    ...outputs,
  ]
}

type Maybe<Value> = Value | undefined

function inputDrifts(before: Maybe<PlannedBook>, after: Maybe<PlannedBook>): Drift[] {
  const inputs = paired(before?.inputs ?? [], after?.inputs ?? [], ({ path }) => path)
  return inputs.flatMap(({ before: was, after: is }) => {
    const one = was ?? is
    if (!one || was?.sha256 === is?.sha256) return []
    return [{ path: joined(before ?? after, one.path), message: `${one.role} ${fate(was, is)}` }]
  })
}

function decisionDrifts(plan: Plan, today: Plan): Drift[] {
  if (plan.decisions === today.decisions) return []
  return [
    { path: plan.arguments.decide, message: `file of decisions ${fate(plan.decisions, today.decisions)}` },
  ]
}

function migrationDrifts(before: Maybe<PlannedBook>, after: Maybe<PlannedBook>): Drift[] {
  if (!before || !after) return []
  const place = joined(before, '.')
  const [was, is] = [before.migrations, after.migrations]
  const drifts = paired(was, is, ({ id }) => id).flatMap(({ before: old, after: now }) => {
    const one = old ?? now
    if (!one || (old && now && old.version === now.version && old.checksum === now.checksum)) return []
    return [{ path: place, message: `migration ${one.id} ${fate(old, now)}` }]
  })
  const isReordered = was.some(({ id }, index) => is[index]?.id !== id)
  return drifts.length === 0 && isReordered
    ? [{ path: place, message: 'the migrations are made in another order' }]
    : drifts
}

/** A configuration that is a module may say something else each time. */
function settingDrifts(before: Maybe<PlannedBook>, after: Maybe<PlannedBook>, isKnown: boolean): Drift[] {
  if (isKnown || !before || !after || before.settings === after.settings) return []
  return [{ path: joined(before, '.'), message: 'the configuration says something else' }]
}

/** Whether a file that settings are made of has changed, and that is said already. */
function isExplained(plan: Plan, today: Plan): boolean {
  const configurations = ({ books }: Plan) =>
    books.flatMap(({ inputs }) =>
      inputs.filter(({ role }) => role === 'configuration').map((one) => one.sha256),
    )
  return plan.decisions !== today.decisions || configurations(plan).join() !== configurations(today).join()
}

function outputDrifts(before: Maybe<PlannedBook>, after: Maybe<PlannedBook>): Drift[] {
  const outputs = paired(before?.outputs ?? [], after?.outputs ?? [], ({ path }) => path)
  return outputs.flatMap(({ before: was, after: is }) => {
    const one = was ?? is
    if (!one || (was && is && was.before === is.before && was.after === is.after)) return []
    const message = !is
      ? 'nothing would be written any more'
      : was
        ? 'other bytes would be written'
        : 'it would be written, too'
    return [{ path: joined(before ?? after, one.path), message }]
  })
}

function fate(before: unknown, after: unknown): string {
  if (before === undefined) return 'new'
  return after === undefined ? 'missing' : 'changed'
}

function joined(book: Maybe<PlannedBook>, file: string): string {
  const root = book?.root ?? '.'
  if (file === '.') return root
  return root === '.' ? file : `${root}/${file}`
}

interface Pair<Value> {
  readonly before: Maybe<Value>
  readonly after: Maybe<Value>
}

/** Values of two lists that bear one name, sorted by it. */
function paired<Value>(
  before: readonly Value[],
  after: readonly Value[],
  nameOf: (value: Value) => string,
): Pair<Value>[] {
  const [was, is] = [before, after].map((list) => new Map(list.map((one) => [nameOf(one), one])))
  const names = [...new Set([...before, ...after].map(nameOf))].sort()
  return names.map((name) => ({ before: was?.get(name), after: is?.get(name) }))
}
