import fs from 'node:fs'
import { createFixture, type FsFixture } from 'fs-fixture'
import { describe, expect, it } from 'vitest'
import { sha256 } from '../sha256.ts'
import { commitBooks } from './commit.ts'
import { journalOf, oldBytesOf, tempOf, writeJournal, writeVerdict } from './journal.ts'
import { lockBook } from './lock.ts'
import { lastWritten } from './runs.ts'
import { stateOf } from './state-folder.ts'
import { runsOf as readRuns, undoBooks } from './undo.ts'

const bytes = (text: string) => new TextEncoder().encode(text)

/** A run: new texts by path. */
async function write(folder: FsFixture, texts: Readonly<Record<string, string>>): Promise<void> {
  const lock = lockBook(folder.path)
  if (!lock.ok) throw new Error(lock.failure.message)
  const files = Object.entries(texts).map(([path, text]) => {
    const there = fs.existsSync(folder.getPath(path)) ? fs.readFileSync(folder.getPath(path)) : undefined
    return { path, before: there, after: bytes(text) }
  })
  expect(await commitBooks([{ lock: lock.value, files }], { what: 'migrate', fsync: false })).toEqual([])
  lock.value.release()
}

async function undo(folder: FsFixture, keepEdited = false) {
  const lock = lockBook(folder.path)
  if (!lock.ok) throw new Error(lock.failure.message)
  try {
    const { undone, failures } = await undoBooks([lock.value], { fsync: false, keepEdited })
    return { undone: undone[0], failures }
  } finally {
    lock.value.release()
  }
}

const text = (folder: FsFixture, file: string) => fs.readFileSync(folder.getPath(file), 'utf8')

/** The runs on record. */
function runsOf(root: string) {
  const runs = readRuns(root)
  if (!runs.ok) throw new Error(runs.failure.message)
  return runs.value
}

describe('a run that is undone', () => {
  it('leaves no trace', async () => {
    await using folder = await createFixture({ 'rain.md': Buffer.from([0xff, 0x0d, 0]), 'wind.md': 'wind' })
    fs.chmodSync(folder.getPath('rain.md'), 0o640)
    await write(folder, { 'rain.md': 'snow', 'made.md': 'made' })
    const { undone, failures } = await undo(folder)
    expect([undone?.restored.map(({ path }) => path), failures]).toEqual([['rain.md', 'made.md'], []])
    expect(fs.readdirSync(folder.path)).toEqual(['rain.md', 'wind.md'])
    expect([...fs.readFileSync(folder.getPath('rain.md'))]).toEqual([0xff, 0x0d, 0])
    expect((fs.statSync(folder.getPath('rain.md')).mode & 0o777).toString(8)).toBe('640')
  })

  it('is the last one, and then the one before', async () => {
    await using folder = await createFixture({ 'rain.md': 'rain' })
    for (const state of ['snow', 'hail', 'sleet']) await write(folder, { 'rain.md': state })
    const states = []
    for (;;) {
      const { undone } = await undo(folder)
      if (!undone) break
      states.push(text(folder, 'rain.md'))
    }
    expect(states).toEqual(['hail', 'snow', 'rain'])
    expect((await undo(folder)).failures).toMatchObject([{ code: 'MDS064' }])
  })

  it('is one of the last ten', async () => {
    await using folder = await createFixture({ 'rain.md': '0' })
    for (let state = 1; state <= 12; state++) await write(folder, { 'rain.md': String(state) })
    expect(runsOf(folder.path).map(({ run }) => Number.parseInt(run, 10))).toEqual([
      12, 11, 10, 9, 8, 7, 6, 5, 4, 3,
    ])
    expect(fs.readdirSync(folder.getPath('.mdshift/runs'))).toHaveLength(20)
  })

  it('is refused where a file was edited since; the others can be restored without it', async () => {
    await using folder = await createFixture({ 'rain.md': 'rain', 'wind.md': 'wind', 'sun.md': 'sun' })
    await write(folder, { 'rain.md': 'snow', 'wind.md': 'calm', 'sun.md': 'moon' })
    fs.writeFileSync(folder.getPath('wind.md'), 'a storm')
    fs.rmSync(folder.getPath('sun.md'))
    expect(await undo(folder)).toMatchObject({
      failures: [
        { code: 'MDS067', place: folder.getPath('wind.md') },
        { code: 'MDS067', place: folder.getPath('sun.md') },
      ],
    })
    expect(text(folder, 'rain.md')).toBe('snow')
    const { undone } = await undo(folder, true)
    expect(undone?.kept.map(({ path }) => path)).toEqual(['wind.md'])
    expect(text(folder, 'sun.md')).toBe('sun')
    expect([text(folder, 'rain.md'), text(folder, 'wind.md')]).toEqual(['rain', 'a storm'])
  })

  it('is refused where what was kept of it is damaged', async () => {
    await using folder = await createFixture({ 'rain.md': 'rain' })
    await write(folder, { 'rain.md': 'snow' })
    const [kept = ''] = fs
      .readdirSync(folder.getPath('.mdshift/runs'))
      .filter((name) => name.endsWith('.old'))
    fs.writeFileSync(folder.getPath(`.mdshift/runs/${kept}`), 'ruin')
    expect((await undo(folder)).failures).toMatchObject([
      { code: 'MDS007', message: expect.stringContaining('damaged') },
    ])
    expect(text(folder, 'rain.md')).toBe('snow')
  })
})

describe('what is kept of a run', () => {
  it('is nobody else’s to read', async () => {
    await using folder = await createFixture({ 'rain.md': 'rain' })
    fs.chmodSync(folder.getPath('rain.md'), 0o600)
    await write(folder, { 'rain.md': 'snow' })
    const names = fs.readdirSync(folder.getPath('.mdshift/runs'))
    const modes = ['', 'runs', ...names.map((name) => `runs/${name}`)].map(
      (name) => fs.statSync(folder.getPath(`.mdshift/${name}`)).mode & 0o777,
    )
    expect(modes).toEqual([0o700, 0o700, 0o600, 0o600])
  })

  it.runIf(process.getuid?.() === 0)('is the owner’s of the book, where root writes', async () => {
    await using folder = await createFixture({ 'rain.md': 'rain' })
    fs.chownSync(folder.path, 1234, 2345)
    await write(folder, { 'rain.md': 'snow' })
    const [name = ''] = fs.readdirSync(folder.getPath('.mdshift/runs'))
    for (const kept of ['.mdshift', '.mdshift/runs', `.mdshift/runs/${name}`])
      expect(fs.statSync(folder.getPath(kept))).toMatchObject({ uid: 1234, gid: 2345 })
  })
})

describe('what was written last', () => {
  it('is known of each file, whichever run wrote it', async () => {
    await using folder = await createFixture({ 'rain.md': 'rain', 'wind.md': 'wind' })
    await write(folder, { 'rain.md': 'snow', 'wind.md': 'calm' })
    await write(folder, { 'rain.md': 'hail' })
    expect(Object.fromEntries(lastWritten(folder.path))).toEqual({
      'rain.md': sha256(bytes('hail')),
      'wind.md': sha256(bytes('calm')),
    })
  })
})

describe('an undo that was broken off', () => {
  it.each([0, 1, 2])('behind %i files goes on', async (placed) => {
    await using folder = await createFixture({ 'rain.md': 'rain' })
    await write(folder, { 'rain.md': 'snow', 'made.md': 'made' })
    const [run] = runsOf(folder.path)
    if (!run) throw new Error('no run')
    const state = stateOf(folder.path)
    const files = [
      { path: 'rain.md', before: { sha256: sha256(bytes('snow')), size: 4 }, after: sha256(bytes('rain')) },
      { path: 'made.md', before: { sha256: sha256(bytes('made')), size: 4 }, after: null },
    ]
    const { begun } = run
    const journal = journalOf({ run: '000002-00000000', what: 'undo', begun, undoes: run.run, files })
    await writeJournal(state, journal, false)
    fs.writeFileSync(oldBytesOf(state, journal.run), 'snowmade')
    fs.writeFileSync(placed > 0 ? folder.getPath('rain.md') : tempOf(state, journal, 0), 'rain')
    if (placed > 1) fs.rmSync(folder.getPath('made.md'))
    await writeVerdict(state, journal, 'forward', false)
    const { undone, failures } = await undo(folder)
    expect([undone?.wasUnfinished, undone?.restored.map(({ before }) => before === null), failures]).toEqual([
      true,
      [false, true],
      [],
    ])
    expect(fs.readdirSync(folder.path)).toEqual(['rain.md'])
    expect(text(folder, 'rain.md')).toBe('rain')
  })

  it('before anything was decided begins again', async () => {
    await using folder = await createFixture({ 'rain.md': 'rain' })
    await write(folder, { 'rain.md': 'snow' })
    const [run] = runsOf(folder.path)
    if (!run) throw new Error('no run')
    const files = [
      { path: 'rain.md', before: { sha256: sha256(bytes('snow')), size: 4 }, after: sha256(bytes('rain')) },
    ]
    const journal = journalOf({
      run: '000002-00000000',
      what: 'undo',
      begun: run.begun,
      undoes: run.run,
      files,
    })
    await writeJournal(stateOf(folder.path), journal, false)
    expect((await undo(folder)).undone?.wasUnfinished).toBe(false)
    expect(fs.readdirSync(folder.path)).toEqual(['rain.md'])
    expect(text(folder, 'rain.md')).toBe('rain')
  })
})
