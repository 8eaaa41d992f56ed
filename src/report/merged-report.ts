/** Reports of shards → the report of the whole run: none of them may be about anything else than the others are. */
import { PLAN_KIND, PLAN_VERSION, type Plan } from '../book/plan-schema.ts'
import type { CheckedBook, CheckReport } from '../book/report-schema.ts'
import { type Checked, type Failure, failure, ok } from '../failure.ts'
import { driftsFrom } from './plan-drift.ts'

/** A report, and the file that it was read from, as the user named it. */
export interface NamedReport {
  readonly name: string
  readonly report: CheckReport
}

/**
 * Puts the reports of all shards together.
 *
 * @param reports in any order
 * @param version mdshift's own
 * @returns `MDS101` where another mdshift made one, `MDS102` where they are not of one run, `MDS103` where one is missing
 *   or there twice, `MDS104` where one shard knows of a file that failed and another does not
 */
export function mergedReport(reports: readonly NamedReport[], version: string): Checked<CheckReport> {
  const sorted = reports.toSorted((a, b) => numberOf(a) - numberOf(b))
  const [first] = sorted
  if (!first) return { ok: false, failures: [failure('MDS103', 'there is none')] }
  const foreign = reports.filter(({ report }) => report.mdshift !== version)
  if (foreign.length > 0)
    return refused(
      foreign.map(({ name, report }) =>
        failure('MDS101', `mdshift ${report.mdshift} made it, and this is ${version}`, name),
      ),
    )
  const others = sorted.slice(1)
  for (const wrong of [
    others.flatMap((other) => differences(first, other)),
    shardProblems(sorted, first),
    others.flatMap((other) => unknownFailures(first, other)),
  ])
    if (wrong.length > 0) return refused(wrong)
  const { shard: _, ...whole } = first.report
  return ok({
    ...whole,
    books: whole.books.map((book) => ({
      ...book,
      files: sorted
        .flatMap(({ report }) => report.books.find(({ root }) => root === book.root)?.files ?? [])
        .sort((a, b) => (a.path < b.path ? -1 : 1)),
      failures: book.failures.map(({ shard: __, ...failed }) => failed),
    })),
  })
}

function refused(failures: readonly Failure[]): Checked<never> {
  return { ok: false, failures }
}

/** A report of the whole is that of the only shard. */
function shardIn({ report }: NamedReport): { readonly number: number; readonly of: number } {
  return report.shard ?? { number: 1, of: 1 }
}

function numberOf(one: NamedReport): number {
  return shardIn(one).number
}

/** What two reports say otherwise of what they were asked, and of what they read. */
function differences(first: NamedReport, other: NamedReport): Failure[] {
  const where = `in ${other.name}, against ${first.name}`
  const [was, is] = [asPlan(first.report), asPlan(other.report)]
  const [asked, now] = [argumentsOf(first.report), argumentsOf(other.report)]
  if (asked !== now)
    return [
      failure(
        'MDS102',
        `it was asked for ${now || 'nothing'}, and ${first.name} for ${asked || 'nothing'}`,
        other.name,
      ),
    ]
  const rest = driftsFrom(was, is).map(({ path, message }) => failure('MDS102', `${message} ${where}`, path))
  if (rest.length > 0 || chosenIn(first.report) === chosenIn(other.report)) return rest
  return [failure('MDS102', 'the paths led to other books or chapters', other.name)]
}

/** What was read and asked of a report, as a plan has it: what plans are compared by is good for reports, too. */
function asPlan({ mdshift, arguments: asked, decisions, books }: CheckReport): Plan {
  const { strict: _, ...others } = asked
  return {
    kind: PLAN_KIND,
    version: PLAN_VERSION,
    mdshift,
    arguments: others,
    ...(decisions === undefined ? {} : { decisions }),
    books: books.map(({ root, settings, migrations, inputs }) => ({
      root,
      settings,
      migrations,
      inputs,
      outputs: [],
    })),
  }
}

/** As a person would type it. */
function argumentsOf({ arguments: asked }: CheckReport): string {
  return Object.entries(asked)
    .flatMap(([name, value]) =>
      [value].flat().map((one) => (one === true ? `--${name}` : `--${name} ${one}`)),
    )
    .join(' ')
}

function chosenIn({ books }: CheckReport): string {
  return JSON.stringify(books.map(({ root, chosen }) => [root, chosen ?? null]))
}

function shardProblems(sorted: readonly NamedReport[], first: NamedReport): Failure[] {
  const { of } = shardIn(first)
  const otherwise = sorted.filter((one) => shardIn(one).of !== of)
  if (otherwise.length > 0)
    return otherwise.map((one) =>
      failure('MDS103', `it is one of ${shardIn(one).of}, and ${first.name} is one of ${of}`, one.name),
    )
  const twice = sorted.flatMap((one, index) => {
    const before = sorted[index - 1]
    return before && numberOf(before) === numberOf(one)
      ? [failure('MDS103', `it is shard ${numberOf(one)} of ${of}, as ${before.name} is`, one.name)]
      : []
  })
  const there = new Set(sorted.map(numberOf))
  const missing = Array.from({ length: of }, (_, index) => index + 1).filter((number) => !there.has(number))
  return [...twice, ...missing.map((number) => failure('MDS103', `shard ${number} of ${of} is missing`))]
}

/** A file that one shard failed on would have stayed as it was in the others, too. */
function unknownFailures(first: NamedReport, other: NamedReport): Failure[] {
  return first.report.books.flatMap((book): Failure[] => {
    const there = other.report.books.find(({ root }) => root === book.root)
    const [was, is] = [book.failures, there?.failures ?? []].map((list) => new Map(list.map(keyed)))
    const lost = [
      ...[...(was ?? [])]
        .filter(([key]) => !is?.has(key))
        .map(([, one]) => ({ one, from: first, to: other })),
      ...[...(is ?? [])]
        .filter(([key]) => !was?.has(key))
        .map(([, one]) => ({ one, from: other, to: first })),
    ]
    return lost.map(({ one, from, to }) =>
      failure('MDS104', `${one.message} (in ${from.name}, and not in ${to.name})`, one.place),
    )
  })
}

/** Messages of the file system name files from the root of the disk, and that may be elsewhere on each machine. */
function keyed(failed: CheckedBook['failures'][number]): [string, CheckedBook['failures'][number]] {
  return [`${failed.code}\0${failed.place ?? ''}`, failed]
}
