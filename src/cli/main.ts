/**
 * The command line: argv → a report on stdout and stderr → an exit status. Results go to stdout, everything
 * else to stderr.
 */
import yargs from 'yargs'
import { failure, messageOf } from '../failure.ts'
import { failuresLines } from '../report/summary.ts'
import { visible } from '../report/terminal.ts'
import type { Transform } from '../transform/define.ts'
import { check } from './check.ts'
import { explain } from './explain.ts'
import { Interrupted } from './interruption.ts'
import type { Io } from './io.ts'
import { FILE_LIMIT, type Packs, versionedLineups } from './lineup.ts'
import { list } from './list.ts'
import { migrate } from './migrate.ts'
import { newTransform } from './new.ts'
import { run } from './run.ts'
import { STATUS_FORMATS, status } from './status.ts'
import { type ExitStatus, giveUp } from './status-codes.ts'
import { undo } from './undo.ts'
import { watchRun } from './watch.ts'

const PATHS = {
  describe: 'files, folders or globs; the current folder where none is given',
  type: 'string',
  array: true,
  default: [],
} as const

const SELECTION = {
  to: {
    describe: 'the last migration to make, by id or number',
    type: 'string',
    requiresArg: true,
    coerce: once('--to'),
  },
  only: {
    describe: 'the only migration to make; may be given several times',
    type: 'string',
    array: true,
    nargs: 1,
    requiresArg: true,
  },
  config: {
    describe: 'a configuration file; else the nearest mdshift.config.{ts,mts,mjs,js,json} upwards',
    type: 'string',
    requiresArg: true,
    coerce: once('--config'),
  },
  pack: {
    describe: 'a pack of migrations, made instead of the others: mdbook-0.5',
    type: 'string',
    requiresArg: true,
    coerce: once('--pack'),
  },
} as const

const VERIFY = {
  describe: 'prove the result before anything is written; --no-verify for those in a hurry',
  type: 'boolean',
  default: true,
} as const

const FSYNC = {
  describe:
    'wait until the disk has what is written; --no-fsync is faster, and a loss of power may tear files',
  type: 'boolean',
  default: true,
} as const

const ALLOW_DIRTY = {
  describe: 'write over changes that git does not hold yet, too',
  type: 'boolean',
  default: false,
} as const

const RUN = {
  transform: {
    alias: 't',
    describe: 'a file with a transform; may be given several times, and they are run in order',
    type: 'string',
    array: true,
    nargs: 1,
    requiresArg: true,
    demandOption: true,
  },
  'dry-run': {
    alias: ['d', 'dry'],
    describe: 'print a unified diff and write nothing',
    type: 'boolean',
    default: false,
  },
  print: { alias: 'p', describe: 'print the new texts', type: 'boolean', default: false },
  watch: {
    describe: 'print the diff of some files anew whenever they or the transform change; writes nothing',
    type: 'boolean',
    default: false,
  },
  silent: { alias: 's', describe: 'tell nothing but failures', type: 'boolean', default: false },
  verify: VERIFY,
  fsync: FSYNC,
  'allow-dirty': ALLOW_DIRTY,
  timeout: {
    describe: `seconds that a transform may take for one file; ${FILE_LIMIT} where none is given`,
    type: 'string',
    requiresArg: true,
    coerce: positive('--timeout'),
  },
  cpus: {
    alias: 'c',
    describe: 'how many threads work at once',
    type: 'string',
    requiresArg: true,
    coerce: positive('--cpus'),
  },
  config: SELECTION.config,
} as const

/** What the command line says that is none of mdshift's own. */
function optionsIn(args: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const own = new Set([
    '_',
    '$0',
    'paths',
    ...Object.keys(RUN),
    'dryRun',
    'allowDirty',
    't',
    'd',
    'dry',
    'p',
    's',
    'c',
  ])
  return Object.fromEntries(Object.entries(args).filter(([name]) => !own.has(name)))
}

/** A number above 0, given once. */
function positive(flag: string): (value: unknown) => number | undefined {
  const single = once(flag)
  return (value) => {
    const text = single(value)
    if (text === undefined) return undefined
    const number = Number(text)
    if (text === '' || !Number.isFinite(number) || number <= 0) throw new Error(`${flag} is a number above 0`)
    return number
  }
}

const DECIDE = { type: 'string', requiresArg: true, coerce: once('--decide') } as const

/** yargs makes a list of a flag that is given twice. */
function once(flag: string): (value: unknown) => string | undefined {
  return (value) => {
    if (Array.isArray(value)) throw new Error(`${flag} is given more than once`)
    return typeof value === 'string' ? value : undefined
  }
}

function formatOf(value: unknown): (typeof STATUS_FORMATS)[number] {
  const format = STATUS_FORMATS.find((known) => known === value)
  if (format === undefined) throw new Error(`--format is one of ${STATUS_FORMATS.join(', ')}`)
  return format
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
  io: Io,
  { migrations, packs, version }: Known,
): Promise<ExitStatus> {
  let ended: ExitStatus = 0
  const lineups = versionedLineups(migrations, packs, io)
  const vague =
    argv.find((word) =>
      /^(?:--(?:dry-run|dry|strict|verify|fsync|allow-dirty|chapters|print|silent|watch)|-[dps])=(?!true$|false$)/.test(
        word,
      ),
    ) ??
    // Transforms may have an option of that name.
    (argv[0] === 'run' ? undefined : argv.find((word) => /^--commit=(?!true$|false$)/.test(word)))
  if (vague !== undefined) return giveUp([failure('MDS009', `${vague}: a switch has no value`)], io)
  const cli = yargs([...argv])
    .scriptName('mdshift')
    .usage(
      '$0 <command> [paths..]\n\nCodemods for Markdown books: versioned migrations that rewrite only the bytes they must.',
    )
    .command(
      'migrate [paths..]',
      'bring chapters to the current syntax',
      (command) =>
        command
          .positional('paths', PATHS)
          .options(SELECTION)
          .option('dry-run', {
            alias: ['d', 'dry'],
            describe:
              'print a unified diff and leave the book as it is; only the file of --decide is written',
            type: 'boolean',
            default: false,
          })
          .option('decide', {
            ...DECIDE,
            describe: 'a file of decisions: written with what is open, edited by a person, and read back',
          })
          .option('verify', VERIFY)
          .option('fsync', FSYNC)
          .option('allow-dirty', ALLOW_DIRTY)
          .option('commit', {
            describe: 'write the migrations one by one, and make a commit of each that changes something',
            type: 'boolean',
            default: false,
          })
          .option('plan', {
            describe:
              'with --dry-run: seal what it would write in a file; without: write exactly that, or refuse',
            type: 'string',
            requiresArg: true,
            coerce: once('--plan'),
          })
          .example('$0 migrate', 'migrate the book in the current folder')
          .example('$0 migrate --dry-run docs > migration.patch', 'a diff that `git apply` takes')
          .example('$0 migrate --to 2 docs', 'only as far as 0002')
          .example('$0 migrate --pack mdbook-0.5', 'what mdBook 0.5 asks of chapters'),
      async (args) => {
        ended = await guarded(() => migrate(lineups, { ...args, version }, io), io)
      },
    )
    .command(
      'check [paths..]',
      'find legacy syntax; exit status 1 where there is some',
      (command) =>
        command
          .positional('paths', PATHS)
          .options(SELECTION)
          .option('strict', {
            describe: 'fail on warnings too: legacy syntax in code, raw HTML and URLs',
            type: 'boolean',
            default: false,
          })
          .option('decide', { ...DECIDE, describe: 'a file of decisions that `migrate` wrote' })
          .example('$0 check', 'in CI: fails while legacy syntax is left')
          .example('$0 check --only external-link-arrow', 'one migration alone'),
      async (args) => {
        ended = await guarded(() => check(lineups, args, io), io)
      },
    )
    .command(
      'status [paths..]',
      'the format of every chapter, and what is left to do',
      (command) =>
        command
          .positional('paths', PATHS)
          .options(SELECTION)
          .option('format', {
            describe: `how to say it: ${STATUS_FORMATS.join(', ')}`,
            default: 'text' as const,
            requiresArg: true,
            coerce: formatOf,
          })
          .option('chapters', { describe: 'name every chapter', type: 'boolean', default: false })
          .example('$0 status', 'how far the book is')
          .example('$0 status --format markdown', 'for a pull request'),
      async (args) => {
        ended = await guarded(() => status(lineups, args, io), io)
      },
    )
    .command(
      'explain [path]',
      'why each thing is done, or left: the rule and the evidence',
      (command) =>
        command
          .positional('path', { describe: 'PATH, PATH:LINE or PATH:LINE:COLUMN', type: 'string' })
          .options(SELECTION)
          .option('label', {
            describe: 'labels instead of a path: what becomes of each, and why',
            type: 'string',
            array: true,
            requiresArg: true,
          })
          .option('format', {
            describe: 'how to print it',
            choices: ['text', 'json'] as const,
            default: 'text' as const,
            coerce: once('--format'),
          })
          .example('$0 explain src/index.md:12', 'one line of a chapter')
          .example('$0 explain --label c-slab-github', 'what a label becomes'),
      async (args) => {
        const format = args.format === 'json' ? 'json' : 'text'
        ended = await guarded(() => explain(lineups, { ...args, format }, io), io)
      },
    )
    .command(
      'list',
      'the migrations, in order',
      (command) =>
        command
          .option('config', SELECTION.config)
          .option('pack', SELECTION.pack)
          .example('$0 list', 'ids, format versions and what each does')
          .example('$0 list --pack mdbook-0.5', 'those of a pack'),
      async (args) => {
        ended = await guarded(() => list(lineups, args, io), io)
      },
    )
    .command(
      'run [paths..]',
      'transforms of your own; other options are handed to them',
      (command) =>
        command
          .positional('paths', PATHS)
          .options(RUN)
          .strict(false)
          .example('$0 run -t rename.ts --dry-run', 'review what a transform would change')
          .example('$0 run -t rename.ts --watch src/index.md', 'see the change while you write it')
          .example('$0 run -t rename.ts src --from rain --to snow', 'with options of its own'),
      async (args) => {
        const {
          transform: transforms,
          dryRun,
          print,
          silent,
          verify,
          fsync,
          allowDirty,
          timeout,
          cpus,
          config,
          paths,
        } = args
        const asked = {
          transforms,
          dryRun,
          print,
          silent,
          verify,
          fsync,
          allowDirty,
          timeout,
          cpus,
          config,
          paths,
        }
        const options = optionsIn(args)
        ended = await guarded(() => (args.watch ? watchRun : run)({ ...asked, options }, io), io)
      },
    )
    .command(
      'undo [paths..]',
      'take back what was written last, byte by byte',
      (command) =>
        command
          .positional('paths', { ...PATHS, describe: 'the books; the current folder where none is given' })
          .option('list', {
            describe: 'name the runs that can be undone, the newest first',
            type: 'boolean',
            default: false,
          })
          .option('keep-edited', {
            describe: 'leave files that were edited since, and restore the others',
            type: 'boolean',
            default: false,
          })
          .option('fsync', FSYNC)
          .example('$0 undo', 'the last run over the book in the current folder')
          .example('$0 undo --list', 'which runs there are'),
      async (args) => {
        ended = await guarded(() => undo(args, io), io)
      },
    )
    .command(
      'new <name>',
      'a transform of your own, with fixtures and a test that passes',
      (command) =>
        command
          .positional('name', {
            describe: 'what it does: straight-quotes',
            type: 'string',
            demandOption: true,
          })
          .option('js', { describe: 'JavaScript instead of TypeScript', type: 'boolean', default: false })
          .option('plain', {
            describe: 'a function (file, api, options), as jscodeshift has it',
            type: 'boolean',
            default: false,
          })
          .option('dir', {
            describe: 'where its folder is made; else among the migrations of the project, or here',
            type: 'string',
            requiresArg: true,
            coerce: once('--dir'),
          })
          .example('$0 new straight-quotes', 'a folder with a transform, fixtures and a test')
          .example('$0 new straight-quotes --js --plain', 'as jscodeshift has it'),
      async (args) => {
        ended = await guarded(() => newTransform(args, io), io)
      },
    )
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
  try {
    await cli.parseAsync()
  } catch (thrown) {
    io.stderr.lines(failuresLines([failure('MDS009', messageOf(thrown))], io.stderr.colors))
    return 2
  } finally {
    await lineups.close()
  }
  return ended
}

/** Whatever is thrown while a command works is a bug of ours; what yargs throws before that is not. */
async function guarded(work: () => Promise<ExitStatus>, io: Io): Promise<ExitStatus> {
  try {
    const ended = await work()
    const unsaid = await io.stdout.flushed()
    if (unsaid) return giveUp([unsaid], io)
    return io.signal.reason instanceof Interrupted ? io.signal.reason.status : ended
  } catch (thrown) {
    if (thrown instanceof Interrupted) {
      io.stderr.lines(['Interrupted. What was not done yet was not begun, or taken back.'])
      return thrown.status
    }
    const stack = thrown instanceof Error ? (thrown.stack ?? '') : ''
    io.stderr.lines(stack.split('\n').map(visible))
    return giveUp([failure('MDS011', messageOf(thrown), undefined, thrown)], io)
  }
}
