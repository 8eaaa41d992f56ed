/** `mdshift check`: what it is given on the command line. */
import { withTimings } from '../timings.ts'
import { type AddCommand, DECIDE, once, PATHS, SELECTION, SHARD, TIMINGS } from './options.ts'

export const addCheck: AddCommand = (program, act) =>
  program.command(
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
        .option('timings', TIMINGS)
        .option('shard', SHARD)
        .option('report', {
          describe: 'a file that all of it is written to, for `merge-reports`',
          type: 'string',
          requiresArg: true,
          coerce: once('--report'),
        })
        .option('cache', {
          describe: 'keep what is found, and take it for as long as nothing that it depends on has changed',
          type: 'boolean',
          default: false,
        })
        .option('cache-location', {
          describe: 'the folder for that; else .mdshift/cache in each book',
          type: 'string',
          requiresArg: true,
          coerce: once('--cache-location'),
        })
        .example('$0 check', 'in CI: fails while legacy syntax is left')
        .example('$0 check --only external-link-arrow', 'one migration alone')
        .example('$0 check --shard 2/8 --report 2.json', 'a part of it, on one of eight machines'),
    (args) => {
      return act(async ({ lineups, io, version, allPaths }) => {
        const { check } = await import('../check.ts')
        return withTimings(args.timings, io, () =>
          check(lineups, { ...args, paths: allPaths(args.paths), version }, io),
        )
      })
    },
  )
