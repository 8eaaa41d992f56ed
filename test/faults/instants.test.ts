import { type ChildProcess, spawn } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { amountOf } from './support/amount.ts'
import { writeLargeBook } from './support/book.ts'
import { tell } from './support/figures.ts'
import { copyTree, storeNames } from './support/tree.ts'
import { AFTERMATHS, tornFiles, trialOf } from './support/trial.ts'

const BIN = fileURLToPath(new URL('../../bin/mdshift.js', import.meta.url))

/** A book of your own: `BOOK=path npm run test:faults`. It is copied. */
const book = process.env['BOOK']

it('a run over a large book may be killed at any instant', async () => {
  await using trial = await trialOf((root) => (book ? copyTree(book, root) : writeLargeBook(root, 120)))
  const lasted = await durations(trial.root, trial.begin)
  const aftermaths = Object.entries(AFTERMATHS)
  const figures = { kills: 0, 'not begun': 0, 'broken off': 0, finished: 0 }
  const problems: string[] = []
  for (let n = 0; n < amountOf(20, 200); n += 1) {
    // Every other one anywhere in the run; the others while it writes, which is but a part of it.
    const [from, within] = n % 2 === 0 ? ['start', lasted.whole] : ['store', lasted.store]
    const instant = Math.random() * within
    trial.begin()
    await killedAt(trial.root, from === 'store', instant)
    const names = storeNames(trial.root)
    figures.kills += 1
    figures[
      names.includes('.mdshift/journal.json')
        ? 'broken off'
        : names.includes('.mdshift/runs/RUN.json')
          ? 'finished'
          : 'not begun'
    ] += 1
    const [name, promised] = aftermaths[n % aftermaths.length] ?? []
    const found = [...tornFiles(trial), ...(promised?.(trial) ?? [])]
    problems.push(...found.map((line) => `killed ${instant} ms behind the ${from}, then ${name}: ${line}`))
  }
  tell('SIGKILL at random instants', {
    files: Object.keys(trial.after).length,
    ...figures,
    problems: problems.length,
  })
  expect(problems).toEqual([])
})

/** How long a run takes, and its store: in milliseconds. */
async function durations(
  root: string,
  begin: () => void,
): Promise<{ readonly whole: number; readonly store: number }> {
  begin()
  const started = performance.now()
  const child = start(root)
  const ended = endOf(child)
  await storeBegins(root, child)
  const begun = performance.now()
  await ended
  return { whole: performance.now() - started, store: performance.now() - begun }
}

async function killedAt(root: string, isInStore: boolean, instant: number): Promise<void> {
  const child = start(root)
  const ended = endOf(child)
  if (isInStore) await storeBegins(root, child)
  await Promise.race([delay(instant), ended])
  child.kill('SIGKILL')
  await ended
}

function start(root: string): ChildProcess {
  return spawn(process.execPath, [BIN, 'migrate', '--no-verify'], { cwd: root, stdio: 'ignore' })
}

function endOf(child: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', () => resolve())
  })
}

/** The journal is the first that is written of a run. */
async function storeBegins(root: string, child: ChildProcess): Promise<void> {
  while (child.exitCode === null && !fs.existsSync(path.join(root, '.mdshift/journal.json'))) await delay(1)
}
