import { spawn } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { mdshift } from '../support/program.ts'
import { amountOf } from './support/amount.ts'
import { writeLargeBook, writeSmallBook } from './support/book.ts'
import { tell } from './support/figures.ts'
import { differences, storeNames, treeOf } from './support/tree.ts'
import { type Trial, trialOf } from './support/trial.ts'

const BIN = fileURLToPath(new URL('../../bin/mdshift.js', import.meta.url))

interface Run {
  readonly pid: number
  readonly ended: Promise<{ readonly status: number | null; readonly stderr: string }>
}

function start(root: string): Run {
  const child = spawn(process.execPath, [BIN, 'migrate'], { cwd: root, stdio: ['ignore', 'ignore', 'pipe'] })
  let stderr = ''
  child.stderr.setEncoding('utf8').on('data', (part: string) => {
    stderr += part
  })
  return {
    pid: child.pid ?? 0,
    ended: new Promise((resolve) => {
      child.on('close', (status) => resolve({ status, stderr }))
    }),
  }
}

it('of two runs the second is told who has the book, and changes nothing', async () => {
  await using trial = await trialOf((root) => writeLargeBook(root, 24))
  trial.begin()
  const first = start(trial.root)
  while (!fs.existsSync(path.join(trial.root, '.mdshift/lock'))) await delay(1)
  process.kill(first.pid, 'SIGSTOP')
  const second = mdshift(['migrate'], trial.root)
  process.kill(first.pid, 'SIGCONT')
  expect(second.stderr).toContain(`process ${first.pid}`)
  expect(second.stderr).toContain('.mdshift/lock')
  expect(second.status).toBe(2)
  expect((await first.ended).status).toBe(0)
  expect(differences(treeOf(trial.root), trial.after)).toEqual([])
})

it.each<[string, (trial: Trial) => void]>([
  ['a book', () => {}],
  ['a book whose lock is of a process that is gone', leaveStaleLock],
])('of many runs on %s each is made whole, or refused', async (name, prepare) => {
  await using trial = await trialOf(writeSmallBook)
  trial.begin()
  prepare(trial)
  const many = amountOf(12, 50)
  const ends = await Promise.all(Array.from({ length: many }, () => start(trial.root).ended))
  const made = ends.filter(({ status }) => status === 0)
  const refused = ends.filter(({ status, stderr }) => status === 2 && stderr.includes('MDS060'))
  tell(`at once, on ${name}`, { runs: many, made: made.length, refused: refused.length })
  expect(ends.filter((end) => !made.includes(end) && !refused.includes(end))).toEqual([])
  expect(made.length).toBeGreaterThan(0)
  expect(differences(treeOf(trial.root), trial.after)).toEqual([])
  // The first that ends has done all; who comes later finds nothing to do.
  expect(storeNames(trial.root)).toEqual(trial.kept)
})

/** What a process writes that had the lock. */
function lockText(): Record<string, unknown> {
  return {
    pid: process.pid,
    host: os.hostname(),
    space: `${fs.readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()} ${fs.readlinkSync('/proc/self/ns/pid')}`,
    started: fs.readFileSync('/proc/self/stat', 'utf8').split(') ').at(-1)?.split(' ')[19],
    since: '2026-01-01T00:00:00.000Z',
  }
}

function leaveLock({ root }: Trial, text: string): void {
  fs.mkdirSync(path.join(root, '.mdshift/runs'), { recursive: true })
  fs.writeFileSync(path.join(root, '.mdshift/lock'), text)
}

function leaveStaleLock(trial: Trial): void {
  leaveLock(trial, JSON.stringify({ ...lockText(), started: '1' }))
}

describe.runIf(process.platform === 'linux')('a lock', () => {
  it.each<[string, string]>([
    ['of a process that has got the number of another', JSON.stringify({ ...lockText(), started: '1' })],
    ['of a process that is gone', JSON.stringify({ ...lockText(), pid: 2 ** 22 + 1 })],
    [
      'of before the machine was started',
      JSON.stringify({ ...lockText(), space: 'another-boot pid:[4026531836]' }),
    ],
    ['that is empty', ''],
    ['that is garbage', '\0\0\0\0{'],
  ])('%s is taken over', async (_, text) => {
    await using trial = await trialOf(writeSmallBook)
    trial.begin()
    leaveLock(trial, text)
    expect(mdshift(['migrate'], trial.root)).toMatchObject({ status: 0 })
    expect(differences(treeOf(trial.root), trial.after)).toEqual([])
    expect(storeNames(trial.root)).toEqual(trial.kept)
  })

  it.each<[string, string, string]>([
    ['of a process that runs', JSON.stringify(lockText()), `process ${process.pid}`],
    ['of another host', JSON.stringify({ ...lockText(), host: 'elsewhere' }), 'elsewhere'],
  ])('%s is respected, and the next step is told', async (_, text, words) => {
    await using trial = await trialOf(writeSmallBook)
    trial.begin()
    leaveLock(trial, text)
    const { status, stderr } = mdshift(['migrate'], trial.root)
    expect(status).toBe(2)
    expect(stderr).toContain(words)
    expect(stderr).toContain('.mdshift/lock')
    expect(stderr).toMatch(/remove the file/)
    expect(differences(treeOf(trial.root), trial.before)).toEqual([])
  })
})
