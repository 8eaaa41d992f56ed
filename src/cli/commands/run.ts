/** `mdshift run`: what it is given on the command line. */
import { FILE_LIMIT } from '../lineup.ts'
import { type AddCommand, ALLOW_DIRTY, FSYNC, PATHS, positive, SELECTION, VERIFY } from './options.ts'

export const addRun: AddCommand = (program, act) =>
  program.command(
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
    (args) => {
      // Others are the transform's own, whatever they are called.
      const { transform: transforms, dryRun, print, silent, verify, fsync, allowDirty } = args
      const { timeout, cpus, config, watch } = args
      const own = { transforms, dryRun, print, silent, verify, fsync, allowDirty, timeout, cpus, config }
      const options = optionsIn(args)
      return act(async ({ io, allPaths }) => {
        const asked = { ...own, paths: allPaths(args.paths), options }
        return watch
          ? (await import('../watch.ts')).watchRun(asked, io)
          : (await import('../run.ts')).run(asked, io)
      })
    },
  )

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
    'parser',
    'safe',
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
