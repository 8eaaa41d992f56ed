/** Findings as lines for people and for `grep`: `path:line:column  legacy → current  migration`. */
import type { Finding } from '../runner/report.ts'
import { type Colors, visible } from './terminal.ts'

/** What is told of a finding. */
type ToldFinding = Pick<Finding, 'line' | 'column' | 'kind' | 'migration' | 'legacy' | 'current' | 'because'>

/**
 * One line for one finding. What is left says why; a warning is marked as one.
 *
 * @param path as the user would name the file
 */
export function findingLine(path: string, finding: ToldFinding, colors: Colors): string {
  const place = `${visible(path)}:${finding.line}:${finding.column}`
  return `${colors.bold(place)}  ${changeText(finding, colors)}  ${colors.dim(finding.migration)}${reasonText(finding, colors)}`
}

/** `legacy → current`, or the candidates. */
export function changeText(finding: Pick<Finding, 'legacy' | 'current'>, colors: Colors): string {
  const legacy = colors.red(visible(finding.legacy))
  return finding.current.length === 0
    ? legacy
    : `${legacy} → ${finding.current.map((text) => colors.green(visible(text))).join(' or ')}`
}

function reasonText(finding: ToldFinding, colors: Colors): string {
  switch (finding.kind) {
    case 'change':
      return ''
    case 'refused':
    case 'undecided':
      return `  ${colors.red(finding.kind)}: ${visible(finding.because)}`
    case 'opaque':
    case 'doubtful':
      return `  ${colors.yellow('warning')}: ${visible(finding.because)}`
    default:
      return finding.kind satisfies never
  }
}

/** What a program is told of a finding: its place by line and column, since a byte order mark shifts offsets. */
export function toldFinding({ line, column, kind, migration, legacy, current, because }: Finding) {
  return { line, column, kind, migration, legacy, current: [...current], because }
}
