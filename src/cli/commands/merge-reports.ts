/** `mdshift merge-reports`: what it is given on the command line. */
import type { AddCommand } from './options.ts'

export const addMergeReports: AddCommand = (program, act) =>
  program.command(
    'merge-reports <reports..>',
    'tell what shards of a check found, as one that was not divided',
    (command) =>
      command
        .positional('reports', {
          describe: 'files that `check --report` wrote, one of each shard, in any order',
          type: 'string',
          array: true,
          demandOption: true,
        })
        .example('$0 merge-reports reports/*.json', 'ends as the whole check would have'),
    (args) => {
      return act(async ({ io, version, allPaths }) => {
        const { mergeReports } = await import('../merge-reports.ts')
        return mergeReports({ reports: allPaths(args.reports), version }, io)
      })
    },
  )
