import { spawnSync } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import { createFixture } from 'fs-fixture'
import { describe, expect, it } from 'vitest'
import { holderOf, type Lock, lockBook } from './lock.ts'
import { stateOf } from './state-folder.ts'

function locked(root: string): Lock {
  const lock = lockBook(root)
  if (!lock.ok) throw new Error(lock.failure.message)
  return lock.value
}

/** The number of a process that has ended. */
const GONE = spawnSync(process.execPath, ['-e', '']).pid

describe('a lock', () => {
  it('keeps others out, and names who has it', async () => {
    await using folder = await createFixture({})
    const lock = locked(folder.path)
    expect(lockBook(folder.path)).toMatchObject({
      ok: false,
      failure: { code: 'MDS060', message: expect.stringContaining(`process ${process.pid}`) },
    })
    expect(holderOf(stateOf(folder.path))).toContain(`process ${process.pid}`)
    expect(lock.isHeld()).toBe(true)
    lock.release()
    expect(fs.readdirSync(folder.path)).toEqual([])
  })

  it('of another book is another one', async () => {
    await using folder = await createFixture({ a: {}, b: {} })
    const locks = ['a', 'b'].map((name) => locked(folder.getPath(name)))
    expect(locks.every((lock) => lock.isHeld())).toBe(true)
  })

  it.each<[string, string]>([
    ['a process that has ended', holder({ pid: GONE })],
    ['a process whose number another one has now', holder({ started: '1' })],
    ['an earlier boot of the machine', holder({ space: 'another-boot pid:[1]' })],
    ['nobody: it is empty', ''],
    ['nobody: it is no JSON', '{"pid":'],
    ['nobody: there is no such number', holder({ pid: -1 })],
  ])('of %s is taken over', async (_, text) => {
    await using folder = await createFixture({ '.mdshift': { lock: text } })
    const lock = locked(folder.path)
    expect(lock.isHeld()).toBe(true)
    expect(fs.readdirSync(folder.getPath('.mdshift')).sort()).toEqual(['.gitignore', 'lock', 'runs'])
  })

  it.each<[string, string]>([
    ['a process that runs', holder({})],
    ['another machine, whatever runs here', holder({ pid: GONE, host: 'elsewhere' })],
    ['another container of this boot', holder({ pid: GONE, space: `${boot()} pid:[1]` })],
  ])('of %s is respected', async (_, text) => {
    await using folder = await createFixture({ '.mdshift': { lock: text } })
    expect(lockBook(folder.path)).toMatchObject({ ok: false, failure: { code: 'MDS060' } })
    expect(fs.readFileSync(folder.getPath('.mdshift/lock'), 'utf8')).toBe(text)
  })

  it('that is a pipe is nobody’s, and is not waited for', async () => {
    await using folder = await createFixture({ '.mdshift': {} })
    spawnSync('mkfifo', [folder.getPath('.mdshift/lock')])
    expect(locked(folder.path).isHeld()).toBe(true)
  })

  it('that somebody took away is not held, and not released', async () => {
    await using folder = await createFixture({})
    const lock = locked(folder.path)
    fs.writeFileSync(folder.getPath('.mdshift/lock'), holder({ host: 'elsewhere' }))
    expect(lock.isHeld()).toBe(false)
    lock.release()
    expect(fs.existsSync(folder.getPath('.mdshift/lock'))).toBe(true)
  })

  it('is not put into a folder that a link leads to', async () => {
    await using outside = await createFixture({})
    await using folder = await createFixture({})
    fs.symlinkSync(outside.path, folder.getPath('.mdshift'))
    expect(lockBook(folder.path)).toMatchObject({ ok: false, failure: { code: 'MDS061' } })
    expect(fs.readdirSync(outside.path)).toEqual([])
  })
})

function boot(): string {
  return fs.readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()
}

/** The text of a lock: this process's, but for what is given. */
function holder(changed: Readonly<Record<string, unknown>>): string {
  const started = fs
    .readFileSync('/proc/self/stat', 'utf8')
    .replace(/^.*\) /s, '')
    .split(' ')[19]
  const space = `${boot()} ${fs.readlinkSync('/proc/self/ns/pid')}`
  const own = { pid: process.pid, host: os.hostname(), space, started, since: '2026-11-22T10:00:00.000Z' }
  return `${JSON.stringify({ ...own, ...changed })}\n`
}
