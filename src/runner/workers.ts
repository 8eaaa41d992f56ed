/**
 * The chapters' work: parse, look, transform. Jobs and results are plain data, so that whoever does the work
 * may be a thread; this one is the thread that asks.
 */
import { type BookIndex, type Lookup, lookupIn, scopesOf } from '../book/definitions.ts'
import { fail, messageOf, ok, type Result } from '../failure.ts'
import { type Chapter, parseChapter } from '../markdown/parse.ts'
import type { Settings } from '../model.ts'
import type { Transform } from '../transform/define.ts'
import { type Patch, presumedLabels, runTransform } from '../transform/run.ts'

/** What all jobs of one migration have in common. */
export interface Stage {
  /** The migration's id. */
  readonly migration: string
  readonly index: BookIndex
  /** The files whose scopes count. */
  readonly paths: readonly string[]
  /** What the book's people decided. */
  readonly settings: Settings
}

interface Job {
  readonly path: string
  readonly text: string
}

export interface Workers {
  /** What each chapter contributes to the migration's scan, in the order of the jobs. */
  scan(stage: Stage, jobs: readonly Job[]): Promise<readonly Result<unknown>[]>
  /** What the migration wants of each chapter, in the order of the jobs. */
  transform(stage: Stage, facts: unknown, jobs: readonly Job[]): Promise<readonly Result<Patch>[]>
  close(): Promise<void>
}

/**
 * Works in the thread that asks. A chapter is parsed once for all migrations that are shown the same book and read
 * its labels alike.
 */
export function inProcess(transforms: readonly Transform[]): Workers {
  const lookups = new WeakMap<BookIndex, Lookup>()
  const parsed = new WeakMap<BookIndex, Map<string, Chapter>>()

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
    chapters.set(key, chapter)
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
      return jobs.map((job) => {
        try {
          return ok(transform.scan?.chapter?.(chapterOf(stage, transform, job).chapter, stage.settings))
        } catch (cause) {
          return fail('MDS006', `${transform.id}: ${messageOf(cause)}`, job.path, cause)
        }
      })
    },
    async transform(stage, facts, jobs) {
      const transform = transformOf(stage)
      const results: Result<Patch>[] = []
      for (const job of jobs) results.push(await transformed(stage, transform, facts, job))
      return results
    },
    async close() {},
  }
}
