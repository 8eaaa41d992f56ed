/** `mdshift check`: what it is given on the command line. */
import { type AddCommand, DECIDE, PATHS, SELECTION } from './options.ts'

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
        .example('$0 check', 'in CI: fails while legacy syntax is left')
        .example('$0 check --only external-link-arrow', 'one migration alone'),
    (args) => {
      return act(async ({ lineups, io, allPaths }) => {
        const { check } = await import('../check.ts')
        return check(lineups, { ...args, paths: allPaths(args.paths) }, io)
      })
    },
  )
