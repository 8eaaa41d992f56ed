/** Which edit is to blame for what a proof found: the first without which it is not so. */
import { labelId } from '../../dialect.ts'
import { groupBy } from '../../group-by.ts'
import type { Edit } from '../../model.ts'
import { positionAt } from '../../position.ts'
import type { FileReport, Finding } from '../report.ts'

/** One edit of one file. */
export interface Suspect {
  readonly file: FileReport
  readonly edit: Edit
}

/** An edit in words: its migration, what it does, and where. */
export function suspectText({ file, edit }: Suspect): string {
  const findings = findingsOf(file, edit)
  const migrations = [...new Set(findings.map(({ migration }) => migration))].join(', ')
  const [first, last] = [findings[0], findings.at(-1)]
  const from = first?.legacy ?? file.before.slice(edit.start, edit.end)
  const to = last?.current[0] ?? edit.text
  const { line, column } = positionAt(file.before, edit.start)
  const named = migrations === '' ? '' : `${migrations} `
  return `${named}${JSON.stringify(from)} → ${JSON.stringify(to)} at ${file.path}:${line}:${column}`
}

/** The changes that one edit is made of, first migration first. */
function findingsOf(file: FileReport, edit: Edit): Finding[] {
  return file.findings.filter((finding) => {
    const { start, end } = finding.edit ?? finding
    return (
      finding.kind === 'change' &&
      (start < edit.end || start === edit.start) &&
      (end > edit.start || end === edit.end)
    )
  })
}

/**
 * Finds an edit without which all is well. Edits of one sort (a label's old and new name, wherever it stands) are
 * taken together, since one without the others would break more.
 *
 * @param files changed files
 * @param fails whether what was found is so with these edits alone
 * @param near the file whose edit is named where several are alike
 */
export function findCulprit(
  files: readonly FileReport[],
  fails: (suspects: readonly Suspect[]) => boolean,
  near: string,
): Suspect | undefined {
  const suspects = files.flatMap((file) => file.edits.map((edit) => ({ file, edit })))
  const groups = [...groupBy(suspects, sortOf).values()]
  if (!fails(suspects)) return undefined
  let [innocent, guilty] = [0, groups.length]
  while (guilty - innocent > 1) {
    const middle = (innocent + guilty) >> 1
    if (fails(groups.slice(0, middle).flat())) guilty = middle
    else innocent = middle
  }
  const group = groups[guilty - 1] ?? []
  return group.find(({ file }) => file.path === near) ?? group[0]
}

function sortOf({ file, edit }: Suspect): string {
  const findings = findingsOf(file, edit)
  if (findings.length === 0) return `${file.before.slice(edit.start, edit.end)} → ${edit.text}`
  return findings
    .map(({ migration, legacy, current }) => `${migration} ${labelId(legacy)} → ${current.join(' ')}`)
    .join(', ')
}
