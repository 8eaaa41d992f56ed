import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { DEFAULT_SETTINGS } from '../model.ts'
import { trials } from './trial.ts'

let folder = ''

/** What each process leaves a trace of, and never comes to an end with. */
const HANGING = `
  import fs from 'node:fs'
  process.on('message', ({ path }) => {
    fs.writeFileSync(new URL('./' + path + '.begun', import.meta.url), '')
    for (;;);
  })
`

beforeAll(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'mdshift-trial-'))
  fs.writeFileSync(path.join(folder, 'hanging.mjs'), HANGING)
})
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }))

const begun = () => fs.readdirSync(folder).filter((file) => file.endsWith('.begun'))

describe('an interruption', () => {
  it('ends the texts that are tried, and begins none of those that wait', async () => {
    const controller = new AbortController()
    const tryText = trials({
      script: pathToFileURL(path.join(folder, 'hanging.mjs')),
      seconds: 10,
      processes: 2,
      migrations: [],
      settings: DEFAULT_SETTINGS,
      signal: controller.signal,
    })
    const tried = ['a', 'b', 'c', 'd', 'e', 'f'].map((name) =>
      tryText({ path: name, text: '⮳', definitions: [] }),
    )
    const ended = Promise.allSettled(tried)
    while (begun().length < 2) await delay(10)
    const reason = new Error('interrupted')
    controller.abort(reason)
    expect(await ended).toEqual(tried.map(() => ({ status: 'rejected', reason })))
    await expect(tryText({ path: 'g', text: '⮳', definitions: [] })).rejects.toBe(reason)
    expect(begun()).toEqual(['a.begun', 'b.begun'])
  })
})
