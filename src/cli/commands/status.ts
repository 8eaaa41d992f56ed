/** `mdshift status`: what it is given on the command line. */
import { STATUS_FORMATS } from '../status-formats.ts'
import { type AddCommand, PATHS, SELECTION } from './options.ts'

export const addStatus: AddCommand = (program, act) =>
  program.command(
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
    (args) => {
      return act(async ({ lineups, io, allPaths }) => {
        const { status } = await import('../status.ts')
        return status(lineups, { ...args, paths: allPaths(args.paths) }, io)
      })
    },
  )

function formatOf(value: unknown): (typeof STATUS_FORMATS)[number] {
  const format = STATUS_FORMATS.find((known) => known === value)
  if (format === undefined) throw new Error(`--format is one of ${STATUS_FORMATS.join(', ')}`)
  return format
}
