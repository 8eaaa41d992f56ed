/** Which migrations there are for a book, and who does their work. */
import path from 'node:path'
import type { Config, Switch } from '../book/config.ts'
import { type OwnMigration, ownMigrations } from '../book/own-migrations.ts'
import { type Checked, failure, ok } from '../failure.ts'
import { openPool, type Pool, type PoolOptions } from '../runner/pool.ts'
import { inProcess, joined, type Workers } from '../runner/workers.ts'
import type { Announced, Transform } from '../transform/define.ts'
import type { TransformFile } from '../transform/load.ts'
import type { Io } from './io.ts'

export interface Lineup {
  /** In order. */
  readonly all: readonly Announced[]
  readonly workers: Workers
  /** Those that the configuration switches on or off. */
  readonly switches: readonly Switch[]
}

export interface Lineups {
  /** Whether they have versions, and are put on record. */
  readonly isVersioned: boolean
  /** What mdshift brings, and a configuration names. */
  readonly bundled: readonly Announced[]
  of(config: Config): Promise<Checked<Lineup>>
  close(): Promise<void>
}

/** The migrations that mdshift brings, or those of the project. */
export function versionedLineups(bundled: readonly Transform[], io: Io): Lineups {
  const here = inProcess(bundled)
  const known = new Map<string, Promise<Checked<Lineup>>>()
  return {
    isVersioned: true,
    bundled,
    async of(config) {
      const { file, own, migrations: switches } = config
      if (!own) return ok({ all: bundled, workers: here, switches })
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
    of: async () => ok({ all: pool.transforms, workers: pool.workers, switches: [] }),
    close: () => pool.workers.close(),
  }
}

async function ownLineup(
  { own, migrations: switches }: Config,
  bundled: readonly Transform[],
  here: Workers,
  io: Io,
): Promise<Checked<Lineup>> {
  if (!own) return ok({ all: bundled, workers: here, switches })
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
  const newest = Math.max(0, ...bundled.map(({ version }) => version))
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
  return ok({ all: [...bundled, ...theirs], workers, switches })
}

function transformFile({ id, file }: OwnMigration, { cwd }: Io): TransformFile {
  return { id, isFixed: true, file, name: nameFrom(cwd, file), options: {} }
}

/** A file as a user in that folder would name it. */
function nameFrom(cwd: string, file: string): string {
  const name = path.relative(cwd, file)
  return name.startsWith('..') ? file : name.split(path.sep).join('/')
}

/** Seconds that a transform may take for one file where nobody says otherwise. */
export const FILE_LIMIT = 30

/** How threads work for a command. */
export function poolOptions(
  { cwd, cpus, stderr, threadScript }: Io,
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
    log: (text) => stderr.raw(text),
  }
}
