/** `mdshift check`: what it is given on the command line. */
import { check } from '../check.ts'
import { withTimings } from '../timings.ts'
import { type AddCommand, DECIDE, PATHS, SELECTION, TIMINGS } from './options.ts'

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
        .example('$0 check', 'in CI: fails while legacy syntax is left')
        .example('$0 check --only external-link-arrow', 'one migration alone'),
    (args) => {
      return act(({ lineups, io, allPaths }) =>
        withTimings(args.timings, io, () => check(lineups, { ...args, paths: allPaths(args.paths) }, io)),
      )
    },
  )
