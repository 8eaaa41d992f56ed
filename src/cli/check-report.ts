/** What a check found, as a value: told, written to a file, or both. */
import path from 'node:path'
import { LEDGER_NAME } from '../book/ledger-name.ts'
import { type CheckedBook, type CheckReport, REPORT_KIND, REPORT_VERSION } from '../book/report-schema.ts'
import { encodeSource } from '../book/source-text.ts'
import { canonical } from '../canonical.ts'
import type { Failure } from '../failure.ts'
import { toPosix } from '../posix.ts'
import { toldFinding } from '../report/findings.ts'
import { driftsIn } from '../runner/record.ts'
import type { SearchedFile } from '../runner/report.ts'
import { sha256 } from '../sha256.ts'
import { type Shard, shardOf } from '../shard.ts'
import type { RunArguments } from './run-arguments.ts'
import type { Run, RunBook } from './run-books.ts'
import { tellerIn } from './shard-of-run.ts'

/** What of a command line a report keeps. */
type ReportedArguments = Pick<RunArguments, 'to' | 'only' | 'pack' | 'config' | 'decide'> & {
  readonly strict: boolean
}

/** Who makes it, and which part of the files it is to have. */
interface ReportOptions {
  /** mdshift's own. */
  readonly version: string
  readonly cwd: string
  readonly shard: Shard | undefined
}

/** What is about the book and none of its chapters stands in the report of every shard. */
export function checkReport(run: Run, args: ReportedArguments, options: ReportOptions): CheckReport {
  const { version, cwd, shard } = options
  const decisions = run.decisions?.source
  return {
    kind: REPORT_KIND,
    version: REPORT_VERSION,
    mdshift: version,
    ...(shard ? { shard: { number: shard.number, of: shard.of } } : {}),
    arguments: reportedArguments(args, cwd),
    ...(decisions ? { decisions: sha256(encodeSource(decisions)) } : {}),
    warnings: run.warnings.map(problemOf),
    unused: run.unused.map(({ file, message }) => ({ file, message })),
    books: run.books.map((book) => checkedBook(book, run, options)),
  }
}

function reportedArguments(
  { to, only = [], pack, config, decide, strict }: ReportedArguments,
  cwd: string,
): CheckReport['arguments'] {
  const nameOf = (file: string) => toPosix(path.relative(cwd, path.resolve(cwd, file)))
  return {
    ...(to === undefined ? {} : { to }),
    ...(only.length === 0 ? {} : { only: [...only].sort() }),
    ...(pack === undefined ? {} : { pack }),
    ...(config === undefined ? {} : { config: nameOf(config) }),
    ...(decide === undefined ? {} : { decide: nameOf(decide) }),
    ...(strict ? { strict } : {}),
  }
}

function checkedBook(book: RunBook, run: Run, { cwd, shard }: ReportOptions): CheckedBook {
  const nameOf = (file: string) => run.nameOf(book, file)
  const ownerOf = (file: string) => shardOf(nameOf(file), shard?.of ?? 1)
  const searched = ({ path: file, findings }: Pick<SearchedFile, 'path' | 'findings'>) => ({
    file: nameOf(file),
    path: file,
    findings: findings.map(toldFinding),
  })
  const tellerOf = tellerIn(book, run, shard?.of ?? 1)
  return {
    root: toPosix(path.relative(cwd, book.root)) || '.',
    ...(book.whole ? {} : { chosen: [...book.chosen] }),
    settings: sha256(canonical(book.settings)),
    migrations: book.migrations.map(({ id, version, checksum }) => ({
      id,
      version,
      ...(checksum === undefined ? {} : { checksum }),
    })),
    inputs: book.inputs.toSorted((a, b) => (a.path < b.path ? -1 : 1)),
    files: book.files.filter((file) => !shard || ownerOf(file.path) === shard.number).map(searched),
    residue: book.residue.map(searched),
    drifts: driftsIn(book.ledger.ledger, book.migrations).map((drift) => {
      const { line, column } = book.ledger.placeOf(drift.migration) ?? { line: 1, column: 1 }
      return { file: nameOf(LEDGER_NAME), line, column, ...drift }
    }),
    failures: book.failures.map((failed) => ({
      ...problemOf(failed),
      ...(shard ? { shard: tellerOf(failed) } : {}),
    })),
    missing: [...book.missing],
  }
}

function problemOf({ code, message, place, next, trace }: Failure): CheckReport['warnings'][number] {
  return {
    code,
    message,
    ...(place === undefined ? {} : { place }),
    next,
    ...(trace ? { trace: [...trace] } : {}),
  }
}
