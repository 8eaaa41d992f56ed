/** Ctrl-C, at any moment of any command: the status says so, and the book is all old or all new. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { writeLargeBook } from './support/large-book.ts'
import { mdshift } from './support/program.ts'
import { outerEnvironment } from './support/project.ts'

const BIN = fileURLToPath(new URL('../bin/mdshift.js', import.meta.url))
const CHAPTERS = 300

let book = ''

beforeAll(() => {
  book = fs.mkdtempSync(path.join(os.tmpdir(), 'mdshift-interrupted-'))
  writeLargeBook(book, CHAPTERS, 40)
  fs.writeFileSync(path.join(book, 't.mjs'), 'export default ({ source }) => source.replaceAll("⮳", "↗")\n')
})
afterAll(() => fs.rmSync(book, { recursive: true, force: true }))

function begin(args: readonly string[]): ChildProcess {
  return spawn(process.execPath, [BIN, ...args], { cwd: book, env: outerEnvironment(), stdio: 'ignore' })
}

/** Waits until the program is there to hear a signal, and not Node alone that loads it: as Linux tells. */
async function listening({ pid }: ChildProcess): Promise<void> {
  const state = `/proc/${pid}/status`
  if (!fs.existsSync('/proc/self/status')) return delay(5000)
  const isCaught = () => {
    const [, mask = '0'] = /^SigCgt:\s*([0-9a-f]+)$/m.exec(fs.readFileSync(state, 'utf8')) ?? []
    return (BigInt(`0x${mask}`) & (1n << BigInt(os.constants.signals.SIGHUP - 1))) !== 0n
  }
  while (!isCaught()) await delay(10)
}

/** The texts of all chapters. */
function textsIn(folder: string): Map<string, string> {
  const files = fs
    .readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.md'))
  return new Map(files.sort().map((file) => [file, fs.readFileSync(path.join(folder, file), 'utf8')]))
}

const strays = () =>
  fs.readdirSync(book, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.tmp'))

it.each([
  ['SIGINT', 130, ['migrate']],
  ['SIGINT', 130, ['migrate', '--dry-run']],
  ['SIGINT', 130, ['check']],
  ['SIGINT', 130, ['status']],
  ['SIGINT', 130, ['explain', 'src/part-0/chapter-0.md']],
  ['SIGINT', 130, ['run', '-t', 't.mjs']],
  ['SIGTERM', 143, ['migrate']],
  ['SIGHUP', 129, ['migrate']],
] as const)('%s ends with %i, before anything is written: %j', async (signal, status, args) => {
  const before = textsIn(book)
  const child = begin(args)
  await listening(child)
  await delay(100)
  child.kill(signal)
  expect(await once(child, 'exit')).toEqual([status, null])
  expect(textsIn(book)).toEqual(before)
  expect(strays()).toEqual([])
})

it('ends migrate at any moment with all chapters old or all new, and nothing beside them', async () => {
  const old = textsIn(book)
  for (const pause of [0, 300, 600, 1200, 2400, 3600, 4800]) {
    const child = begin(['migrate', '--no-fsync', '--no-verify'])
    const ended = once(child, 'exit')
    await Promise.race([ended, delay(pause)])
    child.kill('SIGINT')
    const [code, killed] = await ended
    // Before the program has begun, Node itself ends.
    expect([code ?? killed]).toEqual([expect.toBeOneOf([130, 'SIGINT', 0])])
    const now = textsIn(book)
    expect(strays()).toEqual([])
    if (now.get('src/part-0/chapter-0.md') === old.get('src/part-0/chapter-0.md')) expect(now).toEqual(old)
    else {
      expect([...now].filter(([, text]) => text.includes('⮳'))).toEqual([])
      expect(mdshift(['undo'], book).status).toBe(0)
      expect(textsIn(book)).toEqual(old)
    }
  }
})
