/** `mdshift list`: what it is given on the command line. */
import { type AddCommand, SELECTION } from './options.ts'

export const addList: AddCommand = (program, act) =>
  program.command(
    'list',
    'the migrations, in order',
    (command) =>
      command
        .option('config', SELECTION.config)
        .option('pack', SELECTION.pack)
        .example('$0 list', 'ids, format versions and what each does')
        .example('$0 list --pack mdbook-0.5', 'those of a pack'),
    (args) => {
      return act(async ({ lineups, io }) => (await import('../list.ts')).list(lineups, args, io))
    },
  )
