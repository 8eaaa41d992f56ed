/** What the configuration of a book makes of a run. */
import path from 'node:path'
import { chapterFilter, configOf, readConfig, settingsIn, type UnknownMigrations } from '../book/config.ts'
import { type Config, DEFAULT_CONFIG } from '../book/config-values.ts'
import { type Decisions, withDecisions } from '../book/decisions.ts'
import type { ChapterRule } from '../book/discover.ts'
import type { Limits } from '../book/limits.ts'
import { hashedFile } from '../book/read-record.ts'
import type { ResiduePatterns } from '../book/residue-files.ts'
import { type Checked, ok } from '../failure.ts'
import type { Settings } from '../model.ts'
import { planMigrations, unknownMigrations, withoutSwitchedOff } from '../runner/plan.ts'
import type { Announced } from '../transform/define.ts'
import type { Io } from './io.ts'
import type { Lineup, Lineups } from './lineup.ts'
import type { RunArguments } from './run-arguments.ts'

export type ConfigReader = (folder: string) => Promise<Checked<Config>>

export interface Prepared {
  readonly migrations: readonly Announced[]
  readonly lineup: Lineup
  readonly settings: Settings
  readonly patterns: ResiduePatterns
  readonly limits: Limits
  /** The file of the configuration, absolute, and its hash; where a plan asks for it, and there is one. */
  readonly configuration: readonly [string, string] | undefined
}

/** Puts together what one book is run with; a migration that `--only` names is made all the same. */
export async function prepareBook(
  root: string,
  config: Checked<Config>,
  decisions: Decisions | undefined,
  lineups: Lineups,
  args: RunArguments,
): Promise<Checked<Prepared>> {
  if (!config.ok) return config
  const lineup = await lineups.of(config.value, args.pack)
  if (!lineup.ok) return lineup
  const { all, switches } = lineup.value
  const planned = planMigrations(all, args)
  if (!planned.ok) return { ok: false, failures: [planned.failure] }
  const switched = withoutSwitchedOff(all, planned.value, switches)
  if (!switched.ok) return switched
  const own = settingsIn(config.value, root)
  const settings = decisions ? withDecisions(own, decisions, root) : ok(own)
  if (!settings.ok) return settings
  return ok({
    lineup: lineup.value,
    migrations: (args.only ?? []).length > 0 ? planned.value : switched.value,
    settings: settings.value,
    patterns: { patterns: config.value.residue, folder: path.dirname(config.value.file) },
    configuration: args.isSealed ? await hashedFile(config.value.file) : undefined,
    limits: config.value.limits,
  })
}

/**
 * Which files of a folder are chapters.
 *
 * @param apart absolute folders whose files are none
 */
export async function chapterRule(
  folder: string,
  configs: ConfigReader,
  apart: readonly string[],
): Promise<ChapterRule> {
  const config = await configs(folder)
  const { extensions, ...rest } = config.ok ? config.value : DEFAULT_CONFIG
  const isIncluded = chapterFilter({ extensions, ...rest })
  const isApart = (file: string) => apart.some((one) => file.startsWith(one + path.sep))
  return { extensions, includes: (file) => isIncluded(file) && !isApart(file) }
}

/** Reads the configuration of a folder: each once, and the same for all of them where the command line names one. */
export function configReader(all: readonly Announced[], args: RunArguments, io: Io): ConfigReader {
  const known = new Map<string, Promise<Checked<Config>>>()
  const unknown: UnknownMigrations = (names) => unknownMigrations(all, names)
  return (folder) => {
    const key = args.config === undefined ? folder : path.resolve(io.cwd, args.config)
    const config =
      known.get(key) ??
      (args.config === undefined ? configOf(key, io.isSafe, unknown) : readConfig(key, io.isSafe, unknown))
    known.set(key, config)
    return config
  }
}
