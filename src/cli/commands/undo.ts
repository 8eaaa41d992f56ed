/** `mdshift undo`: what it is given on the command line. */
import { type AddCommand, FSYNC, PATHS } from './options.ts'

export const addUndo: AddCommand = (program, act) =>
  program.command(
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
    (args) => {
      return act(async ({ io, allPaths }) => {
        const { undo } = await import('../undo.ts')
        return undo({ ...args, paths: allPaths(args.paths) }, io)
      })
    },
  )
