import { execFileSync } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { FIXTURES, readTexts, UPDATE } from './support/fixtures.ts'
import { mdshift } from './support/program.ts'
import { destinations, RENDERERS } from './support/render.ts'

const BOOK = path.join(FIXTURES, 'book')
const MIGRATED = path.join(FIXTURES, 'book-migrated')

/** What settles the one collision of the sample book, and the one label that its definitions contradict each
 * other about; a link in raw HTML is mended by hand. */
const DECIDED = JSON.stringify({
  labels: { 'c-diesel-docs': 'c~diesel~guide', 'c-time-format-lib.rs': 'c~time-format~lib.rs' },
})

describe('the sample book, migrated by the built program', () => {
  let folder = ''
  let before: Record<string, string> = {}
  let after: Record<string, string> = {}

  beforeAll(() => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), 'mdshift-book-'))
    fs.cpSync(BOOK, folder, { recursive: true })
    before = readTexts(path.join(folder, 'src'))
    expect(mdshift(['migrate'], folder).status).toBe(1)
    after = readTexts(path.join(folder, 'src'))
  })
  afterAll(() => fs.rmSync(folder, { recursive: true }))

  it.each(Object.entries(RENDERERS))('every link leads where it led, says %s', (_, renderer) => {
    const [old, now] = [destinations(before, renderer), destinations(after, renderer)]
    expect(Object.values(old).flat().length).toBeGreaterThan(500)
    expect(now).toEqual(old)
  })

  it('is the book that was reviewed', () => {
    if (UPDATE) {
      fs.rmSync(MIGRATED, { recursive: true, force: true })
      fs.cpSync(path.join(folder, 'src'), MIGRATED, { recursive: true })
    }
    expect(after).toEqual(readTexts(MIGRATED))
  })

  it('is the same by either parser', () => {
    const other = fs.mkdtempSync(path.join(os.tmpdir(), 'mdshift-book-'))
    fs.cpSync(BOOK, other, { recursive: true })
    expect(mdshift(['migrate', '--parser', 'remark'], other).status).toBe(1)
    expect(readTexts(path.join(other, 'src'))).toEqual(after)
    fs.rmSync(other, { recursive: true })
    expect(mdshift(['check', '--parser', 'lezer'], folder).status).toBe(2)
  })

  it('stays as it is the second time', () => {
    const again = mdshift(['migrate'], folder)
    expect(again.stderr).toContain('0 ok')
    expect(readTexts(path.join(folder, 'src'))).toEqual(after)
  })

  it('is clean once a person has decided what no rule could', () => {
    fs.writeFileSync(path.join(folder, 'mdshift.config.json'), DECIDED)
    const dashboard = path.join(folder, 'src/web/dashboard.md')
    fs.writeFileSync(dashboard, fs.readFileSync(dashboard, 'utf8').replace('href="#skip1"', 'href="#legend"'))
    expect(mdshift(['check'], folder).status).toBe(1)
    expect(mdshift(['migrate'], folder).status).toBe(0)
    const clean = mdshift(['check'], folder)
    expect(clean.status).toBe(0)
    expect(clean.stdout.split('\n').filter((line) => line !== '' && !line.includes('warning: '))).toEqual([])
    expect(mdshift(['check', '--strict'], folder).status).toBe(1)
  })
})

it('shows a diff that git applies to the same bytes', () => {
  const folders = ['run', 'patched'].map((name) => {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), `mdshift-${name}-`))
    fs.cpSync(BOOK, folder, { recursive: true })
    return folder
  })
  const [run = '', patched = ''] = folders
  const dry = mdshift(['migrate', '--dry-run'], patched)
  fs.writeFileSync(path.join(patched, 'migration.patch'), dry.stdout)
  execFileSync('git', ['apply', '--whitespace=nowarn', 'migration.patch'], { cwd: patched })
  mdshift(['migrate'], run)
  expect(bytesOf(patched)).toEqual(bytesOf(run))
  for (const folder of folders) fs.rmSync(folder, { recursive: true })
})

function bytesOf(folder: string): Record<string, string> {
  const files = Object.keys(readTexts(path.join(folder, 'src')))
  return Object.fromEntries(
    files.map((file) => [file, fs.readFileSync(path.join(folder, 'src', file)).toString('latin1')]),
  )
}
