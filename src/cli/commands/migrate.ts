/** `mdshift migrate`: what it is given on the command line. */
import { withTimings } from '../timings.ts'
import {
  type AddCommand,
  ALLOW_DIRTY,
  DECIDE,
  FSYNC,
  once,
  PATHS,
  SELECTION,
  SHARD,
  TIMINGS,
  VERIFY,
} from './options.ts'

export const addMigrate: AddCommand = (program, act) =>
  program.command(
    'migrate [paths..]',
    'bring chapters to the current syntax',
    (command) =>
      command
        .positional('paths', PATHS)
        .options(SELECTION)
        .option('dry-run', {
          alias: ['d', 'dry'],
          describe: 'print a unified diff and leave the book as it is; only the file of --decide is written',
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
        .option('timings', TIMINGS)
        .option('shard', { ...SHARD, describe: `with --dry-run: ${SHARD.describe}` })
        .example('$0 migrate', 'migrate the book in the current folder')
        .example('$0 migrate --dry-run docs > migration.patch', 'a diff that `git apply` takes')
        .example('$0 migrate --to 2 docs', 'only as far as 0002')
        .example('$0 migrate --pack mdbook-0.5', 'what mdBook 0.5 asks of chapters'),
    (args) => {
      return act(async ({ lineups, io, version, allPaths }) => {
        const { migrate } = await import('../migrate.ts')
        return withTimings(args.timings, io, () =>
          migrate(lineups, { ...args, paths: allPaths(args.paths), version }, io),
        )
      })
    },
  )
