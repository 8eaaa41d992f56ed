/** A command in this process; the day and the migrations are the tests' own. */
import { createColors } from 'picocolors'
import { unhurried } from '../../src/breathe.ts'
import type { Io } from '../../src/cli/io.ts'
import type { Packs } from '../../src/cli/lineup.ts'
import { main } from '../../src/cli/main.ts'
import type { Change } from '../../src/model.ts'
import type { Transform } from '../../src/transform/define.ts'

export interface Ended {
  readonly status: number
  readonly stdout: string
  readonly stderr: string
}

export interface Surroundings {
  readonly migrations: readonly Transform[]
  readonly packs?: Packs
  readonly day?: string
  readonly version?: string
}

/** Runs a command in a folder, with nothing of the process but its environment. */
export async function runCommand(
  cwd: string,
  argv: readonly string[],
  { migrations, packs = new Map(), day = '2026-11-22', version = '1.2.3' }: Surroundings,
): Promise<Ended> {
  const written = { stdout: '', stderr: '' }
  const stream = (name: 'stdout' | 'stderr') => ({
    isTerminal: false,
    isJobLog: false,
    drained: async () => {},
    flushed: async () => undefined,
    colors: createColors(false),
    lines(lines: readonly string[]) {
      for (const line of lines) written[name] += `${line}\n`
    },
    raw(text: string) {
      written[name] += text
    },
  })
  const io: Io = {
    cwd,
    cpus: 1,
    threadScript: new URL('none.js', import.meta.url),
    trialScript: new URL('none.js', import.meta.url),
    isSafe: false,
    stdout: stream('stdout'),
    stderr: stream('stderr'),
    today: () => day,
    signal: new AbortController().signal,
    breathe: unhurried,
    leave: () => {},
  }
  const status = await main(argv, io, { migrations, packs, version })
  return { status, ...written }
}

/** A migration from one word to another. */
export function wordMigration(id: string, legacy: string, current: string, checksum?: string): Transform {
  return {
    id,
    version: Number(id.slice(0, 4)),
    checksum,
    summary: `${legacy} → ${current}: one word for another`,
    reason: '',
    examples: [],
    mayMatch: (text) => text.includes(legacy),
    transform: ({ text }) => ({
      changes: [...text.matchAll(new RegExp(legacy, 'g'))].map(
        ({ index }): Change => ({ start: index, end: index + legacy.length, text: current, because: '' }),
      ),
      leftovers: [],
    }),
  }
}
