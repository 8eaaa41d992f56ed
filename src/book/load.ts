/**
 * Files on disk → a book in memory: their texts, and the index of what they define and include. Files that
 * are included but are no chapters of the book (or could not be read) are known to the index and never
 * changed.
 */
import path from 'node:path'
import { type Breathe, unhurried } from '../breathe.ts'
import { type Failure, fail, messageOf, type Result } from '../failure.ts'
import type { FileFacts, IncludedPart, Span } from '../model.ts'
import { type BookIndex, labelsMentioned, partKey } from './definitions.ts'
import type { BookFiles } from './discover.ts'
import { readFileFacts } from './file-facts.ts'
import { resolveTarget, spanOfPart, takePart } from './includes.ts'
import { readRegularFile } from './read-regular-file.ts'
import { decodeSource, type SourceText } from './source-text.ts'

/** One chapter or part of a chapter, as read. */
export interface BookFile extends SourceText {
  /** Relative to the book's root, with `/`. */
  readonly path: string
  /** Whether it was asked for: others are read, and stay as they are. */
  readonly chosen: boolean
}

export interface Book {
  /** Absolute. */
  readonly root: string
  readonly files: readonly BookFile[]
  readonly failures: readonly Failure[]
  /** Texts by path that are known and stay as they are: files that were not chosen, or are no chapters. */
  readonly outside: ReadonlyMap<string, string>
  /** Facts by path, of all texts above. */
  readonly facts: ReadonlyMap<string, FileFacts>
  /** Labels that files mention which could not be read, and one such file each. */
  readonly unreadable: ReadonlyMap<string, string>
}

/**
 * The bytes of a file.
 *
 * @param file absolute
 */
export type ReadBytes = (file: string) => Promise<Uint8Array>

/** Which files to read, and what of the book could not be looked at. */
export type FilesToRead = Pick<BookFiles, 'root' | 'all' | 'chosen'> & Partial<Pick<BookFiles, 'failures'>>

/**
 * Reads all files of a book. An unreadable one is a failure in the book, never a lost run.
 *
 * @param readBytes where the files are, if not on the disk
 */
export async function loadBook(
  { root, all, chosen, failures: known = [] }: FilesToRead,
  readBytes: ReadBytes = readRegularFile,
  breathe: Breathe = unhurried,
): Promise<Book> {
  const asked = new Set(chosen)
  const files: BookFile[] = []
  const failures: Failure[] = [...known]
  const unreadable = new Map<string, string>()
  for (const file of all) {
    await breathe()
    const read = await readSource(path.join(root, file), file, readBytes)
    if (read.ok) files.push({ ...read.value, path: file, chosen: asked.has(file) })
    else {
      failures.push(read.failure)
      const bytes = await readBytes(path.join(root, file)).catch(() => Buffer.alloc(0))
      for (const label of labelsMentioned(Buffer.from(bytes).toString('latin1')).keys())
        unreadable.set(label, file)
    }
  }
  const facts = new Map<string, FileFacts>()
  for (const { path: file, text } of files) {
    await breathe()
    facts.set(file, readFileFacts(file, text))
  }
  const outside = await readIncluded(root, facts, readBytes)
  for (const file of files) if (!file.chosen) outside.set(file.path, file.text)
  return { root, files, failures, outside, unreadable, facts }
}

export async function readSource(
  file: string,
  place: string,
  readBytes: ReadBytes = readRegularFile,
): Promise<Result<SourceText>> {
  let bytes: Uint8Array
  try {
    bytes = await readBytes(file)
  } catch (cause) {
    return fail('MDS001', messageOf(cause), place, cause)
  }
  return decodeSource(bytes, place)
}

/** Files that chapters include and that are no chapters themselves, as far as includes go; adds their facts. */
async function readIncluded(
  root: string,
  facts: Map<string, FileFacts>,
  readBytes: ReadBytes,
): Promise<Map<string, string>> {
  const texts = new Map<string, string>()
  const queue = [...facts.values()]
  for (const { path: file, includes } of queue) {
    for (const include of includes) {
      const target = resolveTarget(file, include.target, root)
      if (!include.rendered || facts.has(target)) continue
      const read = await readSource(path.join(root, target), target, readBytes)
      if (!read.ok) continue
      const found = readFileFacts(target, read.value.text)
      texts.set(target, read.value.text)
      facts.set(target, found)
      queue.push(found)
    }
  }
  return texts
}

/**
 * Makes the index of texts; facts that are known already are taken as they are.
 *
 * @param texts by path
 * @param root the book's root
 * @param known facts by path, of texts that have not changed
 */
export function indexTexts(
  texts: ReadonlyMap<string, string>,
  root: string,
  known: ReadonlyMap<string, FileFacts>,
): BookIndex {
  const files = new Map<string, FileFacts>()
  const targets = new Map<string, (string | undefined)[]>()
  const add = (key: string, file: string, text: string, origin?: Span): void => {
    if (files.has(key)) return
    const read = known.get(key) ?? readFileFacts(file, text)
    const facts = origin ? { ...read, origin } : read
    files.set(key, facts)
    targets.set(
      key,
      facts.includes.map((include) => {
        const target = resolveTarget(file, include.target, root)
        const included = texts.get(target)
        if (included === undefined || !include.rendered) return undefined
        const part = partKey(target, include.part)
        if (!files.has(part))
          add(part, target, takePart(included, include.part), originOf(included, include.part))
        return part
      }),
    )
  }
  for (const [file, text] of texts) add(file, file, text)
  return { files, targets }
}

function originOf(text: string, part: IncludedPart): Span | undefined {
  return part.kind === 'all' ? undefined : spanOfPart(text, part)
}

/** Includes that would be rendered and lead nowhere, each once. */
export function missingIncludes(index: BookIndex): string[] {
  const missing = [...index.files].flatMap(([key, facts]) =>
    facts.includes.flatMap((include, position) =>
      include.rendered && index.targets.get(key)?.[position] === undefined
        ? [`${facts.path}: ${include.target}`]
        : [],
    ),
  )
  return [...new Set(missing)]
}
