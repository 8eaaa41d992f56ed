/** How two texts differ, told so that white space can be seen. */
import { structuredPatch } from 'diff'
import { visible } from '../report/terminal.ts'

const LIMIT = 2000

/**
 * The difference of two texts as a unified diff: `-` is expected, `+` is what came out. In lines that differ, white
 * space at the end, tabs, and spaces side by side are shown as `·` and `⇥`; a carriage return is `␍`.
 *
 * @param name of the file
 * @example
 * difference('a.md', 'rain \n', 'rain\n').split('\n').slice(3) // → ['-rain·', '+rain']
 */
export function difference(name: string, expected: string, actual: string): string {
  const patch = structuredPatch('', '', expected, actual, '', '', { context: 3, timeout: LIMIT })
  const headers = [`--- ${name} as expected`, `+++ ${name} as it came out`]
  if (!patch) return [...headers, ...all('-', expected), ...all('+', actual)].join('\n')
  const hunks = patch.hunks.flatMap(({ oldStart, oldLines, newStart, newLines, lines }) => [
    `@@ -${oldStart},${oldLines} +${newStart},${newLines} @@`,
    ...lines.map(shown),
  ])
  return [...headers, ...hunks].join('\n')
}

function all(sign: string, text: string): string[] {
  return text.split('\n').map((line) => shown(sign + line))
}

function shown(line: string): string {
  const [sign, text] = [line.slice(0, 1), line.slice(1)]
  if (sign === '\\') return line
  const spaced = sign === ' ' ? text : text.replace(/ {2,}| +(?=\r?$)/g, (run) => '·'.repeat(run.length))
  return sign + visible(spaced.replaceAll('\t', '⇥').replaceAll('\r', '␍').replaceAll('\u00a0', '⍽'))
}
