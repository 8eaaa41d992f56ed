import fs from 'node:fs'
import path from 'node:path'
import { createFixture, type FsFixture } from 'fs-fixture'
import { describe, expect, it } from 'vitest'
import { sha256 } from '../sha256.ts'
import {
  type Journal,
  journalOf,
  oldBytesOf,
  tempOf,
  type Verdict,
  writeJournal,
  writeVerdict,
} from './journal.ts'
import { recoverBook } from './recover.ts'
import { makeState, stateOf } from './state-folder.ts'
import { runsOf as readRuns } from './undo.ts'

const RUN = '000001-5f3a91c0'

const bytes = (text: string) => new TextEncoder().encode(text)

/** What a run wants: old text and new text, by path. */
const WANTED: Readonly<Record<string, readonly [string | null, string | null]>> = {
  'rain.md': ['rain', 'snow'],
  'deep/wind.md': ['wind', 'calm'],
  'made.md': [null, 'made'],
  'gone.md': ['gone', null],
}
const OLD = { 'deep/wind.md': 'wind', 'gone.md': 'gone', 'rain.md': 'rain' }
const NEW = { 'deep/wind.md': 'calm', 'made.md': 'made', 'rain.md': 'snow' }

/** A book whose run was broken off when some files had their new text. */
async function brokenOff(
  {
    verdict,
    placed = [],
    lacking = [],
  }: { verdict?: Verdict; placed?: readonly string[]; lacking?: readonly string[] },
  change: Partial<Journal> = {},
): Promise<FsFixture> {
  const folder = await createFixture({ 'rain.md': 'rain', deep: { 'wind.md': 'wind' }, 'gone.md': 'gone' })
  const state = stateOf(folder.path)
  makeState(state)
  const files = Object.entries(WANTED).map(([file, [before, after]]) => ({
    path: file,
    before: before === null ? null : { sha256: sha256(bytes(before)), size: before.length },
    after: after === null ? null : sha256(bytes(after)),
  }))
  const journal = journalOf({
    run: RUN,
    what: 'migrate',
    begun: '2026-11-22T10:00:00.000Z',
    files,
    ...change,
  })
  await writeJournal(state, journal, false)
  fs.writeFileSync(
    oldBytesOf(state, RUN),
    Object.values(WANTED)
      .map(([before]) => before ?? '')
      .join(''),
  )
  if (verdict) await writeVerdict(state, journal, verdict, false)
  for (const [position, [file, [, after]]] of Object.entries(WANTED).entries()) {
    const target = folder.getPath(file)
    if (placed.includes(file) && after === null) fs.rmSync(target)
    else if (placed.includes(file)) fs.writeFileSync(target, after ?? '')
    else if (after !== null && !lacking.includes(file))
      fs.writeFileSync(tempOf(state, journal, position), after)
  }
  return folder
}

/** Everything but what mdshift remembers. */
function contents(folder: FsFixture): Record<string, string> {
  const files = fs
    .readdirSync(folder.path, { recursive: true, encoding: 'utf8' })
    .filter((file) => !file.startsWith('.mdshift') && fs.lstatSync(folder.getPath(file)).isFile())
  return Object.fromEntries(files.sort().map((file) => [file, fs.readFileSync(folder.getPath(file), 'utf8')]))
}

/** The runs on record. */
function runsOf(root: string) {
  const runs = readRuns(root)
  if (!runs.ok) throw new Error(runs.failure.message)
  return runs.value
}

describe('a run that was broken off', () => {
  const all = Object.keys(WANTED)
  const states = all.map((_, length) => all.slice(0, length)).concat([all])

  it.each(states.map((placed) => [placed]))(
    'and decided is finished, with %j in their places',
    async (placed) => {
      await using folder = await brokenOff({ verdict: 'forward', placed })
      const recovered = await recoverBook(folder.path, false)
      expect(recovered).toMatchObject({ ok: true, value: { verdict: 'forward', failures: [] } })
      expect(contents(folder)).toEqual(NEW)
      expect(runsOf(folder.path).map(({ run }) => run)).toEqual([RUN])
      expect(await recoverBook(folder.path, false)).toEqual({ ok: true, value: undefined })
    },
  )

  it.each(states.map((placed) => [placed]))(
    'and was being taken back is, with %j in their places',
    async (placed) => {
      await using folder = await brokenOff({ verdict: 'back', placed })
      expect(await recoverBook(folder.path, false)).toMatchObject({
        value: { verdict: 'back', failures: [] },
      })
      expect(contents(folder)).toEqual(OLD)
      expect(fs.existsSync(folder.getPath('.mdshift'))).toBe(false)
    },
  )

  it('and not decided has changed nothing', async () => {
    await using folder = await brokenOff({ lacking: ['deep/wind.md'] })
    expect(await recoverBook(folder.path, false)).toMatchObject({ value: { verdict: 'back', failures: [] } })
    expect(contents(folder)).toEqual(OLD)
  })

  it('and cannot be finished, since new bytes are lost, is taken back', async () => {
    await using folder = await brokenOff({ verdict: 'forward', placed: ['rain.md'], lacking: ['made.md'] })
    expect(await recoverBook(folder.path, false)).toMatchObject({ value: { verdict: 'back', failures: [] } })
    expect(contents(folder)).toEqual(OLD)
  })

  it.each<Verdict>(['forward', 'back'])(
    'and decided %s is taken back around an edit of an old text',
    async (verdict) => {
      await using folder = await brokenOff({ verdict, placed: ['rain.md'] })
      fs.writeFileSync(folder.getPath('deep/wind.md'), 'wind and more')
      const place = path.join(folder.path, 'deep/wind.md')
      const recovered = await recoverBook(folder.path, false)
      expect(recovered).toMatchObject({ value: { verdict: 'back', failures: [{ code: 'MDS063', place }] } })
      expect(contents(folder)).toEqual({ ...OLD, 'deep/wind.md': 'wind and more' })
      expect(fs.existsSync(folder.getPath('.mdshift'))).toBe(false)
    },
  )

  it('and decided is finished around an edit of a new text', async () => {
    await using folder = await brokenOff({ verdict: 'forward', placed: ['rain.md'] })
    fs.writeFileSync(folder.getPath('rain.md'), 'snow and more')
    const place = path.join(folder.path, 'rain.md')
    const recovered = await recoverBook(folder.path, false)
    expect(recovered).toMatchObject({ value: { verdict: 'forward', failures: [{ code: 'MDS063', place }] } })
    expect(contents(folder)).toEqual({ ...NEW, 'rain.md': 'snow and more' })
    expect(await recoverBook(folder.path, false)).toEqual({ ok: true, value: undefined })
  })

  it('is left to a person where old and new texts were edited', async () => {
    await using folder = await brokenOff({ verdict: 'forward', placed: ['rain.md'] })
    fs.writeFileSync(folder.getPath('rain.md'), 'snow and more')
    fs.writeFileSync(folder.getPath('deep/wind.md'), 'wind and more')
    const before = contents(folder)
    for (let times = 0; times < 2; times++)
      expect(await recoverBook(folder.path, false)).toMatchObject({
        value: { verdict: 'none', failures: [{ code: 'MDS068' }, { code: 'MDS068' }] },
      })
    expect(contents(folder)).toEqual(before)
  })

  it.each(['link', 'folder'])(
    'is not in the way for ever where a %s took the place of a chapter',
    async (kind) => {
      await using folder = await brokenOff({ verdict: 'forward', placed: ['rain.md'] })
      fs.rmSync(folder.getPath('deep/wind.md'))
      if (kind === 'link') fs.symlinkSync('../gone.md', folder.getPath('deep/wind.md'))
      else fs.mkdirSync(folder.getPath('deep/wind.md'))
      expect(await recoverBook(folder.path, false)).toMatchObject({
        value: { verdict: 'back', failures: [{ code: 'MDS063' }] },
      })
      expect(fs.readFileSync(folder.getPath('rain.md'), 'utf8')).toBe('rain')
      expect(await recoverBook(folder.path, false)).toEqual({ ok: true, value: undefined })
    },
  )

  it('of several books follows the one that leads', async () => {
    await using leader = await brokenOff({ verdict: 'forward' })
    const root = (folder: FsFixture) => path.relative(folder.path, leader.path)
    await using led = await brokenOff({ placed: ['rain.md'] })
    await using other = await brokenOff({})
    for (const [folder, run] of [
      [led, RUN],
      [other, '000001-00000000'],
    ] as const) {
      const file = folder.getPath('.mdshift/journal.json')
      const journal = JSON.parse(fs.readFileSync(file, 'utf8'))
      fs.writeFileSync(file, JSON.stringify({ ...journal, leader: { root: root(folder), run } }))
    }
    await recoverBook(leader.path, false)
    await recoverBook(led.path, false)
    await recoverBook(other.path, false)
    expect([contents(leader), contents(led), contents(other)]).toEqual([NEW, NEW, OLD])
  })
})

describe('a journal that mdshift did not write', () => {
  const file = (name: string) => ({ path: name, before: null, after: sha256(bytes('x')) })

  it.each<[string, string]>([
    ['is no JSON', '{'],
    ['is empty', ''],
    ['is of a later version', JSON.stringify({ mdshift: 2 })],
    [
      'has a key too many',
      JSON.stringify({
        ...journalOf({ run: RUN, what: '', begun: '2026-11-22T10:00:00Z', files: [] }),
        more: 1,
      }),
    ],
    ...[
      '../out.md',
      '/etc/motd',
      'a/../../out.md',
      './a.md',
      'a//b.md',
      '',
      'a\0.md',
      '..',
      '.',
      '.git/config',
      '.hg/hgrc',
      'a/.GIT/hooks/x',
      '.mdshift/lock',
      'node_modules/a.md',
    ].map((name): [string, string] => [
      `names ${JSON.stringify(name)}`,
      JSON.stringify(journalOf({ run: RUN, what: '', begun: '2026-11-22T10:00:00Z', files: [file(name)] })),
    ]),
  ])('is refused where it %s', async (_, text) => {
    await using folder = await createFixture({ book: { 'rain.md': 'rain' }, 'out.md': 'out' })
    const root = folder.getPath('book')
    makeState(stateOf(root))
    fs.writeFileSync(stateOf(root).journal, text)
    expect(await recoverBook(root, false)).toMatchObject({ ok: false, failure: { code: 'MDS062' } })
    expect(contents(folder)).toEqual({
      'book/rain.md': 'rain',
      'out.md': 'out',
      'book/.mdshift/.gitignore': '*\n',
      'book/.mdshift/journal.json': text,
    })
  })

  it.each(['back', 'forward'] as const)('reaches nothing by a link within the book, %s', async (verdict) => {
    await using folder = await createFixture({ '.git': { HEAD: '' }, 'a.md': '' })
    const root = folder.path
    makeState(stateOf(root))
    fs.symlinkSync('.git', folder.getPath('assets'))
    const entry = {
      path: 'assets/commondir',
      before: { sha256: sha256(bytes('evil')), size: 4 },
      after: null,
    }
    const turned = { path: 'assets/commondir', before: null, after: sha256(bytes('evil')) }
    const files = [verdict === 'back' ? entry : turned]
    const journal = journalOf({ run: RUN, what: '', begun: '2026-11-22T10:00:00.000Z', files })
    await writeJournal(stateOf(root), journal, false)
    fs.writeFileSync(oldBytesOf(stateOf(root), RUN), 'evil')
    if (verdict === 'forward') {
      fs.writeFileSync(folder.getPath(`.git/.mdshift-${RUN}-0.tmp`), 'evil')
      await writeVerdict(stateOf(root), journal, 'forward', false)
    }
    const recovered = await recoverBook(root, false)
    expect(recovered.ok && recovered.value?.failures.map(({ code }) => code)).not.toEqual([])
    expect(fs.existsSync(folder.getPath('.git/commondir'))).toBe(false)
  })

  it('is not followed out of the book by a link', async () => {
    await using outside = await createFixture({ 'rain.md': 'rain', [`.mdshift-${RUN}-0.tmp`]: 'snow' })
    await using folder = await brokenOff({})
    fs.symlinkSync(outside.path, folder.getPath('away'))
    const entry = {
      path: 'away/rain.md',
      before: { sha256: sha256(bytes('rain')), size: 4 },
      after: sha256(bytes('snow')),
    }
    const journal = journalOf({ run: RUN, what: '', begun: '2026-11-22T10:00:00.000Z', files: [entry] })
    await writeJournal(stateOf(folder.path), journal, false)
    await writeVerdict(stateOf(folder.path), journal, 'forward', false)
    expect(await recoverBook(folder.path, false)).toMatchObject({ value: { failures: [{ code: 'MDS007' }] } })
    expect(fs.readFileSync(outside.getPath('rain.md'), 'utf8')).toBe('rain')
    expect(fs.readdirSync(outside.path)).toHaveLength(2)
  })
})
