/** The lock file of a book, as commands write and read it; the day and the migrations are the tests' own. */
import fs from 'node:fs'
import { createFixture, type FsFixture } from 'fs-fixture'
import { describe, expect, it } from 'vitest'
import type { Transform } from '../src/transform/define.ts'
import { type Ended, runCommand, wordMigration } from './support/command.ts'

const RAIN = wordMigration('0001-rain', 'rain', 'drizzle', 'sha256-rain')
const WIND = wordMigration('0002-wind', 'wind', 'breeze', 'sha256-wind')
const OWN = wordMigration('0003-own', 'sun', 'star')
const ALL = [RAIN, WIND, OWN]
const NAME = 'mdshift.lock.json'
const BOOK = { 'book.toml': '', 'src/a.md': 'rain and wind\n', 'src/b.md': 'sun\n' }

function run(
  folder: FsFixture,
  command: string,
  { day = '2026-11-22', migrations = ALL }: { day?: string; migrations?: readonly Transform[] } = {},
): Promise<Ended> {
  return runCommand(folder.path, command.split(' '), { day, migrations, version: '0.0.0' })
}

const locked = (folder: FsFixture) => fs.readFileSync(folder.getPath(NAME), 'utf8')
const isLocked = (folder: FsFixture) => fs.existsSync(folder.getPath(NAME))

const LOCK = `{
  "version": 1,
  "migrations": {
    "0001-rain": {
      "applied": "2026-11-22",
      "checksum": "sha256-rain"
    },
    "0002-wind": {
      "applied": "2026-11-22",
      "checksum": "sha256-wind"
    },
    "0003-own": {
      "applied": "2026-11-22"
    }
  }
}
`

describe('migrate', () => {
  it('records at the root of the book what it made, and when', async () => {
    await using folder = await createFixture(BOOK)
    const { status, stderr } = await run(folder, 'migrate src')
    expect([status, locked(folder)]).toEqual([0, LOCK])
    expect(stderr).toContain(
      `Recorded in ${NAME}, to be committed with the chapters: 0001-rain, 0002-wind, 0003-own\n`,
    )
  })

  it('writes nothing the second time, on another day', async () => {
    await using folder = await createFixture(BOOK)
    await run(folder, 'migrate')
    const before = fs.statSync(folder.getPath(NAME))
    const { stderr } = await run(folder, 'migrate', { day: '2027-01-01' })
    const { ino, mtimeMs } = fs.statSync(folder.getPath(NAME))
    expect([ino, mtimeMs, locked(folder)]).toEqual([before.ino, before.mtimeMs, LOCK])
    expect(stderr).not.toContain('ecorded')
  })

  it('leaves a lock file as it is that says all in another layout', async () => {
    const lock = JSON.stringify(JSON.parse(LOCK))
    await using folder = await createFixture({ ...BOOK, [NAME]: lock })
    expect((await run(folder, 'migrate', { day: '2027-01-01' })).status).toBe(0)
    expect(locked(folder)).toBe(lock)
  })

  it('records only what it was asked to make, beside what is there', async () => {
    await using folder = await createFixture(BOOK)
    await run(folder, 'migrate --only wind', { day: '2025-06-26' })
    expect(Object.keys(JSON.parse(locked(folder)).migrations)).toEqual(['0002-wind'])
    await run(folder, 'migrate --to 1')
    expect(JSON.parse(locked(folder)).migrations).toEqual({
      '0001-rain': { applied: '2026-11-22', checksum: 'sha256-rain' },
      '0002-wind': { applied: '2025-06-26', checksum: 'sha256-wind' },
    })
  })

  it('keeps what a newer mdshift recorded', async () => {
    const newer = { '0009-snow': { applied: '2026-01-01', checksum: 'sha256-snow' } }
    await using folder = await createFixture({
      ...BOOK,
      [NAME]: JSON.stringify({ version: 1, migrations: newer }),
    })
    await run(folder, 'migrate')
    expect(JSON.parse(locked(folder)).migrations).toMatchObject({ ...newer, '0001-rain': {} })
  })

  it('records a book that was current already', async () => {
    await using folder = await createFixture({ 'book.toml': '', 'a.md': 'nothing\n' })
    expect((await run(folder, 'migrate')).status).toBe(0)
    expect(locked(folder)).toBe(LOCK)
  })

  it.each([
    ['a dry run', 'migrate --dry-run', {}, undefined],
    ['a part of the book', 'migrate src/a.md', {}, '1 file of the book was chosen, and not all'],
    ['a run with errors', 'migrate', { 'src/c.md': Buffer.from([0xff]) }, 'there were errors'],
  ])('records nothing of %s', async (_, command, more, reason) => {
    await using folder = await createFixture({ ...BOOK, ...more })
    const { stderr } = await run(folder, command)
    expect(isLocked(folder)).toBe(false)
    const said = reason === undefined ? [] : [`Not recorded in ${NAME}: ${reason}`]
    expect(stderr.split('\n').filter((line) => line.includes('ecorded'))).toEqual(said)
  })

  it('writes no chapter where the lock file cannot be written', async () => {
    await using folder = await createFixture(BOOK)
    const writing: Transform = {
      ...WIND,
      transform(chapter, facts) {
        fs.writeFileSync(folder.getPath(NAME), 'somebody else')
        return WIND.transform(chapter, facts)
      },
    }
    const { status, stderr } = await run(folder, 'migrate', { migrations: [RAIN, writing] })
    expect(status).toBe(2)
    expect(stderr).toContain('it was not there when the run began, and is now')
    expect(stderr).not.toContain('Recorded')
    expect(fs.readFileSync(folder.getPath('src/a.md'), 'utf8')).toBe(BOOK['src/a.md'])
    expect(locked(folder)).toBe('somebody else')
  })

  it('records each of several books at its own root, and not the one with errors', async () => {
    await using folder = await createFixture({
      'one/book.toml': '',
      'one/a.md': 'rain\n',
      'two/book.toml': '',
      'two/a.md': Buffer.from([0xff]),
    })
    const { stderr } = await run(folder, 'migrate')
    expect(fs.readFileSync(folder.getPath('one', NAME), 'utf8')).toBe(LOCK)
    expect(fs.existsSync(folder.getPath('two', NAME))).toBe(false)
    expect(stderr).toContain(`Not recorded in two/${NAME}: there were errors`)
  })
})

describe('a lock file that cannot be used', () => {
  it.each(['migrate', 'migrate --dry-run', 'check', 'status'])(
    'ends %s with 2, and stays',
    async (command) => {
      const lock = '{\n  "version": 1,\n  "migrations": []\n}\n'
      await using folder = await createFixture({ ...BOOK, [NAME]: lock })
      const { status, stdout, stderr } = await run(folder, command)
      expect([status, stdout]).toEqual([2, ''])
      expect(stderr).toMatch(
        /^error MDS030 {2}\/.*\/mdshift\.lock\.json:3:17: The lock file cannot be used: /,
      )
      expect(locked(folder)).toBe(lock)
      expect(fs.readFileSync(folder.getPath('src/a.md'), 'utf8')).toBe(BOOK['src/a.md'])
    },
  )
})

describe('where the meaning of a migration changed since it was applied', () => {
  const changed = [RAIN, { ...WIND, checksum: 'sha256-storm' }, OWN]
  const WARNING =
    'it was applied on 2026-11-22, and its meaning has changed since: run `mdshift migrate`, review, and commit'
  const current = { 'book.toml': '', 'a.md': 'nothing\n', [NAME]: LOCK }

  it('check warns, and fails with --strict', async () => {
    await using folder = await createFixture(current)
    const { status, stdout, stderr } = await run(folder, 'check', { migrations: changed })
    expect([status, stdout]).toEqual([0, `${NAME}:8:5  0002-wind  warning: ${WARNING}\n`])
    expect(stderr).toContain('0 findings and 1 warning in 1 file')
    const strict = await run(folder, 'check --strict', { migrations: changed })
    expect([strict.status, strict.stdout]).toEqual([1, stdout])
    expect(strict.stderr).toContain('1 finding and 0 warnings in 1 file')
  })

  it('check says nothing of migrations that it was not asked for, or that are as they were', async () => {
    await using folder = await createFixture(current)
    expect((await run(folder, 'check --strict --only rain', { migrations: changed })).stdout).toBe('')
    expect((await run(folder, 'check --strict')).status).toBe(0)
  })

  it('status says so in every form', async () => {
    await using folder = await createFixture(current)
    for (const format of ['text', 'markdown']) {
      const { status, stdout } = await run(folder, `status --format ${format}`, { migrations: changed })
      expect(status).toBe(0)
      expect(stdout).toContain(WARNING)
    }
    const json = JSON.parse((await run(folder, 'status --format json', { migrations: changed })).stdout)
    expect(json.books[0].applied).toEqual([
      { migration: '0001-rain', applied: '2026-11-22', changedSince: false },
      { migration: '0002-wind', applied: '2026-11-22', changedSince: true },
      { migration: '0003-own', applied: '2026-11-22', changedSince: false },
    ])
  })

  it('migrate records the new one, with its day', async () => {
    await using folder = await createFixture(current)
    const { stderr } = await run(folder, 'migrate', { migrations: changed, day: '2027-01-01' })
    expect(stderr).toContain('with the chapters: 0002-wind\n')
    expect(JSON.parse(locked(folder)).migrations).toMatchObject({
      '0001-rain': { applied: '2026-11-22' },
      '0002-wind': { applied: '2027-01-01', checksum: 'sha256-storm' },
    })
    expect((await run(folder, 'check --strict', { migrations: changed })).status).toBe(0)
  })
})
