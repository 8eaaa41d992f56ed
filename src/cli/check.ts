/** `mdshift check`: migrate without writing, one line a finding. */
import path from 'node:path'
import { reportBefore, reportText } from '../book/report-file.ts'
import type { CheckReport } from '../book/report-schema.ts'
import { type Checked, failure, ok } from '../failure.ts'
import { shownReport } from '../report/shown-report.ts'
import { failuresLines, warningsLines } from '../report/summary.ts'
import type { Shard } from '../shard.ts'
import { type Alone, stageAlone } from '../store/write-alone.ts'
import { cachedRuns } from './cached-run.ts'
import { checkReport } from './check-report.ts'
import type { Io } from './io.ts'
import type { Lineups } from './lineup.ts'
import type { RunArguments } from './run-arguments.ts'
import { runBooks } from './run-books.ts'
import { type ExitStatus, giveUp } from './status-codes.ts'
import { tellCheck } from './tell-check.ts'
import { unusedLines } from './unused-config.ts'
import { named } from './write.ts'

export interface CheckArguments extends RunArguments {
  /** Whether warnings fail too. */
  readonly strict: boolean
  /** The part of the files that is told of; all of them, where none is given. */
  readonly shard?: Shard | undefined
  /** The file that what is found is written to. */
  readonly report?: string | undefined
  /** Whether what a run of the same book came to is kept, and taken for it. */
  readonly cache: boolean
  /** The folder for that, where it is not the book's own. */
  readonly cacheLocation?: string | undefined
  /** mdshift's own. */
  readonly version: string
}

export async function check(lineups: Lineups, args: CheckArguments, io: Io): Promise<ExitStatus> {
  const { version, shard } = args
  const cached = args.cache ? cachedRuns({ version, location: args.cacheLocation }, io) : undefined
  const asked = { ...args, isSealed: args.report !== undefined }
  const result = await runBooks(lineups, asked, io, cached?.run)
  if (!result.ok) return giveUp(result.failures, io)
  const { run } = result
  if (run.decisions && !run.decisions.source) {
    io.stderr.lines(unusedLines(run.unused, io.stderr.colors))
    return giveUp(
      [failure('MDS001', 'there are no decisions; `migrate` writes them', run.decisions.name)],
      io,
    )
  }
  const report = checkReport(run, args, { version, shard, cwd: io.cwd })
  const files = await reportFiles(report, args, io)
  if (!files.ok) return giveUp(files.failures, io)
  const staged = await stageAlone(files.value, true)
  if (!staged.ok)
    return giveUp(
      staged.failures.map((failed) => named(failed, io.cwd)),
      io,
    )
  try {
    const status = await tellCheck(shownReport(report), () => run.seconds, io)
    io.stderr.lines(warningsLines(cached?.failures ?? [], io.stderr.colors))
    const unwritten = await staged.value.place()
    io.stderr.lines(
      failuresLines(
        unwritten.map((failed) => named(failed, io.cwd)),
        io.stderr.colors,
      ),
    )
    return unwritten.length > 0 ? 2 : status
  } finally {
    staged.value.drop()
  }
}

/** The report as a file to write; nothing where the same one is there already, or none is asked for. */
async function reportFiles(
  report: CheckReport,
  { report: name }: CheckArguments,
  { cwd }: Io,
): Promise<Checked<readonly Alone[]>> {
  if (name === undefined) return ok([])
  const file = path.resolve(cwd, name)
  const before = await reportBefore(file, name)
  if (!before.ok) return before
  const after = new TextEncoder().encode(reportText(report))
  const isThere = before.value !== undefined && Buffer.from(before.value).equals(after)
  return ok(isThere ? [] : [{ file, before: before.value, after }])
}
