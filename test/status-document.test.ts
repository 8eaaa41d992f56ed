/** docs/status.md shows what the built program prints, and names what is in its JSON. */
import fs from 'node:fs'
import { fileURLToPath } from 'node:url'
import { createFixture, type FsFixture } from 'fs-fixture'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parseLedger } from '../src/book/ledger.ts'
import { mdshift } from './support/program.ts'

const DOCUMENT = fs.readFileSync(fileURLToPath(new URL('../docs/status.md', import.meta.url)), 'utf8')

/** The book that the document shows: a line a file. */
const BOOK = Object.fromEntries(
  (/^````text\n(.*?)^````/ms.exec(DOCUMENT)?.[1] ?? '')
    .trimEnd()
    .split('\n')
    .map((line) => line.split(/ {2,}/))
    .map(([file = '', text = '']) => [file, `${text}\n`]),
)

/** Commands, and what the document says that they print. */
const SHOWN = [...DOCUMENT.matchAll(/^<!-- mdshift (.*?) -->\n```\w+\n(.*?)^```/gms)].map(
  ([, command = '', output = '']) => [command, output] as const,
)

describe('docs/status.md', () => {
  let folder: FsFixture
  beforeAll(async () => {
    folder = await createFixture({ 'book.toml': '', ...BOOK })
  })
  afterAll(() => folder.rm())

  it('shows a book and commands', () => {
    expect([Object.keys(BOOK).length, SHOWN.length]).toEqual([3, 2])
  })

  it.each(SHOWN)('shows what mdshift %s prints', (command, output) => {
    expect(mdshift(command.split(' '), folder.path).stdout).toBe(output)
  })

  it('names every key of the JSON, and no other', () => {
    const bad = { 'src/bad.md': Buffer.from([0xff]) }
    for (const [file, bytes] of Object.entries(bad)) fs.writeFileSync(folder.getPath(file), bytes)
    const lock = { version: 1, migrations: { '0003-external-link-arrow': { applied: '2026-11-22' } } }
    fs.writeFileSync(folder.getPath('mdshift.lock.json'), JSON.stringify(lock))
    const { status, stdout } = mdshift(
      ['status', '--format', 'json', '--only', 'external-link-arrow'],
      folder.path,
    )
    expect(status).toBe(2)
    expect(keysOf(JSON.parse(stdout))).toEqual(new Set(documentedKeys()))
  })

  it('shows a lock file that can be read', () => {
    const text = /^```json\n(.*?)^```/ms.exec(DOCUMENT)?.[1] ?? ''
    expect(parseLedger(text, 'x.json').ok).toBe(true)
  })
})

/** `totals.chapters`, `books[].chapters[].path`; formats are keys by number, and no names. */
function keysOf(value: unknown, path = ''): Set<string> {
  if (Array.isArray(value)) return new Set(value.flatMap((item) => [...keysOf(item, `${path}[]`)]))
  if (typeof value !== 'object' || value === null || path.endsWith('formats')) return new Set([path])
  return new Set(
    Object.entries(value).flatMap(([key, item]) => [...keysOf(item, path === '' ? key : `${path}.${key}`)]),
  )
}

/** The first column of the table; `.toDecide` stands beside the key before it. */
function documentedKeys(): string[] {
  const section = /^## For programs\n(.*?)^## /ms.exec(DOCUMENT)?.[1] ?? ''
  const rows = [...section.matchAll(/^\| (`.*?) \|/gm)].map((match) => match[1] ?? '')
  return rows.flatMap((row) => {
    const [first = '', ...more] = [...row.matchAll(/`([^`]+)`/g)].map((match) => match[1] ?? '')
    const parent = first.slice(0, first.lastIndexOf('.'))
    return [first, ...more.map((key) => `${parent}${key}`)]
  })
}
