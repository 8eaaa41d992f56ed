/** `mdshift explain`: what it is given on the command line. */
import { type AddCommand, once, SELECTION } from './options.ts'

export const addExplain: AddCommand = (program, act) =>
  program.command(
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
    (args) => {
      const format = args.format === 'json' ? 'json' : 'text'
      return act(async ({ lineups, io, allPaths }) => {
        const { explain } = await import('../explain.ts')
        const [path] = allPaths(args.path === undefined ? [] : [args.path])
        return explain(lineups, { ...args, path, format }, io)
      })
    },
  )
