import fs from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

const ROOT = fileURLToPath(new URL('..', import.meta.url))

/** Rooms of src by height: a file imports from its own room and from lower ones. Top-level files are the floor. */
const HEIGHT: Readonly<Record<string, number>> = {
  cli: 6,
  testing: 6,
  report: 5,
  store: 5,
  runner: 4,
  transform: 3,
  book: 2,
  markdown: 1,
}

/** The public API gathers what rooms export; the program's entry joins it with the bundled migrations. */
const DOORS = new Set(['src/index.ts', 'src/testing.ts', 'src/cli/entry.ts', 'src/cli/trial-entry.ts'])

const sources = ['src', 'transforms'].flatMap((folder) =>
  fs
    .readdirSync(path.join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .map((file) => `${folder}/${file.split(path.sep).join('/')}`)
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts')),
)

/** Threads and processes, and what runs in one; how many processors there are. */
const OF_THE_MACHINE = new Set([
  'src/runner/thread.ts',
  'src/runner/trial.ts',
  'src/runner/worker.ts',
  'src/cli/io.ts',
  'src/cli/trial-entry.ts',
])

const textOf = (file: string) => fs.readFileSync(path.join(ROOT, file), 'utf8')
/** Without what is said in strings. */
const codeOf = (file: string) => textOf(file).replace(/'[^'\n]*'|`[^`\n]*`/g, "''")
const importsOf = (file: string) =>
  [
    ...textOf(file).matchAll(
      /^(?:import|export)\b[^'\n]*(?:\n[^'\n]*)*? from '([^']+)'|^import '([^']+)'|\bimport\('([^']+)'\)/gm,
    ),
  ].map((match) => match[1] ?? match[2] ?? match[3] ?? '')
const roomOf = (file: string) => /^src\/(\w+)\//.exec(file)?.[1]

describe('rooms', () => {
  it('are all known', () => {
    expect(new Set(sources.map(roomOf).filter((room) => room !== undefined))).toEqual(
      new Set(Object.keys(HEIGHT)),
    )
  })

  it('import downwards only', () => {
    const upwards = sources
      .filter((file) => file.startsWith('src/') && !DOORS.has(file))
      .flatMap((file) =>
        importsOf(file)
          .filter((target) => target.startsWith('.'))
          .map((target) => path.posix.join(path.posix.dirname(file), target))
          .filter((target) => {
            const [from, to] = [roomOf(file), roomOf(target)]
            const own = from === to
            return !own && !(target.startsWith('src/') && (HEIGHT[to ?? ''] ?? 0) < (HEIGHT[from ?? ''] ?? 0))
          })
          .map((target) => `${file} → ${target}`),
      )
    expect(upwards).toEqual([])
  })

  it('leave the disk to book and store, and the terminal to cli', () => {
    const allowed = ['book', 'cli', 'store', 'testing']
    const touching = sources.filter(
      (file) =>
        /from 'node:(?:fs|child_process|os|worker_threads)/.test(textOf(file)) &&
        !['book', 'store', 'testing'].includes(roomOf(file) ?? '') &&
        !OF_THE_MACHINE.has(file),
    )
    const printing = sources.filter(
      (file) =>
        /\bconsole\.|\bprocess\./.test(codeOf(file)) &&
        !allowed.includes(roomOf(file) ?? '') &&
        !OF_THE_MACHINE.has(file),
    )
    expect([touching, printing]).toEqual([[], []])
  })
})

describe('code of the book', () => {
  it('is run by the one file that loads modules', () => {
    const running = sources.filter((file) => /\bimport\((?!')|from 'jiti'/.test(textOf(file)))
    expect(running).toEqual(['src/book/module-file.ts'])
  })
})

describe('migrations', () => {
  it('import the public API and no other door', () => {
    const inside = sources
      .filter((file) => file.startsWith('transforms/'))
      .flatMap((file) =>
        importsOf(file)
          .filter(
            (target) =>
              target.startsWith('.') &&
              !path.posix.join(path.posix.dirname(file), target).startsWith('transforms/'),
          )
          .map((target) => `${file} → ${target}`),
      )
    expect(inside).toEqual([])
  })
})
