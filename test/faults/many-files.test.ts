/** Fifty thousand chapters where 64 files may be open at once: they are checked and migrated, in half a gigabyte. */
import { spawnSync } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { writeLargeBook } from '../support/large-book.ts'
import { outerEnvironment } from '../support/project.ts'

/** All of them where the whole suite is asked for. */
const CHAPTERS = process.env['FAULTS'] === 'all' ? 50_000 : 10_000
const LIMIT = 512 * 1024
const BIN = fileURLToPath(new URL('../../bin/mdshift.js', import.meta.url))

/** Tells what it took, in its last line. */
const MEASURED = `process.on('exit', () => console.error('peak ' + process.resourceUsage().maxRSS)); await import(process.env.BIN)`

let book = ''
beforeAll(() => {
  book = fs.mkdtempSync(path.join(os.tmpdir(), 'mdshift-many-'))
  writeLargeBook(book, CHAPTERS)
})
afterAll(() => fs.rmSync(book, { recursive: true, force: true }))

function measured(command: string): {
  readonly status: number | null
  readonly peak: number
  readonly said: string
} {
  const { status, stderr } = spawnSync(
    'bash',
    ['-c', `ulimit -n 64; "$NODE" --input-type=module -e "$MEASURED" mdshift ${command} > /dev/null`],
    { cwd: book, encoding: 'utf8', env: { ...outerEnvironment(), NODE: process.execPath, BIN, MEASURED } },
  )
  return { status, peak: Number(/peak (\d+)\s*$/.exec(stderr)?.[1]), said: stderr }
}

it.each([
  ['check', 1],
  ['migrate --no-fsync', 0],
  ['check --strict', 0],
])('%s', (command, status) => {
  const ended = measured(command)
  console.info(`many files: ${command} of ${CHAPTERS} chapters, peak ${Math.round(ended.peak / 1024)} MB`)
  expect(ended.status, ended.said).toBe(status)
  expect(ended.peak).toBeLessThan(LIMIT)
})
