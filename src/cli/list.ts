/** `mdshift list`: the migrations of the folder that one is in, in order. */
import path from 'node:path'
import { configOf, readConfig } from '../book/config.ts'
import { visible } from '../report/terminal.ts'
import type { Io } from './io.ts'
import type { Lineups } from './lineup.ts'
import { type ExitStatus, giveUp } from './status-codes.ts'

export async function list(
  lineups: Lineups,
  { config: named, pack }: { readonly config?: string | undefined; readonly pack?: string | undefined },
  io: Io,
): Promise<ExitStatus> {
  const config =
    named === undefined
      ? await configOf(io.cwd, io.isSafe)
      : await readConfig(path.resolve(io.cwd, named), io.isSafe)
  if (!config.ok) return giveUp(config.failures, io)
  const lineup = await lineups.of(config.value, pack)
  if (!lineup.ok) return giveUp(lineup.failures, io)
  const { all } = lineup.value
  const width = Math.max(26, ...all.map(({ id }) => visible(id).length))
  io.stdout.lines(
    all.map(({ id, version, summary }) => `${visible(id).padEnd(width)}  v${version}  ${visible(summary)}`),
  )
  return 0
}
