/**
 * What a run could not decide → the file that hands it over to a person. Pure: the file is read and written
 * elsewhere.
 */
import path from 'node:path'
import { applyEdits, modify } from 'jsonc-parser'
import { type Decisions, headingKey, type LabelDecision } from '../book/decisions.ts'
import { DECISIONS_VERSION, type DecisionsDocument, KEEP } from '../book/decisions-schema.ts'
import { readFileFacts } from '../book/file-facts.ts'
import { groupBy } from '../group-by.ts'
import { labelId } from '../label-id.ts'
import { toPosix } from '../posix.ts'
import { type BookReport, type Finding, isOpen } from '../runner/report.ts'
import { mentionedIn, type RunOfBook, textsAfter } from './run-of-book.ts'

/** What a run has to write in the file. */
export interface HandOver {
  readonly text: string
  /** Entries that are new. */
  readonly added: number
  /** Entries without a decision whose label is gone. */
  readonly settled: number
}

const SCHEMA = './node_modules/mdshift/mdshift.decisions.schema.json'
const FORMAT = { formattingOptions: { insertSpaces: true, tabSize: 2 } } as const

type Entries<Key extends 'labels' | 'headings'> = NonNullable<DecisionsDocument[Key]>

/**
 * The file with what a run left open: a new one, or the one that was read with new entries behind the others,
 * which stay as they are but for their layout.
 *
 * @param isWritten whether the run writes chapters: then entries that it settled go
 * @returns nothing where there is nothing to write
 */
export function handOverOf(
  runs: readonly RunOfBook[],
  decisions: Decisions,
  isWritten: boolean,
): HandOver | undefined {
  const open = questionsOf(runs, decisions.file)
  const known = new Set(decisions.labels.map(({ label }) => labelId(label)))
  const knownHeadings = new Set(decisions.headings.map(headingKey))
  const folder = path.dirname(decisions.file)
  const labels = open.labels.filter(({ label }) => !known.has(labelId(label)))
  const headings = open.headings.filter(
    ({ chapter, heading }) =>
      !knownHeadings.has(headingKey({ chapter: path.resolve(folder, chapter), heading })),
  )
  const added = labels.length + headings.length
  const settled = isWritten ? settledIn(runs, decisions.labels) : []
  if (added + settled.length === 0) return undefined
  if (!decisions.source) {
    const document: DecisionsDocument = { $schema: SCHEMA, version: DECISIONS_VERSION, labels, headings }
    return { text: `${JSON.stringify(document, null, 2)}\n`, added, settled: 0 }
  }
  const without = settled.reduceRight(
    (text, index) => edited(text, ['labels', index], undefined),
    decisions.source.text,
  )
  const text = appended(appended(without, 'labels', labels), 'headings', headings)
  return { text, added, settled: settled.length }
}

function appended(text: string, list: 'labels' | 'headings', entries: readonly unknown[]): string {
  return entries.reduce<string>((before, entry) => edited(before, [list, -1], entry), text)
}

function edited(text: string, at: (string | number)[], value: unknown): string {
  return applyEdits(text, modify(text, at, value, FORMAT))
}

/** Entries that nobody decided and nothing asks for any more: by their places in the file. */
function settledIn(runs: readonly RunOfBook[], labels: readonly LabelDecision[]): number[] {
  if (labels.every(({ decision }) => decision !== null)) return []
  // What could not be read or changed may hold the label still.
  if (runs.some(({ report }) => report.failures.length > 0)) return []
  const left = new Set(runs.flatMap(({ book, report }) => mentionedIn(textsAfter(book, report))))
  return labels.flatMap(({ label, decision }, index) =>
    decision === null && !left.has(labelId(label)) ? [index] : [],
  )
}

/** Everything open that a person can decide, once, in the order of the books. */
function questionsOf(
  runs: readonly RunOfBook[],
  file: string,
): { labels: Entries<'labels'>; headings: Entries<'headings'> } {
  const folder = path.dirname(file)
  const open = runs.flatMap((run) =>
    run.report.files.flatMap(({ path: name, findings }) =>
      findings.filter(isOpen).map((finding) => ({
        finding,
        run,
        chapter: toPosix(path.relative(folder, path.join(run.report.root, name))),
      })),
    ),
  )
  const about = (group: readonly { finding: Finding; chapter: string }[]) => {
    const [first] = group
    if (!first) throw new Error('a group has a first value')
    const { finding, chapter } = first
    return {
      candidates: [...new Set(group.flatMap((one) => one.finding.current))],
      reason: `${finding.kind}: ${finding.because}`,
      place: `${chapter}:${finding.line}:${finding.column}`,
    }
  }
  const ofLabels = open.flatMap((one) =>
    one.finding.subject?.kind === 'label' ? [{ ...one, label: one.finding.subject.label }] : [],
  )
  const ofHeadings = open.flatMap((one) =>
    one.finding.subject?.kind === 'heading' ? [{ ...one, heading: one.finding.subject.text }] : [],
  )
  return {
    labels: [...groupBy(ofLabels, ({ label }) => labelId(label)).values()].map((group) => {
      const { candidates, reason, place } = about(group)
      const label = group[0]?.label ?? ''
      const targets = targetsOf(new Set(group.map(({ run }) => run)), label)
      return { label, decision: null, candidates, evidence: { reason, targets }, place }
    }),
    headings: [...groupBy(ofHeadings, headingKey).values()].map((group) => {
      const { candidates, reason, place } = about(group)
      const [first] = group
      const { chapter = '', heading = '' } = first ?? {}
      return { chapter, heading, decision: null, candidates, evidence: { reason }, place }
    }),
  }
}

/** Where the definitions of a label lead, under the name that was read or the one that a migration made. */
function targetsOf(runs: ReadonlySet<RunOfBook>, label: string): string[] {
  const id = labelId(label)
  const found = [...runs].flatMap(({ book, report }) => [
    ...[...book.facts.values()].flatMap(({ definitions }) => definitions),
    ...report.files
      .filter(({ edits, after }) => edits.length > 0 && after.toLowerCase().includes(label.toLowerCase()))
      .flatMap(({ path: file, after }) => readFileFacts(file, after).definitions),
  ])
  const own = found.filter((definition) => definition.id === id)
  return [...new Set(own.map(({ destination, title }) => (destination === '#' ? title : destination)))]
}

/** A report without what a person decided to keep. */
export function withoutKept(report: BookReport, decisions: Decisions): BookReport {
  const labels = new Set(
    decisions.labels.filter(({ decision }) => decision === KEEP).map(({ label }) => labelId(label)),
  )
  const headings = new Set(decisions.headings.filter(({ decision }) => decision === KEEP).map(headingKey))
  if (labels.size + headings.size === 0) return report
  const isKept = (file: string, { subject }: Finding): boolean => {
    if (subject?.kind === 'label') return labels.has(labelId(subject.label))
    if (subject?.kind !== 'heading') return false
    return headings.has(headingKey({ chapter: path.join(report.root, file), heading: subject.text }))
  }
  return {
    ...report,
    files: report.files.map((file) => ({
      ...file,
      findings: file.findings.filter((finding) => finding.kind === 'change' || !isKept(file.path, finding)),
    })),
  }
}
