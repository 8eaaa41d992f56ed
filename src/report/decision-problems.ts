/** What is wrong with decisions, once a run has shown what the books have and what can be done. */
import path from 'node:path'
import { visit } from 'unist-util-visit'
import type { Decided, Decisions, LabelDecision } from '../book/decisions.ts'
import { KEEP } from '../book/decisions-schema.ts'
import { type Failure, failure } from '../failure.ts'
import { labelId } from '../label-id.ts'
import { headingText } from '../markdown/heading-id.ts'
import { parseChapter } from '../markdown/parse.ts'
import { toPosix } from '../posix.ts'
import { type Finding, isOpen } from '../runner/report.ts'
import { knownLabels, mentionedIn, type RunOfBook } from './run-of-book.ts'

/**
 * Decisions about what no book of the run knows: neither the old label nor what was decided, or no such
 * heading.
 *
 * @returns an `MDS022` for each
 */
export function staleDecisions(runs: readonly RunOfBook[], decisions: Decisions): Failure[] {
  const known = knownLabels(decisions.labels.length > 0 ? runs : [])
  const labels = decisions.labels
    .filter(({ label, decision }) => !known.has(labelId(label)) && !known.has(labelId(decision ?? label)))
    .map(({ label, decision, about }) => {
      const nor = decision === null || decision === KEEP ? '' : `, nor ${JSON.stringify(decision)}`
      return failure('MDS022', `no chapter has the label ${JSON.stringify(label)}${nor}`, about)
    })
  const headings = decisions.headings
    .filter((entry) => !runs.some((run) => hasHeading(run, entry)))
    .map(({ heading, about }) =>
      failure('MDS022', `the chapter has no heading ${JSON.stringify(heading)}`, about),
    )
  return [...labels, ...headings]
}

/**
 * Decisions that a run refused: of a label that is of the legacy syntax itself, of one that leads elsewhere, of
 * an id that something else has.
 *
 * @returns an `MDS023` for each, with the first reason
 */
export function undoableDecisions(runs: readonly RunOfBook[], decisions: Decisions): Failure[] {
  const open = runs.flatMap(({ report }) =>
    report.files.flatMap((file) =>
      file.findings.filter(isOpen).map((finding) => ({ finding, file: path.join(report.root, file.path) })),
    ),
  )
  if (open.length === 0) return []
  const before = new Set(runs.flatMap(({ book }) => mentionedIn(book.files.map(({ text }) => text))))
  /** Of a name that a rule makes, a run tells by the one that was read. */
  const isMadeOf = ({ subject, current }: Finding, { label, decision }: LabelDecision): boolean =>
    subject?.kind === 'label' &&
    (labelId(subject.label) === labelId(label) ||
      (![label, decision ?? ''].some((one) => before.has(labelId(one))) &&
        current.some((one) => labelId(one) === labelId(decision ?? ''))))
  const failureOf = (name: string, { decision, place }: Decided, found: typeof open): Failure[] => {
    const [first] = decision === null || decision === KEEP ? [] : found
    if (!first) return []
    const what = `${JSON.stringify(name)} cannot become ${JSON.stringify(decision)}`
    return [failure('MDS023', `${what}: ${first.finding.because}`, place)]
  }
  return [
    ...decisions.labels.flatMap((entry) =>
      failureOf(
        entry.label,
        entry,
        open.filter(({ finding }) => isMadeOf(finding, entry)),
      ),
    ),
    ...decisions.headings.flatMap((entry) =>
      failureOf(
        entry.heading,
        entry,
        open.filter(
          ({ file, finding: { subject } }) =>
            file === entry.chapter && subject?.kind === 'heading' && subject.text === entry.heading,
        ),
      ),
    ),
  ]
}

function hasHeading({ book, report }: RunOfBook, entry: { chapter: string; heading: string }): boolean {
  const file = toPosix(path.relative(book.root, entry.chapter))
  const texts = [
    ...book.files.filter((one) => one.path === file).map(({ text }) => text),
    ...report.files.filter((one) => one.path === file).map(({ after }) => after),
  ]
  return texts.some((text) => headingsOf(text).has(plainHeading(entry.heading)))
}

/**
 * Why an id by hand is for nothing: the chapter has no such heading, or one that a run of all migrations neither
 * gives that id nor leaves open.
 *
 * @param chapter absolute
 */
export function uselessHeadingId(
  runs: readonly RunOfBook[],
  { chapter, heading, id }: { chapter: string; heading: string; id: string | null },
  isComplete: boolean,
): string | undefined {
  if (!runs.some((run) => hasHeading(run, { chapter, heading }))) return 'the chapter has no such heading'
  const text = plainHeading(heading)
  const files = runs.flatMap(({ report }) =>
    report.files.filter((file) => path.join(report.root, file.path) === chapter),
  )
  const isIdle = files.some(({ after, findings }) => {
    const isLeft = findings.some(
      ({ subject }) => subject?.kind === 'heading' && plainHeading(subject.text) === text,
    )
    return !isLeft && !headingsIn(after).some((one) => one.text === text && one.id === id)
  })
  return isComplete && isIdle ? 'this heading has none of the legacy syntax, and keeps its own id' : undefined
}

/** The texts of headings, whether what stands in brackets is a link or not. */
function headingsOf(text: string): Set<string> {
  return new Set(headingsIn(text).map((heading) => heading.text))
}

function headingsIn(text: string): { text: string; id: string | undefined }[] {
  const headings: { text: string; id: string | undefined }[] = []
  for (const isDefined of [() => true, () => false]) {
    visit(parseChapter('', text, isDefined).tree, 'heading', (heading) => {
      headings.push({ text: plainHeading(headingText(heading)), id: heading.attributes?.id })
    })
  }
  return headings
}

/** Without brackets, and without an attribute that is written as a tag. */
function plainHeading(text: string): string {
  return withoutTag(text).replace(/[[\]]/g, '').trim()
}

function withoutTag(text: string): string {
  const told = text.trimEnd()
  const tag = told.endsWith('>') ? told.indexOf('<#', told.lastIndexOf('>', told.length - 2) + 1) : -1
  return tag < 0 ? text : told.slice(0, tag)
}
