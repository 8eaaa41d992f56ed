/** Commands of a page, run as their reader runs them, and what they say. */
import { spawnSync } from 'node:child_process'
import { MDSHIFT, outerEnvironment, VITEST } from './project.ts'

/** Programs that npm would put on the path. */
const PROGRAMS: readonly (readonly [string, string])[] = [
  ['npx mdshift', `"$NODE" ${MDSHIFT}`],
  ['npx vitest', `"$NODE" ${VITEST[0] ?? ''}`],
  ['node ', '"$NODE" '],
]

/** Runs a command line in a shell: what it says on both outputs, as a terminal would show it. */
export function said(
  command: string,
  cwd: string,
): { readonly status: number | null; readonly output: string } {
  const line = PROGRAMS.reduce((text, [name, program]) => text.replaceAll(name, program), command)
  const { status, stdout } = spawnSync('sh', ['-c', `{ ${line}\n} 2>&1`], {
    cwd,
    encoding: 'utf8',
    env: { ...outerEnvironment(), NODE: process.execPath },
  })
  return { status, output: stdout }
}

/** The commands of a fence: the lines that begin with `$`. */
export function commandsOf(text: string): string[] {
  return text
    .split('\n')
    .filter((line) => line.startsWith('$ '))
    .map((line) => line.slice(2))
}

/** What differs from run to run. */
const VARYING: readonly (readonly [RegExp, string])[] = [
  [/\d+(?:\.\d+)? ?(?:ms|s|seconds)\b/g, '0 s'],
  [/\(transform .*\)/g, '(…)'],
  [/Start at .*/g, 'Start at …'],
  [/RUN +v.*/g, 'RUN'],
]

/** An output without what differs from run to run, and without blank lines and spaces at the ends of lines. */
export function steady(output: string): string[] {
  const text = VARYING.reduce((all, [pattern, instead]) => all.replace(pattern, instead), output)
  return text
    .split('\n')
    .map((line) => line.trimEnd())
    .filter((line) => line !== '')
}
