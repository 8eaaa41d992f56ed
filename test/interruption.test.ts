/** Ctrl-C, at any moment of any command: the status says so, and the book is all old or all new. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
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

/** The texts of all chapters. */
function textsIn(folder: string): Map<string, string> {
  const files = fs
    .readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.md'))
  return new Map(files.sort().map((file) => [file, fs.readFileSync(path.join(folder, file), 'utf8')]))
}

const strays = () =>
  fs.readdirSync(book, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.tmp'))

describe.each([
  ['SIGINT', 130],
  ['SIGTERM', 143],
  ['SIGHUP', 129],
] as const)('%s', (signal, status) => {
  it.each([
    ['migrate'],
    ['migrate', '--dry-run'],
    ['check'],
    ['status'],
    ['explain', 'src/part-0/chapter-0.md'],
    ['run', '-t', 't.mjs', '--dry-run'],
  ])('ends %s %s %s before anything is written', async (...args) => {
    const before = textsIn(book)
    const child = begin(args)
    // The program listens by then, and works for long after.
    await delay(700)
    child.kill(signal)
    const [code, killed] = await once(child, 'exit')
    expect([code, killed]).toEqual([status, null])
    expect(textsIn(book)).toEqual(before)
    expect(strays()).toEqual([])
  })
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
