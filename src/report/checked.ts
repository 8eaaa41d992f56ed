/** What a check comes to, in one line. */
import { count } from './terminal.ts'

export interface Checked {
  /** That fail the check, drifts among them where they do. */
  readonly findings: number
  readonly warnings: number
  readonly files: number
  readonly errors: number
  readonly seconds: number
}

export function checkedLine({ findings, warnings, files, errors, seconds }: Checked): string {
  return `${count(findings, 'finding')} and ${count(warnings, 'warning')} in ${count(files, 'file')}, ${count(errors, 'error')}, ${seconds.toFixed(1)} seconds`
}
