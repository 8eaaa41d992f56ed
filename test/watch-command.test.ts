/** `mdshift run --watch`, as somebody uses it who writes a transform. */
import { type ChildProcessByStdio, spawn } from 'node:child_process'
import { once } from 'node:events'
import fs from 'node:fs'
import path from 'node:path'
import type { Readable } from 'node:stream'
import { fileURLToPath } from 'node:url'
import { createFixture, type FileTree } from 'fs-fixture'
import { describe, expect, it } from 'vitest'
import { mdshift } from './support/program.ts'
import { outerEnvironment } from './support/project.ts'

const BIN = fileURLToPath(new URL('../bin/mdshift.js', import.meta.url))
const BOOK: FileTree = { 'a.md': 'A colour.\n', 'b.md': 'A colour.\n' }

const transform = (from: string, to: string) =>
  `export default ({ source }, { md }) => md(source).replaceText('${from}', '${to}').toSource()\n`

type Child = ChildProcessByStdio<null, Readable, Readable>

/** Runs the program, and reads what it says. */
async function watching(
  tree: FileTree,
  args: readonly string[],
  use: (session: {
    /** What was said since this was last asked, once all these words are among it: of two pipes, in any order. */
    says(...words: readonly string[]): Promise<string>
    write(file: string, text: string): void
    rename(from: string, to: string): void
    read(file: string): string
    child: Child
  }) => Promise<void>,
): Promise<void> {
  await using folder = await createFixture(tree)
  const child = spawn(process.execPath, [BIN, 'run', '--watch', ...args], {
    cwd: folder.path,
    env: outerEnvironment(),
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text) => {
      said += text
    })
  try {
    await use({
      async says(...words) {
        for (const word of words)
          await expect.poll(() => said, { timeout: 20_000, interval: 20 }).toContain(word)
        const all = said
        said = ''
        return all
      },
      write: (file, text) => fs.writeFileSync(path.join(folder.path, file), text),
      rename: (from, to) => fs.renameSync(path.join(folder.path, from), path.join(folder.path, to)),
      read: (file) => fs.readFileSync(path.join(folder.path, file), 'utf8'),
      child,
    })
  } finally {
    if (child.exitCode === null && child.signalCode === null) {
      child.kill('SIGKILL')
      await once(child, 'exit')
    }
  }
}

/** Ends it as Ctrl-C does: its status, and the milliseconds that it took. */
async function interrupt(child: Child): Promise<{ readonly status: unknown; readonly time: number }> {
  const begun = performance.now()
  const ended = once(child, 'exit')
  child.kill('SIGINT')
  const [status] = await ended
  return { status, time: performance.now() - begun }
}

describe('run --watch', () => {
  it('shows the diff anew when the transform or the file changes, and ends with 130', async () => {
    await watching(
      { ...BOOK, 't.mjs': transform('colour', 'color') },
      ['-t', 't.mjs', 'a.md'],
      async (session) => {
        const { says, write, read, child } = session
        const first = await says('Watching t.mjs, a.md', '+A color.\n', 'Time elapsed')
        expect(first).toContain('-A colour.\n+A color.\n')
        expect(first).toContain('Results (nothing was written):')
        expect(first).not.toContain('b.md')

        write('t.mjs', transform('colour', 'hue'))
        expect(await says('+A hue.')).toContain('-A colour.\n+A hue.\n')
        write('a.md', 'The colour of rain.\n')
        expect(await says('+The hue of rain.')).toContain('-The colour of rain.\n+The hue of rain.\n')
        expect([read('a.md'), read('b.md')]).toEqual(['The colour of rain.\n', 'A colour.\n'])
        expect((await interrupt(child)).status).toBe(130)
      },
    )
  })

  it('goes on after errors, each at the line of its author', async () => {
    const tree = { ...BOOK, 't.ts': transform('colour', 'color'), 'words.ts': "export const word = 'hue'\n" }
    await watching(tree, ['-t', 't.ts', 'a.md'], async ({ says, write, child }) => {
      await says('Watching')
      write('t.ts', "export default () => {\n  throw new Error('no rain')\n}\n")
      await says('no rain at t.ts:2:9')
      write('t.ts', 'export default (\n')
      expect(await says('error MDS050')).toMatch(/error MDS050 {2}t\.ts: .* at t\.ts:2:/)
      write('t.ts', `import { word } from './words.ts'\n${transform('colour', 'x').replace("'x'", 'word')}`)
      await says('+A hue.\n')
      write('words.ts', "export const word = 'tone'\n")
      await says('+A tone.\n')
      expect((await interrupt(child)).status).toBe(130)
    })
  })

  it('sees a file that an editor put in its place', async () => {
    await watching(
      { ...BOOK, 't.mjs': transform('colour', 'color') },
      ['-t', 't.mjs', 'a.md'],
      async (session) => {
        const { says, write, rename, child } = session
        await says('Watching')
        write('a.md~', 'No colour.\n')
        rename('a.md~', 'a.md')
        await says('+No color.\n')
        expect((await interrupt(child)).status).toBe(130)
      },
    )
  })

  it('ends at once although a transform does not', async () => {
    const tree = { ...BOOK, 't.mjs': "export default () => {\n  console.log('turning')\n  for (;;);\n}\n" }
    await watching(tree, ['-t', 't.mjs', 'a.md', 'b.md'], async ({ says, child }) => {
      await says('turning')
      const { status, time } = await interrupt(child)
      expect(status).toBe(130)
      expect(time).toBeLessThan(1000)
    })
  })

  it.each<[string, readonly string[]]>([
    ['no file', []],
    ['a folder', ['.']],
    ['a file that is not there', ['c.md']],
  ])('refuses %s', async (_, paths) => {
    await using folder = await createFixture({ ...BOOK, 't.mjs': transform('colour', 'color') })
    const { status, stderr } = mdshift(['run', '-t', 't.mjs', '--watch', ...paths], folder.path)
    expect([status, stderr]).toEqual([2, expect.stringContaining('error MDS009')])
  })
})
