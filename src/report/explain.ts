/** Decisions, with the rule and the evidence of each, as text and as JSON. */
import type { LabelExplanation, LabelStep, LabelStory, PlacedNearMiss } from '../runner/explain.ts'
import type { Finding } from '../runner/report.ts'
import { changeText, toldFinding } from './findings.ts'
import { type Colors, count, jsonText, visible } from './terminal.ts'

/** At most this many definitions of one label are shown. */
const SHOWN = 5

/** What is said of one file, or of one place in it. */
export interface FileExplanation {
  /** As the user would name it. */
  readonly path: string
  readonly findings: readonly Finding[]
  readonly nearMisses: readonly PlacedNearMiss[]
}

/** Two lines a decision, in the order of the text: what, and why. */
export function fileLines({ path, findings, nearMisses }: FileExplanation, colors: Colors): string[] {
  const told = [
    ...findings.map((finding) => ({ at: finding.start, lines: findingLines(path, finding, colors) })),
    ...nearMisses.map((miss) => ({ at: miss.start, lines: nearMissLines(path, miss, colors) })),
  ]
  return told.toSorted((a, b) => a.at - b.at).flatMap(({ lines }) => lines)
}

/** `2 edits, 1 left, 3 near misses`. */
export function fileSummary({ findings, nearMisses }: FileExplanation): string {
  const edits = findings.filter(({ kind }) => kind === 'change').length
  return `${count(edits, 'edit')}, ${findings.length - edits} left, ${count(nearMisses.length, 'near miss', 'near misses')}`
}

function findingLines(path: string, finding: Finding, colors: Colors): string[] {
  const left = finding.kind === 'change' ? '' : `  ${colors.yellow(`left: ${finding.kind}`)}`
  return [
    `${placeText(path, finding, colors)}  ${changeText(finding, colors)}${left}`,
    reasonLine(finding.migration, finding.because, colors),
  ]
}

function nearMissLines(path: string, miss: PlacedNearMiss, colors: Colors): string[] {
  return [
    `${placeText(path, miss, colors)}  ${visible(miss.text)}  ${colors.green('stays')}`,
    reasonLine(miss.migration, miss.because, colors),
  ]
}

function placeText(path: string, { line, column }: { line: number; column: number }, colors: Colors): string {
  return colors.bold(`${visible(path)}:${line}:${column}`)
}

function reasonLine(migration: string, because: string, colors: Colors): string {
  return `    ${colors.dim(migration)}: ${visible(because)}`
}

/** The lines of one label: what it becomes, or why it stays, and where it is defined. */
export function labelLines(
  { label, definitions, mentionedIn, answers }: LabelExplanation,
  nameOf: (path: string) => string,
  colors: Colors,
): string[] {
  const lines = answers.flatMap((story) => storyLines(label, story, answers.length > 1, nameOf, colors))
  const shown = definitions.slice(0, SHOWN).map(({ path, line, column, destination, title }) => {
    const target = destination === '#' && title !== '' ? `# ${JSON.stringify(title)}` : destination
    return `    defined at ${visible(nameOf(path))}:${line}:${column}, leads to ${visible(target)}`
  })
  const more = definitions.length - shown.length
  return [
    ...lines,
    ...shown,
    ...(more > 0 ? [`    … and ${count(more, 'more definition')}`] : []),
    mentionedIn.length === 0
      ? '    no file of the book has it'
      : `    in brackets in ${count(mentionedIn.length, 'file')}${definitions.length === 0 ? ', and defined in none' : ''}`,
  ]
}

/** The same where there is no book. */
export function grammarLines({ label, answers }: LabelExplanation, colors: Colors): string[] {
  return answers.flatMap((story) => storyLines(label, story, false, String, colors))
}

function storyLines(
  label: string,
  { current, paths, steps }: LabelStory,
  tellPaths: boolean,
  nameOf: (path: string) => string,
  colors: Colors,
): string[] {
  const where = tellPaths ? `  in ${paths.map((path) => visible(nameOf(path))).join(', ')}` : ''
  const open = steps.find(({ answer }) => answer.kind === 'refused' || answer.kind === 'undecided')
  const end = open === undefined ? colors.green('stays') : colors.yellow(`left: ${open.answer.kind}`)
  const head =
    current === label
      ? `${visible(label)}  ${end}`
      : `${colors.red(visible(label))} → ${colors.green(visible(current))}${open === undefined ? '' : `  ${end}`}`
  return [
    head + where,
    ...(steps.length === 0 ? ['    no migration is about such a label'] : []),
    ...steps.map((step) => stepLine(step, colors)),
  ]
}

function stepLine({ migration, label, answer }: LabelStep, colors: Colors): string {
  switch (answer.kind) {
    case 'rename':
      return reasonLine(migration, `${label} → ${answer.to}: ${answer.because}`, colors)
    case 'refused':
    case 'undecided': {
      const candidates =
        answer.candidates.length === 0 ? '' : `; it could be ${answer.candidates.join(' or ')}`
      return reasonLine(migration, `${label} is ${answer.kind}: ${answer.because}${candidates}`, colors)
    }
    case 'stays':
      return reasonLine(migration, `${label} stays: ${answer.because}`, colors)
    default:
      return answer satisfies never
  }
}

/** `explain PATH` for programs; offsets are not told, since a byte order mark shifts them. */
export function fileJson({ path, findings, nearMisses }: FileExplanation): string {
  const value = {
    version: 1,
    path,
    findings: findings.map(toldFinding),
    nearMisses: nearMisses.map(({ line, column, migration, text, because }) => ({
      line,
      column,
      migration,
      text,
      because,
    })),
  }
  return jsonText(value)
}

/** `explain --label` for programs: a list for each book, `book` being `null` where the grammar alone decided. */
export function labelsJson(
  books: readonly { readonly book: string | null; readonly labels: readonly LabelExplanation[] }[],
): string {
  return jsonText({ version: 1, books })
}
