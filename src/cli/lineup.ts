/** Which migrations there are for a book, and who does their work. */
import { closestMatch } from 'leven'
import type { Config, NamedPack, Switch } from '../book/config-values.ts'
import { type OwnMigration, ownMigrations } from '../book/own-migrations.ts'
import { type Checked, failure, ok } from '../failure.ts'
import { openPool, type Pool, type PoolOptions } from '../runner/pool.ts'
import { inProcess, joined, type Workers } from '../runner/workers.ts'
import type { Announced, Transform } from '../transform/define.ts'
import type { TransformFile } from '../transform/load.ts'
import type { Io } from './io.ts'
import { nameFrom } from './name-from.ts'
import { printedIn } from './thread-output.ts'

export interface Lineup {
  /** In order. */
  readonly all: readonly Announced[]
  readonly workers: Workers
  /** Whether all are mdshift's own: what those answer depends on nothing but what they are asked. */
  readonly isBundled: boolean
  /** Those that the configuration switches on or off. */
  readonly switches: readonly Switch[]
}

export interface Lineups {
  /** Whether they have versions, and are put on record. */
  readonly isVersioned: boolean
  /** What mdshift brings, and a configuration names. */
  readonly bundled: readonly Announced[]
  /**
   * The migrations of a book.
   *
   * @param pack named instead of what the configuration says
   */
  of(config: Config, pack?: string): Promise<Checked<Lineup>>
  close(): Promise<void>
}

/** Migrations that a book gets if it asks for them, by the name of the pack. */
export type Packs = ReadonlyMap<string, readonly Transform[]>

/** The migrations that mdshift brings, those of a pack, or those of the project. */
export function versionedLineups(bundled: readonly Transform[], packs: Packs, io: Io): Lineups {
  const here = inProcess(bundled, io.breathe)
  const known = new Map<string, Promise<Checked<Lineup>>>()
  return {
    isVersioned: true,
    bundled,
    async of(config, pack) {
      const { file, own, migrations: switches } = config
      const asked = pack === undefined ? config.pack : { name: pack, place: '--pack', bundled: false }
      if (asked) return packLineup(asked, config, bundled, packs, io)
      if (!own) return ok({ all: bundled, workers: here, isBundled: true, switches })
      if (io.isSafe)
        return {
          ok: false,
          failures: [failure('MDS084', 'the migrations of the project are code', own.place)],
        }
      const found = known.get(file) ?? ownLineup(config, own.bundled ? bundled : [], here, io)
      known.set(file, found)
      return found
    },
    async close() {
      for (const one of known.values()) {
        const lineup = await one
        if (lineup.ok) await lineup.value.workers.close()
      }
    },
  }
}

/** Transforms by the files that a command names, whatever a book's configuration says of migrations. */
export function oneOffLineups(pool: Pool): Lineups {
  return {
    isVersioned: false,
    bundled: [],
    of: async () => ok({ all: pool.transforms, workers: pool.workers, isBundled: false, switches: [] }),
    close: () => pool.workers.close(),
  }
}

/** Switches that a configuration has for other migrations say nothing of a pack. */
function packLineup(
  { name, place, bundled: withBundled }: NamedPack,
  config: Config,
  bundled: readonly Transform[],
  packs: Packs,
  { breathe }: Io,
): Checked<Lineup> {
  const pack = packs.get(name)
  if (!pack) return { ok: false, failures: [failure('MDS057', unknownPack(name, packs), place)] }
  const before = withBundled ? bundled : []
  const newest = newestOf(before)
  const all = [...before, ...pack.map((one) => ({ ...one, version: newest + one.version }))]
  const switches = config.pack?.name === name ? config.migrations : []
  return ok({ all, workers: inProcess(all, breathe), isBundled: true, switches })
}

function unknownPack(name: string, packs: Packs): string {
  const names = [...packs.keys()]
  const maxDistance = Math.max(2, Math.floor(name.length / 3))
  const longer = names.find((one) => one.startsWith(name.toLowerCase()))
  const nearest = longer ?? closestMatch(name.toLowerCase(), names, { maxDistance })
  const meant = nearest === undefined ? '' : ` (did you mean ${JSON.stringify(nearest)}?)`
  return `${JSON.stringify(name)}${meant} is none of ${names.join(', ')}`
}

function newestOf(migrations: readonly Announced[]): number {
  return Math.max(0, ...migrations.map(({ version }) => version))
}

async function ownLineup(
  { own, migrations: switches }: Config,
  bundled: readonly Transform[],
  here: Workers,
  io: Io,
): Promise<Checked<Lineup>> {
  if (!own) return ok({ all: bundled, workers: here, isBundled: true, switches })
  const found = await ownMigrations(own)
  if (!found.ok) return found
  const twins = found.value.filter(({ id }) => bundled.some((one) => one.id === id))
  if (twins.length > 0)
    return {
      ok: false,
      failures: twins.map(({ id, file }) => failure('MDS054', `mdshift brings a ${id} of its own`, file)),
    }
  const opened = await openPool(
    found.value.map((one) => transformFile(one, io)),
    poolOptions(io),
  )
  if (!opened.ok) return opened
  const pool = opened.value
  const newest = newestOf(bundled)
  const theirs = pool.transforms.map((transform, position) => ({
    ...transform,
    version: newest + Number(transform.id.slice(0, 4)),
    checksum: found.value[position]?.checksum,
  }))
  const ids = new Set(theirs.map(({ id }) => id))
  const workers = joined([
    { has: (id) => ids.has(id), workers: pool.workers },
    { has: () => true, workers: here },
  ])
  return ok({ all: [...bundled, ...theirs], workers, isBundled: false, switches })
}

function transformFile({ id, file }: OwnMigration, { cwd }: Io): TransformFile {
  return { id, isFixed: true, file, name: nameFrom(cwd, file), options: {} }
}

/** Seconds that a transform may take for one file where nobody says otherwise. */
export const FILE_LIMIT = 30

/** How threads work for a command. */
export function poolOptions(
  { cwd, cpus, stderr, threadScript, signal }: Io,
  asked: { readonly threads?: number | undefined; readonly seconds?: number | undefined } = {},
): PoolOptions {
  const limit = (asked.seconds ?? FILE_LIMIT) * 1000
  return {
    script: threadScript,
    folder: cwd,
    memory: 512,
    threads: asked.threads ?? Math.min(4, Math.max(1, cpus - 1)),
    limit,
    longLimit: Math.max(60_000, limit),
    log: printedIn(stderr),
    signal,
  }
}
