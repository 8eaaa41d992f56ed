/**
 * mdshift and its peers beside each other: `npm run bench`. `--files` and `--times` say how large the books are, `--rounds`
 * how often each is run; `--quick` is a small one, `--slow` runs on the large book what takes minutes there.
 */
import os from 'node:os'
import { parseArgs } from 'node:util'
import { makeBooks, type Size } from './books.ts'
import { JOBS, type Job, rowsFor, SLOW_JOBS } from './jobs.ts'
import { peakOf } from './measure.ts'
import { findPeers, installPeers } from './peers.ts'
import { commandOf, folderFor, runRounds } from './rounds.ts'
import { rowsTable, timesTable } from './table.ts'

/** @param args of the command line */
export async function comparePrograms(args: readonly string[]): Promise<void> {
  const { files, times, rounds, isSlow } = askedFor(args)
  installPeers()
  const { peers, missing } = findPeers()
  const books = makeBooks({ files, times })
  try {
    const isOf = (size: Size) => (entry: readonly [string, Job]) => entry[1].size === size
    const all: Readonly<Record<string, Job>> = isSlow ? { ...JOBS, ...SLOW_JOBS } : JOBS
    const jobsOf = (size: Size) => Object.fromEntries(Object.entries(all).filter(isOf(size)))
    // What takes long is run less often: what is noise in a second is none in ten.
    const once = runRounds(jobsOf('once'), { books, peers, count: rounds, warmUp: true })
    const many = runRounds(jobsOf('many'), { books, peers, count: Math.ceil(rounds / 3), warmUp: false })
    const measured = new Map([...once, ...many])
    const command = commandOf(JOBS.migrateMany, peers)
    const peak = command && (await peakOf(command, folderFor(JOBS.migrateMany, books)))
    const peaks = new Map(peak === undefined ? [] : [['migrateMany', peak]])
    const [small, large] = [books.sizeOf('legacy', 'once'), books.sizeOf('legacy', 'many')]
    const sizes = { once: `${small.files} files`, many: `${large.files} files` }
    console.log(
      `${sizes.once}, ${megabytes(small.bytes)}; ${sizes.many}, ${megabytes(large.bytes)}. Node ${process.version}, ${os.cpus().length} processors.\n`,
    )
    console.log(rowsTable(rowsFor(times), { times: measured, peaks, startUp: 'version' }))
    console.log(`\n${timesTable(all, measured, sizes)}`)
    if (missing.length > 0) console.log(`\nNot there, and left out: ${missing.join(', ')}.`)
  } finally {
    books.remove()
  }
}

function askedFor(args: readonly string[]) {
  const { values } = parseArgs({
    args: [...args],
    options: {
      files: { type: 'string' },
      times: { type: 'string' },
      rounds: { type: 'string' },
      quick: { type: 'boolean', default: false },
      slow: { type: 'boolean', default: false },
    },
  })
  const usual = values.quick ? { files: 100, times: 3, rounds: 3 } : { files: 1088, times: 20, rounds: 7 }
  return {
    files: Number(values.files ?? usual.files),
    times: Number(values.times ?? usual.times),
    rounds: Number(values.rounds ?? usual.rounds),
    isSlow: values.slow,
  }
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`
}
