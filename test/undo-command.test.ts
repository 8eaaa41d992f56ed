import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { createFixture, type FsFixture } from 'fs-fixture'
import { describe, expect, it } from 'vitest'
import { mdshift } from './support/program.ts'

const BOOK = {
  'book.toml': '',
  src: {
    'a.md': '# Slab\r\n\r\nA [slab][c-slab]⮳.',
    'b.md': '\uFEFFAn arrow ⮳\n',
    'refs.md': '[c-slab]: https://docs.rs/slab\n',
    'c.md': 'Nothing.\n',
  },
}

/** All bytes and modes of a folder, by path. */
function snapshot(folder: string): Record<string, string> {
  const files = fs.readdirSync(folder, { recursive: true, encoding: 'utf8' })
  return Object.fromEntries(
    files.sort().map((file) => {
      const place = path.join(folder, file)
      const stat = fs.statSync(place)
      return [file, `${stat.mode.toString(8)} ${stat.isFile() ? fs.readFileSync(place, 'base64') : ''}`]
    }),
  )
}

/** The files that a run was about to write, as if it had been killed behind so many renames. */
function breakOff(folder: FsFixture, renamed: number): void {
  const [record = ''] = fs
    .readdirSync(folder.getPath('.mdshift/runs'))
    .filter((name) => name.endsWith('.json'))
  const run = record.slice(0, -'.json'.length)
  const journal = JSON.parse(fs.readFileSync(folder.getPath(`.mdshift/runs/${record}`), 'utf8'))
  fs.renameSync(folder.getPath(`.mdshift/runs/${record}`), folder.getPath('.mdshift/journal.json'))
  fs.writeFileSync(folder.getPath('.mdshift/verdict'), `forward ${run}\n`)
  const old = fs.readFileSync(folder.getPath(`.mdshift/runs/${run}.old`))
  let offset = 0
  for (const [position, { path: file, before }] of journal.files.entries()) {
    const target = folder.getPath(file)
    const at = offset
    offset += before?.size ?? 0
    if (position < renamed) continue
    fs.renameSync(target, path.join(path.dirname(target), `.mdshift-${run}-${position}.tmp`))
    if (before) fs.writeFileSync(target, old.subarray(at, offset))
  }
}

describe('undo', () => {
  it('brings back every byte of the last run, in the book around the current folder', async () => {
    await using folder = await createFixture(BOOK)
    const before = snapshot(folder.path)
    expect(mdshift(['migrate'], folder.path).status).toBe(0)
    expect(Object.keys(snapshot(folder.path))).toContain('mdshift.lock.json')
    const { status, stdout, stderr } = mdshift(['undo'], folder.getPath('src'))
    expect([status, stdout]).toEqual([0, ''])
    expect(stderr).toMatch(/^Undone: `migrate` of [\dT:.Z-]+: 3 files restored, 1 removed\n/)
    expect(stderr).toContain('  restored  a.md\n')
    expect(stderr).toContain('mdshift.lock.json')
    expect(snapshot(folder.path)).toEqual(before)
  })

  it('goes back run by run, and lists what is left', async () => {
    await using folder = await createFixture(BOOK)
    mdshift(['migrate', '--to', '2'], folder.path)
    const between = snapshot(folder.getPath('src'))
    mdshift(['migrate'], folder.path)
    const { stdout } = mdshift(['undo', '--list'], folder.path)
    expect(
      stdout.split('\n').map((line) => line.slice(0, 6) + line.slice(15).replace(/[\d:.TZ-]{24}/, '')),
    ).toEqual([
      expect.stringMatching(/^000002.* 3 files {2}migrate$/),
      expect.stringMatching(/^000001.* 3 files {2}migrate --to 2$/),
      '',
    ])
    mdshift(['undo'], folder.path)
    expect(snapshot(folder.getPath('src'))).toEqual(between)
    expect(mdshift(['undo', '--list'], folder.path).stdout.trimEnd().split('\n')).toHaveLength(1)
  })

  it('refuses where a file was edited since, and names it; --keep-edited restores the others', async () => {
    await using folder = await createFixture(BOOK)
    const before = snapshot(folder.path)
    mdshift(['migrate'], folder.path)
    fs.appendFileSync(folder.getPath('src/b.md'), 'More.\n')
    const edited = fs.readFileSync(folder.getPath('src/b.md'), 'utf8')
    const { status, stderr } = mdshift(['undo'], folder.path)
    expect([status, stderr]).toEqual([2, expect.stringMatching(/^error MDS067 {2}src\/b\.md: /)])
    expect(fs.existsSync(folder.getPath('mdshift.lock.json'))).toBe(true)
    const { status: kept, stderr: told } = mdshift(['undo', '--keep-edited'], folder.path)
    expect([kept, told]).toEqual([
      0,
      expect.stringContaining('2 files restored, 1 removed, 1 kept as edited since'),
    ])
    expect(fs.readFileSync(folder.getPath('src/b.md'), 'utf8')).toBe(edited)
    fs.writeFileSync(folder.getPath('src/b.md'), BOOK.src['b.md'])
    expect(snapshot(folder.path)).toEqual(before)
  })

  it('says so where there is nothing to undo', async () => {
    await using folder = await createFixture(BOOK)
    const { status, stderr } = mdshift(['undo'], folder.path)
    expect([status, stderr]).toEqual([2, expect.stringContaining('MDS064')])
    expect(fs.existsSync(folder.getPath('.mdshift'))).toBe(false)
  })

  it('takes back several books from the folder around them', async () => {
    await using folder = await createFixture({ one: BOOK, two: BOOK })
    const before = snapshot(folder.path)
    expect(mdshift(['migrate', 'one', 'two'], folder.path).status).toBe(0)
    expect(mdshift(['undo'], folder.path).stderr.match(/^Undone/gm)).toHaveLength(2)
    expect(snapshot(folder.path)).toEqual(before)
  })

  it('takes back the last run alone, where several books have one', async () => {
    await using folder = await createFixture({ one: BOOK, two: BOOK })
    mdshift(['migrate', 'one'], folder.path)
    const between = snapshot(folder.getPath('one'))
    mdshift(['migrate', 'two'], folder.path)
    expect(mdshift(['undo'], folder.path).stderr.match(/^Undone/gm)).toHaveLength(1)
    expect(snapshot(folder.getPath('one'))).toEqual(between)
    expect(fs.existsSync(folder.getPath('two/.mdshift'))).toBe(false)
  })

  it('takes back a run over several books in all of them, or in none', async () => {
    await using folder = await createFixture({ one: BOOK, two: BOOK })
    mdshift(['migrate', 'one', 'two'], folder.path)
    fs.appendFileSync(folder.getPath('two/src/b.md'), 'More.\n')
    const before = snapshot(folder.path)
    expect(mdshift(['undo'], folder.path).status).toBe(2)
    expect(snapshot(folder.path)).toEqual(before)
  })

  it.each(['src/a.md', 'nowhere'])('takes no part of a run back: %s is no folder', async (given) => {
    await using folder = await createFixture(BOOK)
    mdshift(['migrate'], folder.path)
    const before = snapshot(folder.path)
    const { status, stderr } = mdshift(['undo', given], folder.path)
    expect([status, stderr]).toEqual([2, expect.stringContaining(`MDS001  ${given}: `)])
    expect(snapshot(folder.path)).toEqual(before)
  })

  it('takes back what `run` wrote', async () => {
    await using folder = await createFixture({
      'a.md': 'rain\n',
      't.mjs': 'export default ({ source }) => source.replace(/rain/, "snow")\n',
    })
    const before = snapshot(folder.path)
    expect(mdshift(['run', '-t', 't.mjs'], folder.path).status).toBe(0)
    expect(mdshift(['undo', '--list'], folder.path).stdout).toContain('run -t t.mjs')
    expect(mdshift(['undo'], folder.path).status).toBe(0)
    expect(snapshot(folder.path)).toEqual(before)
  })
})

describe('a run that was broken off', () => {
  it.each([0, 1, 2, 4])(
    'behind %i renames is finished by the next command, whichever it is',
    async (renamed) => {
      await using folder = await createFixture(BOOK)
      mdshift(['migrate'], folder.path)
      const done = snapshot(folder.path)
      breakOff(folder, renamed)
      const { status, stderr } = mdshift(['check'], folder.path)
      expect([status, stderr]).toEqual([
        0,
        expect.stringMatching(
          /^A run was broken off \(`migrate` .*\. It was finished: \d files? written now\. `mdshift undo` takes it back\.\n/,
        ),
      ])
      expect(snapshot(folder.path)).toEqual(done)
    },
  )

  it.each([0, 1, 2, 4])('behind %i renames is taken back by undo', async (renamed) => {
    await using folder = await createFixture(BOOK)
    const before = snapshot(folder.path)
    mdshift(['migrate'], folder.path)
    breakOff(folder, renamed)
    expect(mdshift(['undo', '--list'], folder.path).stdout).toMatch(/4 files {2}migrate {2}\(broken off\)\n/)
    const { status, stderr } = mdshift(['undo'], folder.path)
    expect([status, stderr]).toEqual([0, expect.stringContaining('which was broken off')])
    expect(snapshot(folder.path)).toEqual(before)
  })
})

describe('one run at a time', () => {
  it('works on a book: another one that would write says who does', async () => {
    await using folder = await createFixture(BOOK)
    const started = fs
      .readFileSync(`/proc/${process.pid}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ')[19]
    const space = `${fs.readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()} ${fs.readlinkSync('/proc/self/ns/pid')}`

    const holder = {
      pid: process.pid,
      host: os.hostname(),
      space,
      started,
      since: '2026-11-22T10:00:00.000Z',
    }
    mdshift(['migrate'], folder.path)
    fs.writeFileSync(folder.getPath('.mdshift/lock'), JSON.stringify(holder))
    const before = snapshot(folder.path)
    for (const args of [['migrate'], ['undo']]) {
      const { status, stderr } = mdshift(args, folder.path)
      expect([status, stderr]).toEqual([
        2,
        expect.stringMatching(new RegExp(`^error MDS060  \\.mdshift/lock: .*process ${process.pid}`)),
      ])
    }
    for (const args of [['migrate', '--dry-run'], ['check'], ['status']])
      expect(mdshift(args, folder.path).status).toBeLessThan(2)
    expect(Object.keys(snapshot(folder.path)).filter((file) => !file.startsWith('.mdshift'))).toEqual(
      Object.keys(before).filter((file) => !file.startsWith('.mdshift')),
    )
  })
})
