/**
 * The chapters' work: parse, look, transform. Jobs and results are plain data, so that whoever does the work
 * may be a thread; this one is the thread that asks.
 */

import { type BookIndex, type Lookup, lookupIn, scopesOf } from '../book/definitions.ts'
import { type Breathe, unhurried } from '../breathe.ts'
import { fail, messageOf, ok, type Result } from '../failure.ts'
import { type Chapter, parseChapter } from '../markdown/parse.ts'
import type { Parser } from '../markdown/parser-in-use.ts'
import type { Settings } from '../model.ts'
import type { LabelAnswer, NearMiss, Transform } from '../transform/define.ts'
import { type Patch, presumedLabels, runTransform } from '../transform/run.ts'
import { type BookData, bookViewOf } from './book-view.ts'
import type { Finding } from './report.ts'
import { searchFile } from './search.ts'

/** What all jobs of one migration have in common. */
export interface Stage {
  /** The migration's id. */
  readonly migration: string
  readonly index: BookIndex
  /** The files whose scopes count. */
  readonly paths: readonly string[]
  /** What the book's people decided. */
  readonly settings: Settings
  /** What reads chapters. */
  readonly parser: Parser
}

export interface Job {
  readonly path: string
  readonly text: string
}

export interface AskedLabel {
  /** As written. */
  readonly label: string
  /** The file that it stands in, where there is one. */
  readonly path: string | undefined
}

export interface Workers {
  /** What each chapter contributes to the migration's scan, in the order of the jobs. */
  scan(stage: Stage, jobs: readonly Job[]): Promise<readonly Result<unknown>[]>
  /** What the migration makes of all that chapters contributed, by path: its facts. */
  reduce(stage: Stage, book: BookData, items: ReadonlyMap<string, unknown>): Promise<Result<unknown>>
  /** What the migration wants of each chapter, in the order of the jobs. */
  transform(stage: Stage, facts: unknown, jobs: readonly Job[]): Promise<readonly Result<Patch>[]>
  /** What the migration finds in files that are no chapters, in their order. */
  search(stage: Stage, facts: unknown, files: readonly Job[]): Promise<readonly Result<readonly Finding[]>[]>
  /** What looks like the migration's legacy syntax in a chapter, and is none. */
  nearMisses(stage: Stage, facts: unknown, job: Job): Promise<Result<readonly NearMiss[]>>
  /** What becomes of a label, as a file has it, or any. */
  explainLabel(stage: Stage, facts: unknown, asked: AskedLabel): Promise<Result<LabelAnswer | undefined>>
  close(): Promise<void>
}

/** Characters of chapters whose trees are kept, since a tree takes up to a hundred times as much as its text. */
const HELD = 4_000_000

/** Of more chapters than these so few would be kept that it is not worth it. */
const MANY = 5000

/** What a tree takes however short its text is, in characters of a longer one. */
const EACH = 4000

/**
 * Works in the thread that asks. A chapter is parsed once for all migrations that are shown the same book and read
 * its labels alike.
 */
export function inProcess(transforms: readonly Transform[], breathe: Breathe = unhurried): Workers {
  const lookups = new WeakMap<BookIndex, Lookup>()
  const parsed = new WeakMap<BookIndex, Map<string, Chapter>>()
  const held = new WeakMap<BookIndex, number>()

  async function transformed(
    stage: Stage,
    transform: Transform,
    facts: unknown,
    job: Job,
  ): Promise<Result<Patch>> {
    try {
      const { chapter, forget } = chapterOf(stage, transform, job)
      const result = await runTransform(transform, chapter, facts, stage.settings)
      // A tree that a migration changed is not what the next one is to see.
      if (!result.ok || result.value.made) forget()
      return result
    } catch (cause) {
      return fail('MDS006', `${transform.id}: ${messageOf(cause)}`, job.path, cause)
    }
  }

  function chapterOf(
    stage: Stage,
    transform: Transform,
    { path, text }: Job,
  ): { readonly chapter: Chapter; forget(): void } {
    const { index, settings } = stage
    const chapters = parsed.get(index) ?? new Map<string, Chapter>()
    parsed.set(index, chapters)
    const lookup = lookups.get(index) ?? lookupIn(index, scopesOf(index, stage.paths))
    lookups.set(index, lookup)
    const presumed = presumedLabels(transform, text, settings)
    const key = [path, ...presumed].join('\0')
    const known = chapters.get(key)
    const forget = () => chapters.delete(key)
    if (known?.text === text) return { chapter: known, forget }
    const isDefined = (id: string) => lookup.isKnown(path, id)
    const chapter = parseChapter(path, text, isDefined, (id) => presumed.has(id))
    // The first ones are kept, and not the last: all are asked for in the same order again.
    const size = (held.get(index) ?? 0) + text.length + EACH
    if (size <= HELD && stage.paths.length <= MANY) {
      chapters.set(key, chapter)
      held.set(index, size)
    }
    return { chapter, forget }
  }

  function transformOf({ migration }: Stage): Transform {
    const transform = transforms.find(({ id }) => id === migration)
    if (!transform) throw new Error(`no transform ${migration}`)
    return transform
  }

  return {
    async scan(stage, jobs) {
      const transform = transformOf(stage)
      const results: Result<unknown>[] = []
      for (const job of jobs) {
        await breathe()
        results.push(
          attempt(transform, job.path, () =>
            transform.scan?.chapter?.(chapterOf(stage, transform, job).chapter, stage.settings),
          ),
        )
      }
      return results
    },
    async reduce(stage, book, items) {
      const transform = transformOf(stage)
      try {
        return ok(transform.scan?.reduce(bookViewOf(stage, book), items))
      } catch (cause) {
        return fail('MDS055', `${transform.id}: ${messageOf(cause)}`, undefined, cause)
      }
    },
    async transform(stage, facts, jobs) {
      const transform = transformOf(stage)
      const results: Result<Patch>[] = []
      for (const job of jobs) {
        await breathe()
        results.push(await transformed(stage, transform, facts, job))
      }
      return results
    },
    async search(stage, facts, files) {
      const transform = transformOf(stage)
      const results: Result<readonly Finding[]>[] = []
      for (const file of files) {
        await breathe()
        results.push(attempt(transform, file.path, () => searchFile(transform, file, facts, stage.settings)))
      }
      return results
    },
    async nearMisses(stage, facts, job) {
      const transform = transformOf(stage)
      return attempt(
        transform,
        job.path,
        () => transform.explain?.(chapterOf(stage, transform, job).chapter, facts) ?? [],
      )
    },
    async explainLabel(stage, facts, { label, path }) {
      const transform = transformOf(stage)
      return attempt(transform, path, () => transform.explainLabel?.(label, facts, path))
    },
    async close() {},
  }
}

/** Several who work, each for migrations of its own; the first that has one is asked. */
export function joined(
  parts: readonly { has(migration: string): boolean; readonly workers: Workers }[],
): Workers {
  const of = ({ migration }: Stage): Workers => {
    const part = parts.find((one) => one.has(migration))
    if (!part) throw new Error(`no transform ${migration}`)
    return part.workers
  }
  return {
    scan: (stage, jobs) => of(stage).scan(stage, jobs),
    reduce: (stage, book, items) => of(stage).reduce(stage, book, items),
    transform: (stage, facts, jobs) => of(stage).transform(stage, facts, jobs),
    search: (stage, facts, files) => of(stage).search(stage, facts, files),
    nearMisses: (stage, facts, job) => of(stage).nearMisses(stage, facts, job),
    explainLabel: (stage, facts, asked) => of(stage).explainLabel(stage, facts, asked),
    async close() {
      for (const { workers } of parts) await workers.close()
    },
  }
}

/** What a migration answers; `MDS006` where it throws. */
function attempt<Value>({ id }: Transform, path: string | undefined, answer: () => Value): Result<Value> {
  try {
    return ok(answer())
  } catch (cause) {
    return fail('MDS006', `${id}: ${messageOf(cause)}`, path, cause)
  }
}
