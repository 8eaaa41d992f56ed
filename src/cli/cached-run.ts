/** `check --cache`: what a run of the same book by the same mdshift came to is not worked out again. */
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Book } from '../book/load.ts'
import { programHash } from '../book/program-files.ts'
import { type Failure, failure, messageOf } from '../failure.ts'
import { keptRun, reportFrom } from '../runner/kept-run.ts'
import type { BookReport } from '../runner/report.ts'
import { type RunOptions, runBook } from '../runner/run.ts'
import { runKey } from '../runner/run-key.ts'
import { type Cache, cacheFolderOf, cacheIn } from '../store/cache.ts'
import type { Io } from './io.ts'
import { nameFrom } from './name-from.ts'

export interface CachedRuns {
  run(book: Book, options: RunOptions): Promise<BookReport>
  /** Why what was found could not be kept. */
  readonly failures: readonly Failure[]
}

/** @param location the folder that the user named for it, if one was */
export function cachedRuns(
  { version, location }: { readonly version: string; readonly location: string | undefined },
  io: Io,
): CachedRuns {
  const failures: Failure[] = []
  const program = `${version} ${programHash(path.dirname(fileURLToPath(io.threadScript)))}`
  const folder = location === undefined ? undefined : path.resolve(io.cwd, location)
  const keep = async (cache: Cache, key: string, text: string, root: string) => {
    try {
      await cache.keep(key, text)
    } catch (cause) {
      const place = nameFrom(io.cwd, folder ?? cacheFolderOf(root))
      failures.push(failure('MDS106', messageOf(cause), place, cause))
    }
  }
  return {
    failures,
    async run(book, options) {
      // Code of other people may ask anything: the time, the network, a file that nobody knows of.
      if (!options.isBundled || options.verify) return runBook(book, options)
      const cache = cacheIn(book.root, folder)
      const key = runKey(book, options, program)
      const text = cache.find(key)
      const known = text === undefined ? undefined : reportFrom(text, book, options.residue ?? [])
      if (known) return known
      let tries = 0
      const { tryText } = options
      const report = await runBook(book, {
        ...options,
        ...(tryText && {
          tryText: (heavy) => {
            tries += 1
            return tryText(heavy)
          },
        }),
      })
      // How long a text takes is not the same each time.
      const made = tries === 0 ? keptRun(book, report) : undefined
      if (made !== undefined) await keep(cache, key, made, book.root)
      return report
    },
  }
}
