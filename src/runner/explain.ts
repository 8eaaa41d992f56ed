/**
 * Why migrations do what they do: the near misses of one file, and what becomes of labels. The whole book is
 * run to know it, since the whole book is the evidence; nothing is written.
 */
import { labelsMentioned } from '../book/definitions.ts'
import type { Book } from '../book/load.ts'
import type { Failure } from '../failure.ts'
import { groupBy } from '../group-by.ts'
import { labelId } from '../label-id.ts'
import type { Span } from '../model.ts'
import { type Position, positionsIn } from '../position.ts'
import type { LabelAnswer, NearMiss } from '../transform/define.ts'
import { originsIn } from '../transform/edits.ts'
import type { Draft } from './draft.ts'
import type { BookReport } from './report.ts'
import { type Observer, type RunOptions, runBook, type Seen } from './run.ts'

/** What looks like legacy syntax and is none, placed in the file as it was read. */
export interface PlacedNearMiss extends Span, Position {
  /** The id of the migration. */
  readonly migration: string
  readonly text: string
  readonly because: string
}

/** What becomes of one label. */
export interface LabelExplanation {
  /** As it was asked for. */
  readonly label: string
  readonly definitions: readonly DefinitionPlace[]
  /** Files that have it in brackets anywhere. */
  readonly mentionedIn: readonly string[]
  /** One where all of the book agrees. */
  readonly answers: readonly LabelStory[]
}

interface DefinitionPlace extends Position {
  readonly path: string
  readonly destination: string
  readonly title: string
}

/** What becomes of a label in some files, migration by migration. */
export interface LabelStory {
  /** Files that it is so in; none where the book does not have the label. */
  readonly paths: readonly string[]
  /** What the label is in the end. */
  readonly current: string
  readonly steps: readonly LabelStep[]
}

/** What one migration says of a label that the ones before have made. */
export interface LabelStep {
  /** The id of the migration. */
  readonly migration: string
  readonly label: string
  readonly answer: LabelAnswer
}

/**
 * Runs the migrations over a book, and looks for near misses in one of its files. What a migration
 * changes or leaves is none of its own.
 *
 * @param path of a chapter, relative to the book's root
 */
export async function explainFile(
  book: Book,
  path: string,
  options: RunOptions,
): Promise<{ readonly report: BookReport; readonly nearMisses: readonly PlacedNearMiss[] }> {
  let found: PlacedNearMiss[] = []
  let failures: Failure[] = []
  const observer: Observer = {
    begins: () => {
      found = []
      failures = []
    },
    async sees(seen) {
      const draft = seen.drafts.get(path)
      if (!draft) return
      const job = { path, text: draft.text }
      const result = await options.workers.nearMisses(seen.stage, seen.facts, job)
      if (result.ok) found.push(...placed(result.value, draft, seen))
      else failures.push(result.failure)
    },
  }
  const report = withFailures(await runBook(book, { ...options, observer }), failures)
  const findings = report.files.find((file) => file.path === path)?.findings ?? []
  const nearMisses = found.filter(
    (miss) => !findings.some((one) => one.migration === miss.migration && overlap(one, miss)),
  )
  return { report, nearMisses: nearMisses.toSorted((a, b) => a.start - b.start) }
}

function overlap(a: Span, b: Span): boolean {
  return a.start < b.end && b.start < a.end
}

/** Near misses by offsets into a file as it is now → their places in the file as it was read. */
function placed(
  misses: readonly NearMiss[],
  { file, text, rewrite }: Pick<Draft, 'file' | 'text' | 'rewrite'>,
  { migration }: Seen,
): PlacedNearMiss[] {
  const places = positionsIn(file.text)
  const originOf = originsIn(rewrite)
  return misses.map(({ start, end, because }) => {
    const origin = originOf({ start, end })
    return {
      ...origin,
      ...places(origin.start),
      migration: migration.id,
      text: text.slice(start, end),
      because,
    }
  })
}

function withFailures(report: BookReport, failures: readonly Failure[]): BookReport {
  return failures.length === 0 ? report : { ...report, failures: [...report.failures, ...failures] }
}

/**
 * Runs the migrations over a book, and asks what becomes of labels: where they are defined, or else wherever
 * they are mentioned. A label that the book does not have is answered by what the book proves otherwise.
 *
 * @param labels as written
 */
export async function explainLabels(
  book: Book,
  labels: readonly string[],
  options: RunOptions,
): Promise<{ readonly report: BookReport; readonly labels: readonly LabelExplanation[] }> {
  const known = labels.map((label) => ({ label, ...placesOf(book, label) }))
  let stories: Story[] = []
  let failures: Failure[] = []
  const observer: Observer = {
    begins: () => {
      failures = []
      stories = known.flatMap(({ label, paths }) =>
        paths.map((path) => ({ asked: label, path, current: label, steps: [] })),
      )
    },
    async sees({ migration, stage, facts }) {
      for (const story of stories) {
        const asked = { label: story.current, path: story.path }
        const result = await options.workers.explainLabel(stage, facts, asked)
        if (result.ok) tell(story, migration.id, result.value)
        else failures.push(result.failure)
      }
    },
  }
  const report = withFailures(await runBook(book, { ...options, observer }), failures)
  return {
    report,
    labels: known.map(({ label, definitions, mentionedIn }) => ({
      label,
      definitions,
      mentionedIn,
      answers: merged(stories.filter(({ asked }) => asked === label)),
    })),
  }
}

/** The story of one label in one file, while it goes on. */
interface Story {
  readonly asked: string
  readonly path: string | undefined
  current: string
  readonly steps: LabelStep[]
}

function tell(story: Story, migration: string, answer: LabelAnswer | undefined): void {
  if (!answer) return
  story.steps.push({ migration, label: story.current, answer })
  if (answer.kind === 'rename') story.current = answer.to
}

function placesOf(book: Book, label: string) {
  const id = labelId(label)
  const definitions = book.files.flatMap(({ path, text }) => {
    const places = positionsIn(text)
    return (book.facts.get(path)?.definitions ?? [])
      .filter((definition) => definition.id === id)
      .map(({ start, destination, title }) => ({ path, ...places(start), destination, title }))
  })
  const mentionedIn = book.files.filter(({ text }) => labelsMentioned(text).has(id)).map(({ path }) => path)
  const paths = [...new Set(definitions.length > 0 ? definitions.map(({ path }) => path) : mentionedIn)]
  return { definitions, mentionedIn, paths: paths.length > 0 ? paths : [undefined] }
}

/** Files in which the same is said of a label are told together. */
function merged(stories: readonly Story[]): LabelStory[] {
  return [...groupBy(stories, ({ steps }) => JSON.stringify(steps)).values()].flatMap((group) => {
    const [first] = group
    if (!first) return []
    const paths = group.flatMap(({ path }) => path ?? [])
    return [{ paths, current: first.current, steps: first.steps }]
  })
}
