/** What transforms saw and left, as a fixture's `left.txt` has it. */
import type { Finding } from '../runner/report.ts'

/**
 * One line each: `line:column kind legacy → candidates`.
 *
 * @param file stands in front of each; empty where there is one chapter
 */
export function leftLines(findings: readonly Finding[], file = ''): string {
  return findings
    .filter(({ kind }) => kind !== 'change')
    .map(({ line, column, kind, legacy, current }) => {
      const to = current.length === 0 ? '' : ` → ${current.join(' or ')}`
      return `${file}${file === '' ? '' : ':'}${line}:${column} ${kind} ${legacy.replaceAll('\n', '\\n')}${to}\n`
    })
    .join('')
}
