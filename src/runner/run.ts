/**
 * Many chapters, many migrations: a book in, a report out. Nothing is written here. Each migration sees the
 * whole book as the one before left it, looks at all of it first, and then changes chapter by chapter.
 */

import type { BookIndex } from '../book/definitions.ts'
import { isHeavy } from '../book/heavy-texts.ts'
import type { TryText } from '../book/limits.ts'
import { type Book, indexTexts, missingIncludes } from '../book/load.ts'
import type { ResidueFile } from '../book/residue-files.ts'
import { type Breathe, unhurried } from '../breathe.ts'
import { type Failure, failure, ok, type Result } from '../failure.ts'
import { parserInUse, useParser } from '../markdown/parser-in-use.ts'
import type { FileFacts, Settings } from '../model.ts'
import { timedUntilDone } from '../stopwatch.ts'
import type { Announced } from '../transform/define.ts'
import { presumedLabels } from '../transform/run.ts'
import { type Draft, draftOf, inOrder, reportOf, revise } from './draft.ts'
import { type Breach, type ProvenRun, proveRun } from './prove.ts'
import type { BookReport, FileReport, Finding, SearchedFile } from './report.ts'
import { type Unshown, unshownChapters } from './try-chapters.ts'
import type { Stage, Workers } from './workers.ts'

export interface RunOptions {
  /** In order. */
  readonly migrations: readonly Announced[]
  readonly workers: Workers
  /** Whether all migrations are mdshift's own: what those answer depends on nothing but what they are asked. */
  readonly isBundled?: boolean
  /** What the book's people decided. */
  readonly settings: Settings
  /** Whether the result is proven, and what cannot be left as it was. */
  readonly verify?: boolean
  /** Whether it counts as proven only if a second run would change nothing; it does, where nobody says otherwise. */
  readonly idempotent?: boolean
  /** Files that are no chapters, to be searched too. */
  readonly residue?: readonly ResidueFile[]
  readonly observer?: Observer
  /** Whether the findings of a file are asked for, where not all are: of the others, only what those depend on is done. */
  readonly isAsked?: (path: string) => boolean
  /** Tries a text that looks heavy before it is read here. */
  readonly tryText?: TryText
  readonly breathe?: Breathe
}

/** Who looks on while migrations run: what each knew, while the book was as the one before had left it. */
export interface Observer {
  /** An attempt begins, and what was seen of another does not count. */
  begins(): void
  /** A migration has looked at the book, and changed nothing yet. */
  sees(seen: Seen): Promise<void>
}

export interface Seen {
  readonly migration: Announced
  readonly stage: Stage
  /** What its scan made. */
  readonly facts: unknown
  /** Files that are being changed, by path: their texts now, and how they came to be. */
  readonly drafts: ReadonlyMap<string, Pick<Draft, 'file' | 'text' | 'rewrite'>>
}

/**
 * Runs migrations over a book. A file that a migration fails on, or that cannot be proven, stays as it was,
 * whole, and the run begins again without it: what it mentions must not be renamed elsewhere.
 *
 * What cannot be proven might have been misread: it is run once more, read by remark-parse alone, before it is refused.
 */
export async function runBook(book: Book, options: RunOptions): Promise<BookReport> {
  const { report, unproven } = await runUntilProven(book, options)
  if (unproven.size === 0 || parserInUse() === 'remark') return report
  useParser('remark')
  try {
    const again = await runUntilProven(book, options)
    const misread = [...unproven].filter((path) => !again.unproven.has(path))
    return misread.length > 0 ? { ...again.report, misread } : again.report
  } finally {
    useParser('fast')
  }
}

/** A run, and the files that the proof refused. */
interface ProvenReport {
  readonly report: BookReport
  readonly unproven: ReadonlySet<string>
}

async function runUntilProven(book: Book, options: RunOptions): Promise<ProvenReport> {
  const unproven = new Set<string>()
  const failures: Failure[] = [...book.failures]
  const unshown = await unshownIn(book, options)
  failures.push(...unshown.breaches.map(({ failure }) => failure))
  const excluded = new Set(unshown.breaches.flatMap(({ paths }) => paths))
  const missing = missingIncludes(indexTexts(textsOf(book), book.root, book.facts))
  const report = { root: book.root, failures, missing }
  for (;;) {
    const { files, residue, failed, stopped } = await attemptBook(book, excluded, options)
    if (stopped) return { report: { ...report, failures: [...failures, stopped], files, residue }, unproven }
    let breaches: readonly Breach[] = [...failed].map(([path, failure]) => ({ failure, paths: [path] }))
    if (breaches.length === 0 && !options.verify) return { report: { ...report, files, residue }, unproven }
    if (breaches.length === 0) {
      const verdict = await timedUntilDone('compare', () =>
        proveRun(provenRun(book, files, unshown.chapters, options), options.breathe),
      )
      if ('breaches' in verdict) breaches = verdict.breaches
      else if (options.idempotent ?? true)
        breaches = await secondRunBreaches({ ...book, facts: verdict.facts }, files, excluded, options)
      if ('proof' in verdict && breaches.length === 0)
        return { report: { ...report, files, residue, proof: verdict.proof }, unproven }
      for (const { paths } of breaches) for (const path of paths) unproven.add(path)
    }
    const known = excluded.size
    for (const { failure, paths } of breaches) {
      failures.push(failure)
      for (const path of paths) excluded.add(path)
    }
    // What cannot be told from the rest keeps all of the book as it was.
    if (excluded.size === known) for (const { path, edits } of files) if (edits.length > 0) excluded.add(path)
    if (excluded.size === known) throw new Error(`${breaches[0]?.failure.message} although nothing is asked`)
  }
}

/** Chapters that the proof could not render. */
async function unshownIn(book: Book, { verify, tryText }: RunOptions): Promise<Unshown> {
  if (!verify || !tryText) return { chapters: new Set(), breaches: [] }
  return unshownChapters({ root: book.root, texts: textsOf(book), facts: book.facts }, tryText)
}

function provenRun(
  book: Book,
  files: readonly FileReport[],
  unshown: ReadonlySet<string>,
  { migrations, settings }: RunOptions,
): ProvenRun {
  return {
    root: book.root,
    texts: textsOf(book),
    facts: book.facts,
    files,
    migrations: migrations.map(({ id }) => id),
    isPresumed(text) {
      const presumed = migrations.map((migration) => presumedLabels(migration, text, settings))
      return (id) => presumed.some((labels) => labels.has(id))
    },
    html: settings.html === 'rewrite',
    unshown,
  }
}

/**
 * Runs the migrations on their own result: whatever they want then is a breach.
 *
 * @param book with the facts of the result
 */
async function secondRunBreaches(
  book: Book,
  files: readonly FileReport[],
  excluded: ReadonlySet<string>,
  { migrations, workers, settings, breathe = unhurried }: RunOptions,
): Promise<readonly Breach[]> {
  const results = new Map(
    files.filter(({ edits }) => edits.length > 0).map((file) => [file.path, file.after]),
  )
  const result: Book = {
    ...book,
    files: book.files.map((file) => ({ ...file, text: results.get(file.path) ?? file.text })),
  }
  const again = await attemptBook(result, excluded, { migrations, workers, settings, breathe })
  const changed = again.files.filter(({ edits }) => edits.length > 0)
  return [
    ...[...again.failed].map(([path, failure]) => ({ failure, paths: [path] })),
    ...changed.map((file) => ({ failure: againFailure(file), paths: [file.path] })),
  ]
}

function againFailure({ path, findings }: FileReport): Failure {
  const change = findings.find(({ kind }) => kind === 'change')
  const what = change
    ? `${change.migration} would make ${JSON.stringify(change.current[0])} of ${JSON.stringify(change.legacy)}, at ${change.line}:${change.column} of its result`
    : 'for no reason given'
  return failure('MDS014', what, path)
}

interface Attempt {
  readonly files: readonly FileReport[]
  readonly residue: readonly SearchedFile[]
  readonly failed: ReadonlyMap<string, Failure>
  /** What no file is to blame for, and nothing can be done without. */
  readonly stopped?: Failure
}

async function attemptBook(book: Book, excluded: ReadonlySet<string>, options: RunOptions): Promise<Attempt> {
  const written = book.files.filter(({ chosen, path }) => chosen && !excluded.has(path))
  const drafts = new Map(written.map((file) => [file.path, draftOf(file)]))
  const texts = textsOf(book)
  const facts = new Map(book.facts)
  const failed = new Map<string, Failure>()
  const searched = (options.residue ?? [])
    .filter(({ path }) => !excluded.has(path))
    .map((file) => ({ file, findings: [] as Finding[] }))
  options.observer?.begins()
  let index: BookIndex | undefined
  const { settings, migrations, isAsked, breathe = unhurried } = options
  /** Whether a migration from that position on may find anything that is asked for. */
  const isOpen = (position: number) =>
    !isAsked ||
    migrations.slice(position).some((one) => {
      const mayMatch = (text: string) => one.mayMatch(text, settings)
      return (
        searched.some(({ file }) => mayMatch(file.text)) ||
        [...drafts.values()].some(({ file, text }) => isAsked(file.path) && mayMatch(text))
      )
    })
  for (const [position, migration] of migrations.entries()) {
    await breathe()
    if (!isOpen(position)) break
    const chosen = [...drafts.values()].filter(({ text }) => migration.mayMatch(text, settings))
    const concerned =
      chosen.length > 0 || searched.some(({ file }) => migration.mayMatch(file.text, settings))
    if (!concerned && !options.observer) continue
    index ??= indexTexts(texts, book.root, facts)
    remember(facts, index, texts)
    const stage: Stage = {
      migration: migration.id,
      index,
      paths: [...texts.keys()],
      settings,
      parser: parserInUse(),
    }
    const scanned = await timedUntilDone('scan', () =>
      scanBook(migration, stage, { book, texts, drafts, failed, excluded }, options),
    )
    if (!scanned.ok)
      return { files: written.map(draftOf).map(reportOf), residue: [], failed, stopped: scanned.failure }
    const found = scanned.value
    await options.observer?.sees({ migration, stage, facts: found, drafts })
    const others = searched.map(({ file }) => file)
    for (const [position, result] of (await options.workers.search(stage, found, others)).entries()) {
      const one = searched[position]
      if (!one) continue
      if (result.ok) one.findings.push(...result.value)
      else failed.set(one.file.path, result.failure)
    }
    for (const part of partsOf(chosen, isAsked)) {
      const jobs = part.map(({ file, text }) => ({ path: file.path, text }))
      const results = await timedUntilDone('transform', () => options.workers.transform(stage, found, jobs))
      for (const [at, result] of results.entries()) {
        const draft = part[at]
        if (!draft) continue
        if (!result.ok) failed.set(draft.file.path, result.failure)
        else if (revise(draft, migration, result.value)) {
          const refused = await refusedNow(draft, book, options)
          if (refused) {
            failed.set(draft.file.path, refused)
            break
          }
          index = undefined
          texts.set(draft.file.path, draft.text)
          facts.delete(draft.file.path)
        }
      }
      if (failed.size > 0 || !isOpen(position + 1)) break
    }
    if (failed.size > 0) break
  }
  const residue = searched.map(({ file, findings }) => ({ ...file, findings: inOrder(findings) }))
  return { files: [...drafts.values()].map(reportOf), residue, failed }
}

/** What is asked for comes first: the rest may turn out not to be needed. */
function partsOf(drafts: readonly Draft[], isAsked: RunOptions['isAsked']): readonly (readonly Draft[])[] {
  if (!isAsked) return [drafts]
  const asked = drafts.filter(({ file }) => isAsked(file.path))
  return [asked, drafts.filter((draft) => !asked.includes(draft))]
}

/** What a transform makes of a light text may be heavy, and then is tried before anything reads it. */
async function refusedNow(
  { file, text }: Draft,
  { facts }: Book,
  { tryText }: RunOptions,
): Promise<Failure | undefined> {
  if (!tryText || !isHeavy(text) || isHeavy(file.text)) return undefined
  const definitions = [...facts.values()].flatMap((found) => found.definitions)
  return tryText({ path: file.path, text, definitions })
}

/** All texts of a book, as they were read. */
function textsOf(book: Book): Map<string, string> {
  return new Map([...book.outside, ...book.files.map(({ path, text }) => [path, text] as const)])
}

/** Facts of whole files are good until the file changes. */
function remember(facts: Map<string, FileFacts>, index: BookIndex, texts: ReadonlyMap<string, string>): void {
  for (const path of texts.keys()) {
    const found = index.files.get(path)
    if (found) facts.set(path, found)
  }
}

interface State {
  readonly book: Book
  readonly texts: ReadonlyMap<string, string>
  readonly drafts: ReadonlyMap<string, Draft>
  readonly failed: Map<string, Failure>
  /** Files that failed before: they are looked at as far as that goes, since their links lead somewhere too. */
  readonly excluded: ReadonlySet<string>
}

async function scanBook(
  migration: Announced,
  stage: Stage,
  { book, texts, drafts, failed, excluded }: State,
  { workers, settings }: RunOptions,
): Promise<Result<unknown>> {
  const { scan } = migration
  if (!scan) return ok(undefined)
  const items = new Map<string, unknown>()
  if (scan.chapter) {
    const jobs = [...texts]
      .filter(([, text]) => scan.mayMatch?.(text, settings) ?? true)
      .map(([path, text]) => ({ path, text }))
    const results = await workers.scan(stage, jobs)
    for (const [position, result] of results.entries()) {
      const path = jobs[position]?.path ?? ''
      if (!result.ok && !excluded.has(path)) failed.set(path, result.failure)
      else if (result.ok && result.value !== undefined) items.set(path, result.value)
    }
  }
  const written = new Set(drafts.keys())
  return workers.reduce(stage, { texts, unreadable: book.unreadable, written }, items)
}
