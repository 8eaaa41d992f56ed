/** Packs: how a book asks for one, and one on a small book, by the built program and with its proof. */
import fs from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { createFixture } from 'fs-fixture'
import { describe, expect, it } from 'vitest'
import { mdshift } from './support/program.ts'

const BOOK = fileURLToPath(new URL('../__fixtures__/mdbook-0.5-book', import.meta.url))
const MIGRATED = fileURLToPath(new URL('../__fixtures__/mdbook-0.5-book-migrated', import.meta.url))
const PACK = ['--pack', 'mdbook-0.5']
const LEDGER = 'mdshift.lock.json'

async function bookWith(config?: unknown) {
  const folder = await createFixture(BOOK)
  if (config !== undefined)
    fs.writeFileSync(folder.getPath('mdshift.config.json'), JSON.stringify({ migrations: config }))
  return folder
}

/** All files of a folder but what mdshift keeps there itself. */
function filesIn(folder: string): Record<string, string> {
  const names = fs
    .readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => !name.startsWith('.mdshift'))
    .sort()
  const files = names.filter((name) => fs.statSync(path.join(folder, name)).isFile() && name !== LEDGER)
  return Object.fromEntries(files.map((name) => [name, fs.readFileSync(path.join(folder, name), 'utf8')]))
}

describe('mdbook-0.5 on a small book', () => {
  it('changes what it can, proves it, and tells what is left', async () => {
    await using folder = await bookWith()
    const { status, stderr } = mdshift(['migrate', ...PACK], folder.path)
    expect(stderr).toMatch(/ 0 errors, 2 unmodified, 1 skipped, 4 ok\n/)
    expect(stderr).toMatch(/^Proven: 7 of 7 chapters, of which 4 change\./m)
    expect(stderr).toContain('a link leads to #admonition-note, and an alert has no id')
    expect(status).toBe(1)
    if (process.env['UPDATE'] === '1')
      for (const [name, text] of Object.entries(filesIn(folder.path))) {
        fs.mkdirSync(path.dirname(path.join(MIGRATED, name)), { recursive: true })
        fs.writeFileSync(path.join(MIGRATED, name), text)
      }
    expect(filesIn(folder.path)).toEqual(filesIn(MIGRATED))
  })

  it('changes nothing the second time, and `check` tells the same', async () => {
    await using folder = await createFixture(MIGRATED)
    const second = mdshift(['migrate', ...PACK], folder.path)
    expect(second.stderr).toMatch(/ 0 errors, \d+ unmodified, \d+ skipped, 0 ok\n/)
    expect(filesIn(folder.path)).toEqual(filesIn(MIGRATED))
    const checked = mdshift(['check', ...PACK], folder.path)
    expect(checked.stdout).toMatch(
      /^src\/gauge\.md:13:1 {2}```admonish info → > \[!NOTE\] {2}mdbook-0\.5\/0002-alerts/m,
    )
    expect(checked.stdout).not.toMatch(/^src\/(?:vane|station)\.md:\d+:\d+ {2}\{\{/m)
  })

  it('never escapes the marker of an alert', () => {
    const texts = Object.values(filesIn(MIGRATED)).join('')
    expect(texts).not.toContain('\\[!')
    expect(texts.match(/^(?:[ \t]*>)+ \[!(?:NOTE|TIP|IMPORTANT|WARNING|CAUTION)\]\r?$/gm)).toHaveLength(8)
  })

  it('is on record under ids of its own, beside those of others', async () => {
    await using folder = await bookWith()
    mdshift(['migrate'], folder.path)
    mdshift(['migrate', ...PACK], folder.path)
    const { migrations } = JSON.parse(fs.readFileSync(folder.getPath(LEDGER), 'utf8'))
    const ids = Object.keys(migrations)
    expect(ids).toContain('0001-mojibake')
    expect(ids).toContain('mdbook-0.5/0001-playground')
    expect(mdshift(['status', ...PACK], folder.path).stdout).toContain('mdbook-0.5/0001-playground')
    expect(mdshift(['status'], folder.path).stdout).not.toContain('mdbook-0.5')
  })

  it('explains a place', async () => {
    await using folder = await bookWith()
    const { stdout } = mdshift(['explain', ...PACK, 'src/gauge.md:15'], folder.path)
    expect(stdout).toContain(
      'mdbook-0.5/0002-alerts: its title is “Info”, and that of an alert can only be “Note”',
    )
  })
})

describe('a book asks for a pack', () => {
  const ids = (config: unknown, ...words: string[]) =>
    (async () => {
      await using folder = await bookWith(config)
      const { stdout, stderr, status } = mdshift(['list', ...words], folder.path)
      return { ids: [...stdout.matchAll(/^\S+/gm)].map(String), stderr, status }
    })()
  const OWN = [
    'mdbook-0.5/0001-playground',
    'mdbook-0.5/0002-alerts',
    'mdbook-0.5/0003-definition-lists',
    'mdbook-0.5/0004-heading-ids',
  ]

  it('by its name, which has no slash', async () => {
    expect((await ids('mdbook-0.5')).ids).toEqual(OWN)
    expect((await ids({ from: 'mdbook-0.5' })).ids).toEqual(OWN)
  })

  it('behind those that every book gets', async () => {
    const { ids: all } = await ids({ from: 'mdbook-0.5', bundled: true })
    expect(all[0]).toBe('0001-mojibake')
    expect(all.slice(-4)).toEqual(OWN)
  })

  it('and the command line has the last word', async () => {
    expect((await ids({ '0003-external-link-arrow': false }, ...PACK)).ids).toEqual(OWN)
  })

  it('without one of its migrations, by any of its names', async () => {
    for (const name of [
      'mdbook-0.5/0003-definition-lists',
      '0003-definition-lists',
      'definition-lists',
      '3',
    ]) {
      await using folder = await bookWith({ from: 'mdbook-0.5', [name]: false })
      const { stdout, status } = mdshift(['check'], folder.path)
      expect(status).toBe(1)
      expect(stdout).toContain('mdbook-0.5/0002-alerts')
      expect(stdout).not.toContain('mdbook-0.5/0003')
    }
  })

  it.each([
    ['mdbok-0.5', '"mdbok-0.5" (did you mean "mdbook-0.5"?) is none of mdbook-0.5'],
    ['mdbook', '"mdbook" (did you mean "mdbook-0.5"?) is none of mdbook-0.5'],
    ['migrations', '"migrations" is none of mdbook-0.5'],
  ])('that there is none of: %s', async (name, message) => {
    for (const { stderr, status } of [await ids(name), await ids(undefined, '--pack', name)]) {
      expect(stderr).toContain('MDS057')
      expect(stderr).toContain(message)
      expect(status).toBe(2)
    }
  })

  it('by the name of a migration that it has not', async () => {
    await using folder = await bookWith({ from: 'mdbook-0.5', alert: false })
    const { stderr, status } = mdshift(['check'], folder.path)
    expect(stderr).toContain('"alert" (did you mean "alerts"?)')
    expect(status).toBe(2)
  })
})
