import fs from 'node:fs'
import { createFixture, type FileTree, type FsFixture } from 'fs-fixture'
import { describe, expect, it } from 'vitest'
import { commitFiles, type Replacement } from './commit.ts'

const bytes = (text: string) => new TextEncoder().encode(text)

/** The replacement of a file in a folder: old text, new text. */
function replacing(folder: FsFixture, file: string, before: string, after: string): Replacement {
  return { file: folder.getPath(file), before: bytes(before), after: bytes(after) }
}

/** A file that is not there yet. */
function creating(folder: FsFixture, file: string, after: string): Replacement {
  return { file: folder.getPath(file), before: undefined, after: bytes(after) }
}

/** Everything in a folder, by path; folders are left out. */
function contents(folder: FsFixture): Record<string, string> {
  const files = fs
    .readdirSync(folder.path, { recursive: true, encoding: 'utf8' })
    .filter((file) => !fs.lstatSync(folder.getPath(file)).isDirectory())
  return Object.fromEntries(files.sort().map((file) => [file, fs.readFileSync(folder.getPath(file), 'utf8')]))
}

const WEATHER: FileTree = { 'rain.md': 'rain', 'wind.md': 'wind', deep: { 'sun.md': 'sun' } }
const AS_IT_WAS = { 'deep/sun.md': 'sun', 'rain.md': 'rain', 'wind.md': 'wind' }

describe('files that can be written', () => {
  it('are all new, and nothing else is there', async () => {
    await using folder = await createFixture(WEATHER)
    const failures = await commitFiles([
      replacing(folder, 'rain.md', 'rain', 'snow'),
      replacing(folder, 'deep/sun.md', 'sun', 'moon'),
    ])
    expect(failures).toEqual([])
    expect(contents(folder)).toEqual({ 'deep/sun.md': 'moon', 'rain.md': 'snow', 'wind.md': 'wind' })
  })

  it('may become empty, and large', async () => {
    await using folder = await createFixture(WEATHER)
    const large = 'gusts\n'.repeat(200_000)
    const failures = await commitFiles([
      replacing(folder, 'rain.md', 'rain', ''),
      replacing(folder, 'wind.md', 'wind', large),
    ])
    expect(failures).toEqual([])
    expect(contents(folder)).toEqual({ ...AS_IT_WAS, 'rain.md': '', 'wind.md': large })
  })

  it.each([0o644, 0o600, 0o755, 0o664])('keep their mode %o', async (mode) => {
    await using folder = await createFixture(WEATHER)
    fs.chmodSync(folder.getPath('rain.md'), mode)
    expect(await commitFiles([replacing(folder, 'rain.md', 'rain', 'snow')])).toEqual([])
    expect((fs.statSync(folder.getPath('rain.md')).mode & 0o777).toString(8)).toBe(mode.toString(8))
  })

  it.runIf(process.getuid?.() === 0)('keep their owner, where that is allowed', async () => {
    await using folder = await createFixture(WEATHER)
    fs.chownSync(folder.getPath('rain.md'), 1234, 2345)
    expect(await commitFiles([replacing(folder, 'rain.md', 'rain', 'snow')])).toEqual([])
    expect(fs.statSync(folder.getPath('rain.md'))).toMatchObject({ uid: 1234, gid: 2345 })
  })

  it('may have a name as long as names can be', async () => {
    const name = `${'x'.repeat(252)}.md`
    await using folder = await createFixture({ [name]: 'rain' })
    expect(await commitFiles([replacing(folder, name, 'rain', 'snow')])).toEqual([])
    expect(contents(folder)).toEqual({ [name]: 'snow' })
  })

  it('keep their bytes, UTF-8 or not', async () => {
    await using folder = await createFixture(WEATHER)
    const after = Uint8Array.of(0xef, 0xbb, 0xbf, 0x0d, 0x0a, 0xff)
    await commitFiles([{ file: folder.getPath('rain.md'), before: bytes('rain'), after }])
    expect([...fs.readFileSync(folder.getPath('rain.md'))]).toEqual([...after])
  })

  it('are none where nothing is to be written', async () => {
    expect(await commitFiles([])).toEqual([])
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
    const failures = await commitFiles([
      replacing(folder, 'rain.md', 'rain', 'snow'),
      replacing(folder, file, before, 'new'),
      replacing(folder, 'deep/sun.md', 'sun', 'moon'),
    ])
    expect(failures).toMatchObject([{ code: 'MDS007', place: folder.getPath(file) }])
    expect(contents(folder)).toEqual(AS_IT_WAS)
  })

  it('what is written already is taken back, where a later one fails', async () => {
    await using folder = await createFixture(WEATHER)
    const failures = await commitFiles([
      replacing(folder, 'rain.md', 'rain', 'snow'),
      replacing(folder, 'wind.md', 'wind', 'calm'),
      replacing(folder, 'rain.md', 'rain', 'hail'),
    ])
    expect(failures).toMatchObject([{ code: 'MDS007', place: folder.getPath('rain.md') }])
    expect(contents(folder)).toEqual(AS_IT_WAS)
  })

  it('each that cannot be is told', async () => {
    await using folder = await createFixture(WEATHER)
    const failures = await commitFiles([
      replacing(folder, 'rain.md', 'hail', 'snow'),
      replacing(folder, 'wind.md', 'wind', 'calm'),
      replacing(folder, 'gone.md', '', 'new'),
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
    const failures = await commitFiles([
      replacing(folder, 'wind.md', 'wind', 'calm'),
      replacing(folder, 'rain.md', 'rain', 'snow'),
      replacing(folder, 'rain.md', 'rain', 'hail'),
    ])
    expect(failures.map(({ code, place }) => [code, place])).toEqual([['MDS007', folder.getPath('rain.md')]])
    expect(contents(folder)).toEqual(AS_IT_WAS)
  })
})

describe('files that are not there yet', () => {
  it('are created with the others, with the mode that a new file gets', async () => {
    await using folder = await createFixture({ ...WEATHER, 'usual.md': '' })
    const failures = await commitFiles([
      replacing(folder, 'rain.md', 'rain', 'snow'),
      creating(folder, 'deep/hail.md', 'hail'),
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
    const failures = await commitFiles([
      replacing(folder, 'rain.md', 'rain', 'snow'),
      creating(folder, file, 'hail'),
    ])
    expect(failures).toMatchObject([{ code: 'MDS007', place: folder.getPath(file) }])
    expect(contents(folder)).toEqual(AS_IT_WAS)
  })

  it('one whose name a link has that leads nowhere stays that link', async () => {
    await using folder = await createFixture(WEATHER)
    fs.symlinkSync('nowhere', folder.getPath('hail.md'))
    const failures = await commitFiles([creating(folder, 'hail.md', 'hail')])
    expect(failures).toMatchObject([{ code: 'MDS007', place: folder.getPath('hail.md') }])
    expect(fs.readlinkSync(folder.getPath('hail.md'))).toBe('nowhere')
  })

  it('are gone again where a later one cannot be written', async () => {
    await using folder = await createFixture(WEATHER)
    // The second finds the first, and takes it back.
    const failures = await commitFiles([
      replacing(folder, 'rain.md', 'rain', 'snow'),
      creating(folder, 'hail.md', 'hail'),
      creating(folder, 'hail.md', 'hail again'),
    ])
    expect(failures).toMatchObject([{ code: 'MDS007', place: folder.getPath('hail.md') }])
    expect(contents(folder)).toEqual(AS_IT_WAS)
  })
})
