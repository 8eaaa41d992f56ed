import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { pathToFileURL } from 'node:url'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { indexTexts } from '../book/load.ts'
import { DEFAULT_SETTINGS } from '../model.ts'
import { openPool } from './pool.ts'

let folder = ''
let threads = 0

/** A thread that opens whatever it is told to, and never comes to an end with a job. */
const HANGING = `
  import fs from 'node:fs'
  import { parentPort, threadId } from 'node:worker_threads'
  const value = { id: 'hanging', version: 1, summary: '', reason: '', examples: [], presumes: false, scan: 'none' }
  const noted = { counts: new Map(), messages: [], skipped: false }
  parentPort.on('message', ({ kind, job }) => {
    if (job) {
      fs.writeFileSync(new URL('./' + job.path + '.begun', import.meta.url), '')
      for (;;);
    }
    parentPort.postMessage({ result: { ok: true, value }, presumed: [], noted })
  })
`

const begun = () => fs.readdirSync(folder).filter((file) => file.endsWith('.begun'))
const count = () => {
  threads += 1
}

beforeAll(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'mdshift-pool-'))
  fs.writeFileSync(path.join(folder, 'hanging.mjs'), HANGING)
})
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }))
beforeEach(() => {
  threads = 0
  process.on('worker', count)
})
afterEach(() => {
  process.off('worker', count)
})

describe('an interruption', () => {
  it('ends the jobs that are worked on, and begins no thread for those that wait', async () => {
    const controller = new AbortController()
    const file = path.join(folder, 'hanging.ts')
    const pool = await openPool([{ id: 'hanging', isFixed: true, file, name: 'hanging.ts', options: {} }], {
      script: pathToFileURL(path.join(folder, 'hanging.mjs')),
      folder,
      memory: 512,
      threads: 2,
      limit: 10_000,
      longLimit: 10_000,
      log: () => {},
      signal: controller.signal,
    })
    if (!pool.ok) throw new Error(JSON.stringify(pool.failures))
    const index = indexTexts(new Map(), '/book', new Map())
    const stage = {
      migration: 'hanging',
      index,
      paths: [],
      settings: DEFAULT_SETTINGS,
      parser: 'fast',
    } as const
    const jobs = ['a', 'b', 'c', 'd', 'e', 'f'].map((name) => ({ path: name, text: '' }))
    const worked = pool.value.workers.transform(stage, undefined, jobs).catch((thrown: unknown) => thrown)
    while (begun().length < 2) await delay(10)
    const reason = new Error('interrupted')
    controller.abort(reason)
    expect(await worked).toBe(reason)
    await pool.value.workers.close()
    expect([begun(), threads]).toEqual([['a.begun', 'b.begun'], 2])
  })
})
