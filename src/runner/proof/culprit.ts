/** Which edit is to blame for what a proof found. */

import { groupBy } from '../../group-by.ts'
import { labelId } from '../../label-id.ts'
import type { Edit, Span } from '../../model.ts'
import { positionAt } from '../../position.ts'
import { quoted } from '../../transform/verify/quoted.ts'
import { within } from '../../within.ts'
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

/** The changes of a file, by their places; asked for each of its edits. */
const changesIn = new WeakMap<FileReport, readonly PlacedChange[]>()

interface PlacedChange extends Span {
  readonly finding: Finding
}

/** A change stands where its edit does, wherever it is shown. */
function placedChanges({ findings }: FileReport): PlacedChange[] {
  return findings
    .filter(({ kind }) => kind === 'change')
    .map((finding) => {
      const { start, end } = finding.edit ?? finding
      return { start, end, finding }
    })
    .sort((a, b) => a.start - b.start || a.end - b.end)
}

/** The changes that one edit is made of, first migration first. */
function findingsOf(file: FileReport, edit: Edit): readonly Finding[] {
  const changes = changesIn.get(file) ?? placedChanges(file)
  changesIn.set(file, changes)
  const isInsertion = edit.start === edit.end
  return within(changes, edit)
    .filter(({ start, end }) => (start === end) === isInsertion)
    .map(({ finding }) => finding)
}

/**
 * Finds edits without which all is well, by halves: what the first half does not break, the second does. All edits
 * of what was one text (a label, wherever it stands) are taken together, since one without the others would break
 * more. Among them, the one that was made otherwise than the rest is named.
 *
 * @param files changed files
 * @param fails whether what was found is so with these edits alone
 * @param near the file whose edit is named where several are alike
 */
export async function findCulprit(
  files: readonly FileReport[],
  fails: (suspects: readonly Suspect[]) => Promise<boolean>,
  near: string,
): Promise<Suspect | undefined> {
  const suspects = files.flatMap((file) => file.edits.map((edit) => ({ file, edit })))
  const groups = [...groupBy(suspects, legacyOf).values()]
  if (!(await fails(suspects))) return undefined
  let [innocent, guilty] = [0, groups.length]
  while (guilty - innocent > 1) {
    const middle = (innocent + guilty) >> 1
    if (await fails(groups.slice(0, middle).flat())) guilty = middle
    else innocent = middle
  }
  const sorts = [...groupBy(groups[guilty - 1] ?? [], sortOf).values()]
  const [rarest = []] = sorts.toSorted((a, b) => a.length - b.length || made(b) - made(a))
  return rarest.find(({ file }) => file.path === near) ?? rarest[0]
}

/** How many changes an edit is made of. */
function made([first]: readonly Suspect[]): number {
  return first ? findingsOf(first.file, first.edit).length : 0
}

/** What an edit is about, as it was written: of a label, its id. */
function legacyOf({ file, edit }: Suspect): string {
  const [first] = findingsOf(file, edit)
  return labelId(first?.legacy ?? file.before.slice(edit.start, edit.end))
}

/** What was made of it, and by which migrations. */
function sortOf({ file, edit }: Suspect): string {
  const findings = findingsOf(file, edit)
  if (findings.length === 0) return edit.text
  return findings.map(({ migration, current }) => `${migration} ${current.join(' ')}`).join(', ')
}

/**
 * Finds the migration with which something begins, and names its change that is nearest to where it shows: in the same
 * file, if it has one there.
 *
 * @param migrations ids, in order
 * @param fails whether what was found is so once these migrations were made
 */
export async function findGuiltyMigration(
  files: readonly FileReport[],
  migrations: readonly string[],
  fails: (migrations: readonly string[]) => Promise<boolean>,
  near: { readonly path: string; readonly offset: number },
): Promise<string | undefined> {
  const theirs = migrations.filter((id) =>
    files.some(({ steps = [] }) => steps.some(({ migration }) => migration === id)),
  )
  if (!(await fails(theirs))) return undefined
  let [innocent, guilty] = [0, theirs.length]
  while (guilty - innocent > 1) {
    const middle = (innocent + guilty) >> 1
    if (await fails(theirs.slice(0, middle))) guilty = middle
    else innocent = middle
  }
  const id = theirs[guilty - 1]
  const changes = files.flatMap((file) =>
    placedChanges(file)
      .filter(({ finding }) => finding.migration === id)
      .map((change) => ({ file, change, isHere: file.path === near.path })),
  )
  const distance = ({ start }: Span) => Math.abs(start - near.offset)
  const [nearest] = changes.toSorted(
    (a, b) => Number(b.isHere) - Number(a.isHere) || distance(a.change) - distance(b.change),
  )
  return nearest ? findingText(nearest.file, nearest.change) : id
}

function findingText({ path, before }: FileReport, { start, finding }: PlacedChange): string {
  const { line, column } = positionAt(before, start)
  const { migration, legacy, current } = finding
  return `${migration} ${quoted(legacy)} → ${quoted(current[0])} at ${path}:${line}:${column}`
}
