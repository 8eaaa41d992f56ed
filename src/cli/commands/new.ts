/** `mdshift new`: what it is given on the command line. */
import { type AddCommand, once } from './options.ts'

export const addNew: AddCommand = (program, act) =>
  program.command(
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
    (args) => {
      return act(async ({ io }) => (await import('../new.ts')).newTransform(args, io))
    },
  )
