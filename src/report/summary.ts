/** What a run comes to, for a person: files in jscodeshift's words, edits by migration, what was left and why. */
import type { Failure, FailureCode } from '../failure.ts'
import { groupBy } from '../group-by.ts'
import { type BookReport, type Finding, isOpen, searchedFiles } from '../runner/report.ts'
import { changeText } from './findings.ts'
import { type Colors, count, oneLine, visible } from './terminal.ts'

/** At most this many groups of what was left are shown one by one. */
const SHOWN = 20

/** At most this many calls of an author's code. */
const CALLS = 5

export interface Totals {
  /** Could not be read, transformed or written. */
  readonly errors: number
  /** No legacy syntax. */
  readonly unmodified: number
  /** Legacy syntax that was all left. */
  readonly skipped: number
  /** Changed. */
  readonly ok: number
}

export function totalsOf(books: readonly BookReport[]): Totals {
  const files = books.flatMap((book) => book.files)
  const changed = files.filter(({ edits }) => edits.length > 0).length
  const skipped = files.filter(({ edits, findings }) => edits.length === 0 && findings.length > 0).length
  return {
    errors: books.reduce((sum, { failures }) => sum + failures.length, 0),
    unmodified: files.length - changed - skipped,
    skipped,
    ok: changed,
  }
}

export interface SummaryOptions {
  /** Whether files were written. */
  readonly written: boolean
  readonly seconds: number
  readonly migrations: readonly string[]
  /** How many files kept the others from being written. */
  readonly unwritten?: number
  /** Files that somebody looked at and passed over, of those without a change or anything left. */
  readonly passedOver?: number
  /** Whether these are transforms of no version: nothing is decided about what they leave. */
  readonly isOneOff?: boolean
  /** A file's path as the user would name it. */
  nameOf(book: BookReport, path: string): string
}

/** The summary's lines. */
export function summaryLines(
  books: readonly BookReport[],
  options: SummaryOptions,
  colors: Colors,
): string[] {
  const totals = totalsOf(books)
  const { passedOver = 0, isOneOff = false } = options
  const findings = books.flatMap((book) =>
    searchedFiles(book).flatMap((file) =>
      file.findings.map((finding) => ({ name: options.nameOf(book, file.path), finding })),
    ),
  )
  return [
    `${options.written ? 'Results' : 'Results (nothing was written)'}:`,
    `  ${count(totals.errors + (options.unwritten ?? 0), 'error')}, ${totals.unmodified - passedOver} unmodified, ${totals.skipped + passedOver} skipped, ${colors.green(`${totals.ok} ok`)}`,
    ...migrationLines(
      findings.map(({ finding }) => finding),
      options.migrations,
    ),
    ...leftLines(findings, isOneOff, colors),
    ...books.flatMap(missingLines),
    ...books.flatMap(proofLines),
    ...books.flatMap((book) => misreadLines(book, options)),
    `Time elapsed: ${options.seconds.toFixed(1)} seconds`,
  ]
}

/** Whoever sees this has found a mistake of the fast parser, which the proof kept from doing harm. */
function misreadLines(book: BookReport, { nameOf }: SummaryOptions): string[] {
  const { misread = [] } = book
  if (misread.length === 0) return []
  const names = misread.map((path) => visible(nameOf(book, path)))
  return [
    `${count(misread.length, 'file')} could be proven only as remark-parse reads ${misread.length === 1 ? 'it' : 'them'}, which is worth a report: ${names.join(', ')}`,
  ]
}

function migrationLines(findings: readonly Finding[], migrations: readonly string[]): string[] {
  const changes = groupBy(
    findings.filter(({ kind }) => kind === 'change'),
    ({ migration }) => migration,
  )
  const width = Math.max(...migrations.map((id) => id.length))
  return migrations.map((id) => `  ${id.padEnd(width)}  ${count(changes.get(id)?.length ?? 0, 'edit')}`)
}

interface Named {
  readonly name: string
  readonly finding: Finding
}

function leftLines(findings: readonly Named[], isOneOff: boolean, colors: Colors): string[] {
  const open = findings.filter(({ finding }) => isOpen(finding))
  const warned = findings.filter(({ finding }) => finding.kind === 'opaque' || finding.kind === 'doubtful')
  return [
    ...(open.length > 0 ? [colors.red(`Left, and needs a decision: ${count(open.length, 'place')}`)] : []),
    ...groupLines(open, colors),
    ...(open.length > 0 && !isOneOff ? [HINT] : []),
    ...(warned.length > 0 ? [colors.yellow(`Left as it is: ${count(warned.length, 'place')}`)] : []),
    ...reasonLines(warned),
  ]
}

const HINT =
  '  `mdshift explain PATH:LINE` tells more of each; `mdshift migrate --decide FILE` hands them over to be decided.'

/** The same text left for the same reason is told once, with its first place. */
function groupLines(found: readonly Named[], colors: Colors): string[] {
  const groups = [...groupBy(found, ({ finding }) => `${finding.legacy}\0${finding.because}`).values()]
  const lines = groups.slice(0, SHOWN).flatMap((group) => {
    const [first] = group
    if (!first) return []
    const { name, finding } = first
    const more = group.length > 1 ? ` and ${count(group.length - 1, 'more place')}` : ''
    return [
      `  ${changeText(finding, colors)}  (${finding.kind})`,
      `    ${visible(finding.because)}`,
      `    ${visible(name)}:${finding.line}:${finding.column}${more}`,
    ]
  })
  return groups.length > SHOWN
    ? [...lines, `  … and ${groups.length - SHOWN} more; \`mdshift check\` lists them all`]
    : lines
}

function reasonLines(found: readonly Named[]): string[] {
  const groups = groupBy(found, ({ finding }) => `${finding.migration}: ${finding.because}`)
  const lines = [...groups].map(([reason, group]) => `  ${group.length} × ${visible(reason)}`)
  return lines.length > SHOWN
    ? [
        ...lines.slice(0, SHOWN),
        `  … and ${lines.length - SHOWN} more reasons; \`mdshift check\` lists them all`,
      ]
    : lines
}

/** What was proven. */
function proofLines({ proof }: BookReport): string[] {
  if (!proof) return ['Not proven (--no-verify)']
  const { chapters, rendered, links, images, footnotes, headings, declared, mended } = proof
  const counts = [
    count(links, 'link'),
    count(images, 'image'),
    count(footnotes, 'footnote'),
    count(headings, 'heading'),
  ]
  const proven = `Proven: ${chapters} of ${count(chapters, 'chapter')}`
  if (rendered === 0) return [`${proven}. None of them changes`]
  const more = mended === 0 ? '' : `; links that led nowhere and lead to a heading now: ${mended}`
  return [
    `${proven}, of which ${rendered} change. ${counts.join(', ')} lead and read as before; ${count(declared, 'difference')}, all declared by edits${more}`,
  ]
}

/** Told once for a book: labels may be defined where nobody could look. */
export function missingLines({ missing }: Pick<BookReport, 'missing'>): string[] {
  if (missing.length === 0) return []
  const shown = missing.slice(0, 3).map((place) => `    ${visible(place)}`)
  return [
    `Includes that lead nowhere: ${missing.length}. Labels that they may define were decided without them.`,
    ...shown,
    ...(missing.length > 3 ? [`    … and ${missing.length - 3} more`] : []),
  ]
}

/** A failure as it is told, whoever wrote it down. */
interface Problem extends Pick<Failure, 'message' | 'next'> {
  readonly code: string
  readonly place?: string | undefined
  readonly trace?: readonly string[] | undefined
}

/** What goes wrong and keeps nothing from being done. */
export function warningsLines(warnings: readonly Problem[], colors: Colors): string[] {
  return problemLines(warnings, colors.yellow('warning'))
}

/** What somebody has to know all of before going on. */
const SHOWN_WHOLE: ReadonlySet<string> = new Set<FailureCode>(['MDS070', 'MDS072', 'MDS076'])

/** Failures, each with its place first; many of one kind are cut short. */
export function failuresLines(failures: readonly Problem[], colors: Colors): string[] {
  return problemLines(failures, colors.red('error'))
}

function problemLines(failures: readonly Problem[], word: string): string[] {
  return [...groupBy(failures, ({ code }) => code)].flatMap(([kind, group]) => {
    const shown = SHOWN_WHOLE.has(kind) ? group.length : SHOWN
    const lines = group
      .slice(0, shown)
      .flatMap(({ code, place, message, trace = [] }) => [
        `${word} ${code}  ${place === undefined ? '' : `${visible(place)}: `}${visible(oneLine(message))}`,
        ...trace.slice(0, CALLS).map((call) => `    ${visible(call)}`),
      ])
    const more = group.length > shown ? [`  … and ${count(group.length - shown, 'more file')}`] : []
    return [...lines, ...more, `  ${group[0]?.next ?? ''}`]
  })
}
