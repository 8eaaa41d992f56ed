import fs from 'node:fs'
import { createFixture, type FileTree, type FsFixture } from 'fs-fixture'
import { describe, expect, it } from 'vitest'
import type { Failure } from '../failure.ts'
import { commitBooks, type Replacement } from './commit.ts'
import { lockBook } from './lock.ts'

const bytes = (text: string) => new TextEncoder().encode(text)

/** The replacement of a file: old text, new text. */
const replacing = (path: string, before: string, after: string): Replacement => ({
  path,
  before: bytes(before),
  after: bytes(after),
})

/** A file that is not there yet. */
const creating = (path: string, after: string): Replacement => ({
  path,
  before: undefined,
  after: bytes(after),
})

const removing = (path: string, before: string): Replacement => ({
  path,
  before: bytes(before),
  after: undefined,
})

async function commitFiles(
  folder: FsFixture,
  files: readonly Replacement[],
  signal?: AbortSignal,
): Promise<readonly Failure[]> {
  const lock = lockBook(folder.path)
  if (!lock.ok) throw new Error(lock.failure.message)
  try {
    return await commitBooks([{ lock: lock.value, files }], { what: 'migrate', fsync: true, signal })
  } finally {
    lock.value.release()
  }
}

/** Everything in a folder, by path; folders, and what mdshift remembers, are left out. */
function contents(folder: FsFixture): Record<string, string> {
  const files = fs
    .readdirSync(folder.path, { recursive: true, encoding: 'utf8' })
    .filter((file) => !file.startsWith('.mdshift/') && !fs.lstatSync(folder.getPath(file)).isDirectory())
  return Object.fromEntries(files.sort().map((file) => [file, fs.readFileSync(folder.getPath(file), 'utf8')]))
}

const WEATHER: FileTree = { 'rain.md': 'rain', 'wind.md': 'wind', deep: { 'sun.md': 'sun' } }
const AS_IT_WAS = { 'deep/sun.md': 'sun', 'rain.md': 'rain', 'wind.md': 'wind' }

describe('files that can be written', () => {
  it('are all new, and nothing else is there', async () => {
    await using folder = await createFixture(WEATHER)
    const failures = await commitFiles(folder, [
      replacing('rain.md', 'rain', 'snow'),
      replacing('deep/sun.md', 'sun', 'moon'),
    ])
    expect(failures).toEqual([])
    expect(contents(folder)).toEqual({ 'deep/sun.md': 'moon', 'rain.md': 'snow', 'wind.md': 'wind' })
  })

  it('may become empty, and large', async () => {
    await using folder = await createFixture(WEATHER)
    const large = 'gusts\n'.repeat(200_000)
    const failures = await commitFiles(folder, [
      replacing('rain.md', 'rain', ''),
      replacing('wind.md', 'wind', large),
    ])
    expect(failures).toEqual([])
    expect(contents(folder)).toEqual({ ...AS_IT_WAS, 'rain.md': '', 'wind.md': large })
  })

  it.each([0o644, 0o600, 0o755, 0o664])('keep their mode %o', async (mode) => {
    await using folder = await createFixture(WEATHER)
    fs.chmodSync(folder.getPath('rain.md'), mode)
    expect(await commitFiles(folder, [replacing('rain.md', 'rain', 'snow')])).toEqual([])
    expect((fs.statSync(folder.getPath('rain.md')).mode & 0o777).toString(8)).toBe(mode.toString(8))
  })

  it.runIf(process.getuid?.() === 0)('keep their owner, where that is allowed', async () => {
    await using folder = await createFixture(WEATHER)
    fs.chownSync(folder.getPath('rain.md'), 1234, 2345)
    expect(await commitFiles(folder, [replacing('rain.md', 'rain', 'snow')])).toEqual([])
    expect(fs.statSync(folder.getPath('rain.md'))).toMatchObject({ uid: 1234, gid: 2345 })
  })

  it('may have a name as long as names can be', async () => {
    const name = `${'x'.repeat(252)}.md`
    await using folder = await createFixture({ [name]: 'rain' })
    expect(await commitFiles(folder, [replacing(name, 'rain', 'snow')])).toEqual([])
    expect(contents(folder)).toEqual({ [name]: 'snow' })
  })

  it('keep their bytes, UTF-8 or not', async () => {
    await using folder = await createFixture(WEATHER)
    const after = Uint8Array.of(0xef, 0xbb, 0xbf, 0x0d, 0x0a, 0xff)
    await commitFiles(folder, [{ path: 'rain.md', before: bytes('rain'), after }])
    expect([...fs.readFileSync(folder.getPath('rain.md'))]).toEqual([...after])
  })

  it('are none where nothing is to be written', async () => {
    await using folder = await createFixture(WEATHER)
    expect(await commitFiles(folder, [])).toEqual([])
    expect(fs.existsSync(folder.getPath('.mdshift'))).toBe(false)
  })
})

describe('where one file cannot be written, none is', () => {
  it.each<[string, string, string]>([
    ['that has changed since it was read', 'wind.md', 'calm'],
    ['that has lost its end', 'wind.md', 'wind and more'],
    ['that is gone', 'gone.md', 'gone'],
    ['whose folder is gone', 'gone/wind.md', 'wind'],
    ['that is a folder now', 'deep', 'deep'],
    ['below what is a file now', 'wind.md/x.md', 'x'],
  ])('one %s', async (_, file, before) => {
    await using folder = await createFixture(WEATHER)
    const failures = await commitFiles(folder, [
      replacing('rain.md', 'rain', 'snow'),
      replacing(file, before, 'new'),
      replacing('deep/sun.md', 'sun', 'moon'),
    ])
    expect(failures).toMatchObject([{ code: 'MDS007', place: folder.getPath(file) }])
    expect(contents(folder)).toEqual(AS_IT_WAS)
  })

  it('what is written already is taken back, where a later one fails', async () => {
    await using folder = await createFixture(WEATHER)
    const failures = await commitFiles(folder, [
      replacing('rain.md', 'rain', 'snow'),
      replacing('wind.md', 'wind', 'calm'),
      replacing('rain.md', 'rain', 'hail'),
    ])
    expect(failures).toMatchObject([{ code: 'MDS063', place: folder.getPath('rain.md') }])
    expect(contents(folder)).toEqual(AS_IT_WAS)
  })

  it('each that cannot be is told', async () => {
    await using folder = await createFixture(WEATHER)
    const failures = await commitFiles(folder, [
      replacing('rain.md', 'hail', 'snow'),
      replacing('wind.md', 'wind', 'calm'),
      replacing('gone.md', '', 'new'),
    ])
    expect(failures.map(({ place }) => place)).toEqual([folder.getPath('rain.md'), folder.getPath('gone.md')])
    expect(failures[0]?.message).toContain('changed since it was read')
    expect(contents(folder)).toEqual(AS_IT_WAS)
  })
})

describe('where a file changes between the renames', () => {
  it('those that were renamed are taken back', async () => {
    await using folder = await createFixture(WEATHER)
    // The second finds the new bytes of the first.
    const failures = await commitFiles(folder, [
      replacing('wind.md', 'wind', 'calm'),
      replacing('rain.md', 'rain', 'snow'),
      replacing('rain.md', 'rain', 'hail'),
    ])
    expect(failures.map(({ code, place }) => [code, place])).toEqual([['MDS063', folder.getPath('rain.md')]])
    expect(contents(folder)).toEqual(AS_IT_WAS)
  })
})

describe('files that are not there yet', () => {
  it('are created with the others, with the mode that a new file gets', async () => {
    await using folder = await createFixture({ ...WEATHER, 'usual.md': '' })
    const failures = await commitFiles(folder, [
      replacing('rain.md', 'rain', 'snow'),
      creating('deep/hail.md', 'hail'),
    ])
    expect(failures).toEqual([])
    expect(contents(folder)).toEqual({
      ...AS_IT_WAS,
      'rain.md': 'snow',
      'deep/hail.md': 'hail',
      'usual.md': '',
    })
    const modes = ['deep/hail.md', 'usual.md'].map((file) => fs.statSync(folder.getPath(file)).mode)
    expect(modes[0]).toBe(modes[1])
  })

  it.each<[string, string]>([
    ['that is there now', 'wind.md'],
    ['that is a folder', 'deep'],
    ['whose folder is none', 'wind.md/hail.md'],
    ['whose folder is not there', 'gone/hail.md'],
  ])('one %s keeps all from being written', async (_, file) => {
    await using folder = await createFixture(WEATHER)
    const failures = await commitFiles(folder, [replacing('rain.md', 'rain', 'snow'), creating(file, 'hail')])
    expect(failures).toMatchObject([{ code: 'MDS007', place: folder.getPath(file) }])
    expect(contents(folder)).toEqual(AS_IT_WAS)
  })

  it('one whose name a link has that leads nowhere stays that link', async () => {
    await using folder = await createFixture(WEATHER)
    fs.symlinkSync('nowhere', folder.getPath('hail.md'))
    const failures = await commitFiles(folder, [creating('hail.md', 'hail')])
    expect(failures).toMatchObject([{ code: 'MDS007', place: folder.getPath('hail.md') }])
    expect(fs.readlinkSync(folder.getPath('hail.md'))).toBe('nowhere')
  })

  it('are gone again where a later one cannot be written', async () => {
    await using folder = await createFixture(WEATHER)
    // The second finds the first, and takes it back.
    const failures = await commitFiles(folder, [
      replacing('rain.md', 'rain', 'snow'),
      creating('hail.md', 'hail'),
      creating('hail.md', 'hail again'),
    ])
    expect(failures).toMatchObject([{ code: 'MDS063', place: folder.getPath('hail.md') }])
    expect(contents(folder)).toEqual(AS_IT_WAS)
  })
})

describe('files that are to go', () => {
  it('are gone with the others', async () => {
    await using folder = await createFixture(WEATHER)
    const files = [removing('wind.md', 'wind'), replacing('rain.md', 'rain', 'snow')]
    expect(await commitFiles(folder, files)).toEqual([])
    expect(contents(folder)).toEqual({ 'deep/sun.md': 'sun', 'rain.md': 'snow' })
  })

  it('are there again where a later one cannot be written', async () => {
    await using folder = await createFixture(WEATHER)
    const files = [removing('wind.md', 'wind'), creating('hail.md', 'hail'), creating('hail.md', 'more hail')]
    expect(await commitFiles(folder, files)).toMatchObject([{ code: 'MDS063' }])
    expect(contents(folder)).toEqual(AS_IT_WAS)
  })
})

describe('files that are not written over', () => {
  it('are those that nobody may write, root included', async () => {
    await using folder = await createFixture(WEATHER)
    fs.chmodSync(folder.getPath('wind.md'), 0o444)
    const files = [replacing('rain.md', 'rain', 'snow'), replacing('wind.md', 'wind', 'calm')]
    const [failed] = await commitFiles(folder, files)
    expect(failed?.message).toContain('read-only')
    expect(contents(folder)).toEqual(AS_IT_WAS)
  })

  it('are those with another name, which would keep the old text', async () => {
    await using folder = await createFixture(WEATHER)
    fs.linkSync(folder.getPath('wind.md'), folder.getPath('breeze.md'))
    const [failed] = await commitFiles(folder, [replacing('wind.md', 'wind', 'calm')])
    expect(failed?.message).toContain('hard link')
    expect(contents(folder)).toEqual({ ...AS_IT_WAS, 'breeze.md': 'wind' })
  })

  it.each(['wind.md', 'away/x.md'])('is what a link leads to: %s', async (file) => {
    await using outside = await createFixture({ 'x.md': 'wind' })
    await using folder = await createFixture({ 'rain.md': 'rain' })
    fs.symlinkSync(outside.getPath('x.md'), folder.getPath('wind.md'))
    fs.symlinkSync(outside.path, folder.getPath('away'))
    const files = [replacing('rain.md', 'rain', 'snow'), replacing(file, 'wind', 'calm')]
    expect(await commitFiles(folder, files)).toMatchObject([{ code: 'MDS007', place: folder.getPath(file) }])
    expect(fs.readFileSync(outside.getPath('x.md'), 'utf8')).toBe('wind')
    expect(fs.readdirSync(outside.path)).toEqual(['x.md'])
    expect(fs.readFileSync(folder.getPath('rain.md'), 'utf8')).toBe('rain')
  })
})

describe('a signal', () => {
  it('leaves everything as it was', async () => {
    await using folder = await createFixture(WEATHER)
    const stop = AbortSignal.abort(new Error('enough'))
    await expect(commitFiles(folder, [replacing('rain.md', 'rain', 'snow')], stop)).rejects.toThrow('enough')
    expect(contents(folder)).toEqual(AS_IT_WAS)
    expect(fs.existsSync(folder.getPath('.mdshift'))).toBe(false)
  })
})

describe('several books', () => {
  it('are written together, or none of them is', async () => {
    await using folder = await createFixture({ one: { 'a.md': 'a' }, two: { 'b.md': 'b' } })
    const write = async (files: readonly (readonly [string, Replacement])[]) => {
      const batches = files.map(([root, file]) => {
        const lock = lockBook(folder.getPath(root))
        if (!lock.ok) throw new Error(lock.failure.message)
        return { lock: lock.value, files: [file] }
      })
      const failures = await commitBooks(batches, { what: 'migrate', fsync: false })
      for (const { lock } of batches) lock.release()
      return failures
    }
    const text = (file: string) => fs.readFileSync(folder.getPath(file), 'utf8')
    expect(
      await write([
        ['one', replacing('a.md', 'a', 'A')],
        ['two', replacing('b.md', 'not b', 'B')],
      ]),
    ).toHaveLength(1)
    expect([text('one/a.md'), text('two/b.md')]).toEqual(['a', 'b'])
    expect(
      await write([
        ['one', replacing('a.md', 'a', 'A')],
        ['two', replacing('b.md', 'b', 'B')],
      ]),
    ).toEqual([])
    expect([text('one/a.md'), text('two/b.md')]).toEqual(['A', 'B'])
  })
})
