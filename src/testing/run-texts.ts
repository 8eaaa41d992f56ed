/** A small book in memory, run as `mdshift run` runs one on the disk, and proven. */
import path from 'node:path'
import { loadBook } from '../book/load.ts'
import { encodeSource } from '../book/source-text.ts'
import type { Settings } from '../model.ts'
import { runBook } from '../runner/run.ts'
import { inProcess } from '../runner/workers.ts'
import type { Transform } from '../transform/define.ts'
import { leftLines } from './left-lines.ts'
import { CHAPTER, type Texts } from './texts.ts'
import { Told } from './told.ts'

export interface Setting {
  readonly settings: Settings
  /** File name endings of chapters, with the dot. */
  readonly extensions: readonly string[]
  /** Whether a second run has to change nothing. */
  readonly idempotent: boolean
  /** Where failures say that the book is: a folder from the current one, or nothing. */
  readonly place: string
}

export interface Ran {
  /** All that was given, as it is after the run. */
  readonly texts: Texts
  /** What was seen and left, a line each. */
  readonly left: string
}

/** A folder that is not there: nothing is read from the disk, whatever is included. */
const ROOT = path.resolve('/mdshift-testing-book')

/**
 * Runs transforms over the texts of a book.
 *
 * @throws everything that failed, told: no file is changed then
 */
export async function runTexts(
  texts: Texts,
  transforms: readonly Transform[],
  { settings, extensions, idempotent, place }: Setting,
): Promise<Ran> {
  const bytes = new Map(
    Object.entries(texts).map(([file, text]) => [path.join(ROOT, file), Buffer.from(text)]),
  )
  const chapters = Object.keys(texts)
    .filter((file) => extensions.includes(path.extname(file)))
    .sort()
  const book = await loadBook({ root: ROOT, all: chapters, chosen: chapters }, async (file) => {
    const found = bytes.get(file)
    if (!found) throw new Error('the book has no such file')
    return found
  })
  const workers = inProcess(transforms)
  const report = await runBook(book, { migrations: transforms, workers, settings, verify: true, idempotent })
  if (report.failures.length > 0)
    throw new Told(
      report.failures.map((failed) =>
        failed.place === undefined ? failed : { ...failed, place: path.posix.join(place, failed.place) },
      ),
    )
  const after = report.files.map(({ path: file, after: text, bom }) => [
    file,
    Buffer.from(encodeSource({ text, bom })).toString(),
  ])
  const isOne = Object.keys(texts).length === 1 && CHAPTER in texts
  const left = report.files.map(({ findings, path: file }) => leftLines(findings, isOne ? '' : file)).join('')
  return { texts: { ...texts, ...Object.fromEntries(after) }, left }
}
