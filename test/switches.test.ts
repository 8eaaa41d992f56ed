import { createFixture } from 'fs-fixture'
import { describe, expect, it } from 'vitest'
import { mdshift } from './support/program.ts'

const COMMANDS = ['migrate', 'check', 'status', 'explain', 'list', 'run', 'undo', 'new']

/** The switches that the help of a command lists. */
function switchesOf(command: string): string[] {
  const { stdout } = mdshift([command, '--help'], process.cwd())
  // An entry goes on over several lines, and says its kind at the end of the first that has room.
  const entries = stdout.split(/\n(?= {2,6}(?:-\w, )?--)/).slice(1)
  return entries
    .filter((entry) => /\[boolean\]/.test(entry))
    .flatMap((entry) => /--([a-z-]+)/.exec(entry)?.[1] ?? [])
    .filter((name) => name !== 'help' && name !== 'version')
}

describe('a switch with a value', () => {
  it.each(COMMANDS)('is refused by %s, and nothing is done', async (command) => {
    const switches = switchesOf(command)
    expect(switches).toContain('safe')
    await using folder = await createFixture({ 'a.md': 'An arrow ⮳\n' })
    for (const name of switches) {
      const { status, stdout, stderr } = mdshift([command, `--${name}=1`], folder.path)
      expect([name, status, stdout, stderr]).toEqual([
        name,
        2,
        '',
        expect.stringContaining(`--${name}=1: a switch has no value`),
      ])
    }
  })
})
