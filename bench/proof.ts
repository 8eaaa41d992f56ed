/**
 * What the proof of a run costs: `npm run bench -- proof BOOK-FOLDER` migrates copies of a book with the proof and
 * without it, in turn, and prints the medians side by side. `ROUNDS=9` takes more rounds than 5.
 */
import { spawnSync } from 'node:child_process'
import fs from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { median } from './measure.ts'
import { seconds, table } from './table.ts'

const ROOT = fileURLToPath(new URL('..', import.meta.url))
const BIN = path.join(ROOT, 'bin', 'mdshift.js')

/** Milliseconds that one run took. */
interface Times {
  readonly wall: number
  /** Of the processor, in all threads. */
  readonly user: number
}

const WAYS = [
  { name: 'without proof', flags: ['--no-verify'] },
  { name: 'with proof', flags: [] },
] as const

/** @param book the folder of a book; the sample book, where none is given */
export async function compareProofs(book = path.join(ROOT, '__fixtures__', 'book')): Promise<void> {
  const rounds = Number(process.env['ROUNDS'] ?? 5)
  const times = new Map<string, Times[]>(WAYS.map(({ name }) => [name, []]))
  for (let round = 0; round < rounds; round++) {
    for (const { name, flags } of WAYS) times.get(name)?.push(await timesOf(book, flags))
  }
  const [without, withProof] = WAYS.map(({ name }) => mediansOf(times.get(name) ?? []))
  if (!without || !withProof) return
  const ratio = { wall: withProof.wall / without.wall, user: withProof.user / without.user }
  const lines = [
    ['without proof', seconds(without.wall), seconds(without.user)],
    ['with proof', seconds(withProof.wall), seconds(withProof.user)],
    ['ratio', ratio.wall.toFixed(2), ratio.user.toFixed(2)],
  ]
  console.log(table([`median of ${rounds}`, 'wall', 'user'], lines))
}

/** Migrates a copy of a book; making the copy does not count. */
async function timesOf(folder: string, flags: readonly string[]): Promise<Times> {
  const copy = await fs.mkdtemp(path.join(os.tmpdir(), 'mdshift-bench-'))
  try {
    await fs.cp(folder, copy, { recursive: true })
    const telling = `import { writeSync } from 'node:fs'
      process.on('exit', () => writeSync(3, String(process.cpuUsage().user)))`
    const preload = `data:text/javascript,${encodeURIComponent(telling)}`
    const start = performance.now()
    const { output, stdout, stderr } = spawnSync(
      process.execPath,
      ['--import', preload, BIN, 'migrate', ...flags],
      { cwd: copy, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe', 'pipe'] },
    )
    const wall = performance.now() - start
    if (!/^Results:[\s\S]* 0 errors/.test(stdout + stderr)) throw new Error(`migrate failed:\n${stderr}`)
    return { wall, user: Number(output[3]) / 1000 }
  } finally {
    await fs.rm(copy, { recursive: true, force: true })
  }
}

function mediansOf(times: readonly Times[]): Times {
  return { wall: median(times.map(({ wall }) => wall)), user: median(times.map(({ user }) => user)) }
}
