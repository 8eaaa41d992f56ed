/** What is run, and on which book; and what is held against what. */
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import type { State } from './book/spelling.ts'
import type { Size } from './books.ts'
import type { Command } from './peers.ts'

const BIN = path.join(fileURLToPath(new URL('..', import.meta.url)), 'bin', 'mdshift.js')

/** mdshift, with its arguments. It says by 1 that legacy syntax was found. */
const mdshift = (...args: string[]): Command => ({
  file: process.execPath,
  args: [BIN, ...args],
  statuses: [0, 1],
})

export interface Job {
  readonly name: string
  /** Its own command, or the name of a peer. */
  readonly command: Command | string
  readonly state: State
  readonly size: Size
  /** Whether it needs a copy of its own each time. */
  readonly writes?: boolean
}

const OURS = {
  version: { name: 'mdshift --version', command: mdshift('--version') },
  check: { name: 'mdshift check', command: mdshift('check') },
  dryRun: { name: 'mdshift migrate --dry-run', command: mdshift('migrate', '--dry-run') },
  diff: {
    name: 'mdshift migrate --dry-run --no-verify',
    command: mdshift('migrate', '--dry-run', '--no-verify'),
  },
  migrate: { name: 'mdshift migrate', command: mdshift('migrate'), writes: true },
}

const peer = (name: string, writes = false) => ({ name, command: name, ...(writes && { writes }) })

/** In the order in which each round runs them. */
export const JOBS = {
  start: { ...peer('node -e 0'), state: 'current', size: 'once' },
  version: { ...OURS.version, state: 'current', size: 'once' },
  rgOnce: { ...peer('rg -c'), state: 'current', size: 'once' },
  checkCurrent: { ...OURS.check, state: 'current', size: 'once' },
  astGrep: { ...peer('ast-grep scan'), state: 'legacy', size: 'once' },
  checkLegacy: { ...OURS.check, state: 'legacy', size: 'once' },
  diff: { ...OURS.diff, state: 'legacy', size: 'once' },
  dryRun: { ...OURS.dryRun, state: 'legacy', size: 'once' },
  perl: { ...peer('perl -pi', true), state: 'legacy', size: 'once' },
  migrate: { ...OURS.migrate, state: 'legacy', size: 'once' },
  jscodeshift: { ...peer('jscodeshift, no parsing', true), state: 'legacy', size: 'once' },
  rumdl: { ...peer('rumdl, one rule'), state: 'legacy', size: 'once' },
  remark: { ...peer('remark-cli, nothing written'), state: 'legacy', size: 'once' },
  markdownlint: { ...peer('markdownlint-cli2, one rule'), state: 'legacy', size: 'once' },
  rgMany: { ...peer('rg -c'), state: 'current', size: 'many' },
  checkCurrentMany: { ...OURS.check, state: 'current', size: 'many' },
  astGrepMany: { ...peer('ast-grep scan'), state: 'legacy', size: 'many' },
  perlMany: { ...peer('perl -pi', true), state: 'legacy', size: 'many' },
  migrateMany: { ...OURS.migrate, state: 'legacy', size: 'many' },
  rumdlMany: { ...peer('rumdl, one rule'), state: 'legacy', size: 'many' },
} as const satisfies Record<string, Job>

export type JobName = keyof typeof JOBS

/** What is run besides on the large book where one has the time: each takes minutes there. */
export const SLOW_JOBS = {
  jscodeshiftMany: { ...JOBS.jscodeshift, size: 'many' },
  markdownlintMany: { ...JOBS.markdownlint, size: 'many' },
  remarkMany: { ...JOBS.remark, size: 'many' },
} as const satisfies Record<string, Job>

/** One row of the table: a figure of a run, and what it is to be. */
export interface Row {
  readonly work: string
  /** What the figure counts: one job over another, what grows, or megabytes. */
  readonly kind: 'ratio' | 'growth' | 'memory'
  readonly job: JobName
  /** What it is held against; of growth, the same work on the small book. */
  readonly over?: JobName
  readonly bar: number
  readonly aim?: number
}

/** @param times how often the small book is in the large one */
export function rowsFor(times: number): readonly Row[] {
  return [
    {
      work: '`check`, current book, 1×',
      kind: 'ratio',
      job: 'checkCurrent',
      over: 'start',
      bar: 2.5,
      aim: 1.8,
    },
    {
      work: `\`check\`, current book, ${times}×`,
      kind: 'ratio',
      job: 'checkCurrentMany',
      over: 'rgMany',
      bar: 6,
      aim: 3,
    },
    {
      work: '`check`, legacy book, 1×, all findings',
      kind: 'ratio',
      job: 'checkLegacy',
      over: 'astGrep',
      bar: 1,
      aim: 0.5,
    },
    {
      work: '`migrate` with verification, legacy, 1×',
      kind: 'ratio',
      job: 'migrate',
      over: 'perl',
      bar: 3,
      aim: 1.5,
    },
    {
      work: `\`migrate\` with verification, legacy, ${times}×`,
      kind: 'ratio',
      job: 'migrateMany',
      over: 'perlMany',
      bar: 1.5,
      aim: 1,
    },
    { work: `peak memory, ${times}×`, kind: 'memory', job: 'migrateMany', bar: 300, aim: 150 },
    {
      work: '`--dry-run` with the whole diff, not proven, over `check`, legacy, 1×',
      kind: 'ratio',
      job: 'diff',
      over: 'checkLegacy',
      bar: 1.3,
      aim: 1.15,
    },
    {
      work: '`--dry-run` with the whole diff, proven, over `check`, legacy, 1×',
      kind: 'ratio',
      job: 'dryRun',
      over: 'checkLegacy',
      bar: 1.3,
      aim: 1.15,
    },
    {
      work: `growth: ${times}× the files, time over the start-up`,
      kind: 'growth',
      job: 'migrateMany',
      over: 'migrate',
      bar: Math.round(times * 1.1 * 10) / 10,
    },
  ]
}
