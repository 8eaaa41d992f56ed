/**
 * The command line: argv → a report on stdout and stderr → an exit status. Results go to stdout, everything
 * else to stderr.
 */
import yargs from 'yargs'
import { failure, messageOf } from '../failure.ts'
import { PARSERS, useParser } from '../markdown/parser-in-use.ts'
import { failuresLines } from '../report/summary.ts'
import type { Transform } from '../transform/define.ts'
import { addCheck } from './commands/check.ts'
import { addExplain } from './commands/explain.ts'
import { addList } from './commands/list.ts'
import { addMergeReports } from './commands/merge-reports.ts'
import { addMigrate } from './commands/migrate.ts'
import { addNew } from './commands/new.ts'
import type { Act, AddCommand } from './commands/options.ts'
import { addRun } from './commands/run.ts'
import { addStatus } from './commands/status.ts'
import { addUndo } from './commands/undo.ts'
import { guarded } from './guarded.ts'
import type { Io } from './io.ts'
import { type Packs, versionedLineups } from './lineup.ts'
import { type ExitStatus, giveUp } from './status-codes.ts'

/** Whether a switch is given, known before yargs reads anything; behind `--` are paths. */
function isAsked(flag: string, argv: readonly string[]): boolean {
  const end = argv.indexOf('--')
  return argv.slice(0, end < 0 ? argv.length : end).some((word) => word === flag || word === `${flag}=true`)
}

/** In the order in which they are listed. */
const COMMANDS: readonly AddCommand[] = [
  addMigrate,
  addCheck,
  addMergeReports,
  addStatus,
  addExplain,
  addList,
  addRun,
  addUndo,
  addNew,
]

/** Switches of `run`, and of others too. */
const SWITCHES = new Set([
  ...[
    '--allow-dirty',
    '--dry',
    '--dry-run',
    '--fsync',
    '--print',
    '--safe',
    '--silent',
    '--verify',
    '--watch',
  ],
  ...['-d', '-p', '-s'],
])

/** Switches that `run` does not have: there, a transform may have an option of that name. */
const OTHER_SWITCHES = new Set([
  ...[
    '--cache',
    '--chapters',
    '--commit',
    '--js',
    '--keep-edited',
    '--list',
    '--plain',
    '--strict',
    '--timings',
  ],
])

/** Whether a word gives a switch a value that is none: yargs would take `--list=1` for `--no-list`. */
function isVague(word: string, command: string | undefined): boolean {
  const [, name = '', value] = /^(-[^=]+)=(.*)$/s.exec(word) ?? []
  if (value === undefined || value === 'true' || value === 'false') return false
  return SWITCHES.has(name) || (command !== 'run' && OTHER_SWITCHES.has(name))
}

/** What the program is made with. */
export interface Known {
  /** In order. */
  readonly migrations: readonly Transform[]
  readonly packs: Packs
  readonly version: string
}

/**
 * Runs one command.
 *
 * @param argv the words behind the program's name
 * @param known the migrations that it brings, and its own version
 */
export async function main(
  argv: readonly string[],
  processIo: Io,
  { migrations, packs, version }: Known,
): Promise<ExitStatus> {
  let ended: ExitStatus = 0
  const io = { ...processIo, isSafe: processIo.isSafe || isAsked('--safe', argv) }
  const lineups = versionedLineups(migrations, packs, io)
  const { words, paths: literal } = withoutLiteral(argv)
  const vague = words.find((word) => isVague(word, words[0]))
  if (vague !== undefined) return giveUp([failure('MDS009', `${vague}: a switch has no value`)], io)
  const allPaths = (paths: readonly string[]) => [...paths, ...literal]
  const act: Act = async (work) => {
    ended = await guarded(() => work({ lineups, io, version, allPaths }), io)
  }
  const program = yargs([...words])
    .scriptName('mdshift')
    .usage(
      '$0 <command> [paths..]\n\nCodemods for Markdown books: versioned migrations that rewrite only the bytes they must.',
    )
    .option('safe', {
      describe: 'run nothing that stands beside the book: JSON configuration and bundled migrations only',
      type: 'boolean',
      default: false,
    })
    .option('parser', {
      describe:
        'what reads the chapters: fast, which leaves to remark-parse what is not plain, or remark alone',
      choices: PARSERS,
      default: 'fast' as const,
    })
    .middleware(({ parser }) => useParser(parser))
    .example('$0 migrate --dry-run', 'review what would change')
    .example('$0 migrate', 'rewrite the book in the current folder')
    .example('$0 check', 'in CI: fails while legacy syntax is left')
    .demandCommand(1, 'Name a command.')
    .strict()
    .recommendCommands()
    .help()
    .alias('help', 'h')
    .version(version)
    .wrap(100)
    .exitProcess(false)
    .fail(false)
  for (const add of COMMANDS) add(program, act)
  try {
    await program.parseAsync()
  } catch (thrown) {
    io.stderr.lines(failuresLines([failure('MDS009', messageOf(thrown))], io.stderr.colors))
    return 2
  } finally {
    await lineups.close()
  }
  return ended
}

/** What stands behind `--` is paths, whatever they look like; yargs would take them for nothing. */
function withoutLiteral(argv: readonly string[]): { words: readonly string[]; paths: readonly string[] } {
  const at = argv.indexOf('--')
  return at < 0 ? { words: argv, paths: [] } : { words: argv.slice(0, at), paths: argv.slice(at + 1) }
}
