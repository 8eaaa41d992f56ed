/** Where output goes: a pipe that somebody reads slowly, or no further; a full disk; the log of a build job. */
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { createFixture } from 'fs-fixture'
import { describe, expect, it } from 'vitest'
import { mdshift } from './support/program.ts'
import { outerEnvironment } from './support/project.ts'

const BIN = fileURLToPath(new URL('../bin/mdshift.js', import.meta.url))
const LINE = `An arrow ⮳ ${'of rain '.repeat(60)}\n`
const CHANGED = LINE.replace('⮳', '↗')

/** Several megabytes of diff, much more than a pipe holds. */
const LARGE = Object.fromEntries(Array.from({ length: 8 }, (_, number) => [`${number}.md`, LINE.repeat(400)]))

const shell = (command: string, cwd: string, env: NodeJS.ProcessEnv = {}) =>
  spawnSync('bash', ['-c', `mdshift() { "$NODE" "$BIN" "$@"; }; ${command}`], {
    cwd,
    encoding: 'utf8',
    maxBuffer: 1e9,
    env: { ...outerEnvironment(), NODE: process.execPath, BIN, ...env },
  })

describe('a pipe', () => {
  it('that is read slowly gets all of it', async () => {
    await using folder = await createFixture(LARGE)
    const whole = mdshift(['migrate', '--dry-run'], folder.path).stdout
    expect(whole.length).toBeGreaterThan(3_000_000)
    const child = spawn(process.execPath, [BIN, 'migrate', '--dry-run'], {
      cwd: folder.path,
      env: outerEnvironment(),
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    const ended = once(child, 'exit')
    const read: Buffer[] = []
    for await (const chunk of child.stdout) {
      read.push(chunk)
      await delay(5)
    }
    expect(Buffer.concat(read).toString()).toBe(whole)
    expect(await ended).toEqual([0, null])
  })

  it('that is closed early ends nothing but the output', async () => {
    await using folder = await createFixture(LARGE)
    const dry = shell('mdshift migrate --dry-run | head -n 1; echo $PIPESTATUS', folder.path)
    expect(dry.stdout).toBe('--- a/0.md\n0\n')
    expect(dry.stderr).not.toMatch(/EPIPE|MDS|\bat /)
    const checked = shell('mdshift check | head -n 1 > first; echo $PIPESTATUS', folder.path)
    expect(checked.stdout).toBe('1\n')
    expect(checked.stderr).not.toMatch(/EPIPE|MDS|\bat /)
  })

  it('for messages that is closed early keeps nothing from being done', async () => {
    await using folder = await createFixture({ 'a.md': LINE })
    const { stdout } = shell('mdshift migrate 2> >(exec true); echo $?', folder.path)
    expect(stdout).toBe('0\n')
    expect(fs.readFileSync(path.join(folder.path, 'a.md'), 'utf8')).toBe(CHANGED)
  })
})

it.skipIf(!fs.existsSync('/dev/full'))('output that the disk does not take is a failure', async () => {
  await using folder = await createFixture({ 'a.md': LINE })
  const { stdout, stderr } = shell('mdshift check > /dev/full; echo $?', folder.path)
  expect(stdout).toBe('2\n')
  expect(stderr).toContain('MDS093')
})

describe('the log of a build job', () => {
  const HOSTILE =
    '::error file=a.md::gone\n##[group]x\n ##vso[task.setvariable variable=x]y\n\u2003::warning::x ⮳\n'
  /** As GitHub's runner reads a line, and Azure's. */
  const isCommand = (line: string) => /^\s*::[\w-]+[^:]*::/.test(line) || /##(?:vso)?\[/.test(line)

  it.each([['check'], ['status', '--chapters'], ['migrate', '--only', '0001'], ['explain', '::error::x.md']])(
    'gets no command from what %s %s says',
    async (...args) => {
      await using folder = await createFixture({
        '::error::x.md': `${HOSTILE}\n[::set-output name=a::b][c-x]\n`,
        '##[group]y.md': Buffer.from([0xff]),
        '  ::debug::z.md': '[##[group]][c-slab]\n\n[c-slab]: ##[error]x\n',
      })
      const { stdout, stderr } = mdshift(args, folder.path)
      const lines = `${stdout}\n${stderr}`.split(/\r\n|\r|\n/)
      expect(stdout + stderr).toContain('#[group]y.md')
      expect(lines.filter(isCommand)).toEqual([])
    },
  )

  it('is told to take none while a diff is printed that has some; git applies it all the same', async () => {
    await using folder = await createFixture({ 'a.md': HOSTILE })
    const { stdout } = shell('mdshift migrate --dry-run | cat', folder.path, { GITHUB_ACTIONS: 'true' })
    const lines = stdout.split('\n')
    const [, token] = /^::stop-commands::(\S{20,})$/.exec(lines[0] ?? '') ?? []
    expect(token).toBeDefined()
    expect(lines.slice(-2)).toEqual([`::${token}::`, ''])
    expect(lines.slice(1, -2).some(isCommand)).toBe(true)
    const { stderr } = spawnSync('git', ['apply', '--whitespace=nowarn', '-'], {
      cwd: folder.path,
      input: stdout,
    })
    expect(stderr.toString()).toBe('')
    expect(fs.readFileSync(path.join(folder.path, 'a.md'), 'utf8')).toBe(HOSTILE.replace('⮳', '↗'))
  })

  it('is none where a diff is written to a file, or has no command: it is exact', async () => {
    await using folder = await createFixture({ 'a.md': HOSTILE, 'b/b.md': LINE })
    const env = { GITHUB_ACTIONS: 'true' }
    shell('mdshift migrate --dry-run a.md > patch', folder.path, env)
    expect(fs.readFileSync(path.join(folder.path, 'patch'), 'utf8')).toBe(
      mdshift(['migrate', '--dry-run', 'a.md'], folder.path).stdout,
    )
    expect(shell('mdshift migrate --dry-run b | cat', folder.path, env).stdout).toMatch(/^--- a\/b\/b.md\n/)
  })
})

it('runs where few files may be open at once', async () => {
  const files = Object.fromEntries(
    Array.from({ length: 200 }, (_, number) => [`${number}/${number}.md`, LINE]),
  )
  await using folder = await createFixture(files)
  const { stdout, stderr } = shell('ulimit -n 64; mdshift migrate; echo $?', folder.path)
  expect(stdout, stderr).toBe('0\n')
  expect(os.EOL + stderr).toContain('200 ok')
})
