/**
 * Files on disk → a book in memory: their texts, and the index of what they define and include. Files that
 * are included but are no chapters of the book (or could not be read) are known to the index and never
 * changed.
 */
import path from 'node:path'
import { type Breathe, unhurried } from '../breathe.ts'
import { type Failure, fail, messageOf, type Result } from '../failure.ts'
import type { Definition, FileFacts, IncludedPart, Span } from '../model.ts'
import { type BookIndex, labelsMentioned, partKey } from './definitions.ts'
import type { BookFiles } from './discover.ts'
import { readFileFacts } from './file-facts.ts'
import { isHeavy, tryHeavy } from './heavy-texts.ts'
import { resolveTarget, spanOfPart, takePart } from './includes.ts'
import { labelsInFile } from './labels-in-file.ts'
import { DEFAULT_GUARD, type Guard } from './limits.ts'
import { readRegularFile, TooLarge } from './read-regular-file.ts'
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
 * @param limit how many bytes it may have
 * @throws where it cannot be read, and `TooLarge`
 */
export type ReadBytes = (file: string, limit: number) => Promise<Uint8Array>

/** Which files to read, and what of the book could not be looked at. */
export type FilesToRead = Pick<BookFiles, 'root' | 'all' | 'chosen'> & Partial<Pick<BookFiles, 'failures'>>

/**
 * Reads all files of a book. An unreadable one is a failure in the book, never a lost run.
 *
 * @param readBytes where the files are, if not on the disk
 * @param guard how much is taken on
 */
export async function loadBook(
  { root, all, chosen, failures: earlier = [] }: FilesToRead,
  readBytes: ReadBytes = readRegularFile,
  breathe: Breathe = unhurried,
  guard: Guard = DEFAULT_GUARD,
): Promise<Book> {
  const asked = new Set(chosen)
  const read: BookFile[] = []
  const failures: Failure[] = [...earlier]
  const unreadable = new Map<string, string>()
  const tooLarge: string[] = []
  for (const file of all) {
    await breathe()
    const source = await readSource(path.join(root, file), file, readBytes, guard.limits.fileSize)
    if (source.ok) read.push({ ...source.value, path: file, chosen: asked.has(file) })
    else {
      failures.push(source.failure)
      if (source.failure.code === 'MDS080') tooLarge.push(file)
      else {
        const bytes = await readBytes(path.join(root, file), guard.limits.fileSize).catch(() =>
          Buffer.alloc(0),
        )
        note(unreadable, file, Buffer.from(bytes).toString('latin1'))
      }
    }
  }
  const heavy = new Map(read.filter(({ text }) => isHeavy(text)).map((file) => [file.path, file.text]))
  const facts = new Map<string, FileFacts>()
  for (const { path: file, text } of read) {
    if (heavy.has(file)) continue
    await breathe()
    facts.set(file, readFileFacts(file, text))
  }
  const refused = await tryHeavy(heavy, definitionsIn(facts), guard)
  await breathe()
  for (const [file, text] of heavy) {
    const failed = refused.get(file)
    if (!failed) facts.set(file, readFileFacts(file, text))
    else {
      failures.push(failed)
      note(unreadable, file, text)
    }
  }
  const files = read.filter(({ path: file }) => !refused.has(file))
  const included = await readIncluded(root, {
    facts,
    failed: new Set([...refused.keys(), ...tooLarge]),
    readBytes,
    breathe,
    guard,
  })
  for (const { failure, path: file, text } of included.refused) {
    failures.push(failure)
    note(unreadable, file, text)
  }
  const outside = included.texts
  for (const file of files) if (!file.chosen) outside.set(file.path, file.text)
  const known = new Set([...files.map(({ text }) => text), ...outside.values()].flatMap(labelIdsIn))
  for (const file of tooLarge) {
    const mentioned = await labelsInFile(path.join(root, file), (id) => known.has(id), breathe).catch(
      () => 'all' as const,
    )
    // What ended the look may have been an interruption.
    await breathe()
    for (const label of mentioned === 'all' ? known : mentioned) unreadable.set(label, file)
  }
  return { root, files, failures, outside, unreadable, facts }
}

export async function readSource(
  file: string,
  place: string,
  readBytes: ReadBytes = readRegularFile,
  limit: number = DEFAULT_GUARD.limits.fileSize,
): Promise<Result<SourceText>> {
  let bytes: Uint8Array
  try {
    bytes = await readBytes(file, limit)
  } catch (cause) {
    return fail(cause instanceof TooLarge ? 'MDS080' : 'MDS001', messageOf(cause), place, cause)
  }
  return decodeSource(bytes, place)
}

/** The labels of a file that is not read count as used in it. */
function note(unreadable: Map<string, string>, file: string, text: string): void {
  for (const label of labelIdsIn(text)) unreadable.set(label, file)
}

function labelIdsIn(text: string): string[] {
  return [...labelsMentioned(text).keys()]
}

function definitionsIn(facts: ReadonlyMap<string, FileFacts>): Definition[] {
  return [...facts.values()].flatMap(({ definitions }) => definitions)
}

interface Reading {
  /** Those of files that are included are added. */
  readonly facts: Map<string, FileFacts>
  /** Files that are known not to be readable. */
  readonly failed: ReadonlySet<string>
  readonly readBytes: ReadBytes
  readonly breathe: Breathe
  readonly guard: Guard
}

interface Included {
  readonly texts: Map<string, string>
  /** What is there and cannot be read, with as much as is known of it. */
  readonly refused: readonly { readonly path: string; readonly text: string; readonly failure: Failure }[]
}

/** Files that chapters include and that are no chapters themselves, as far as includes go; adds their facts. */
async function readIncluded(
  root: string,
  { facts, failed, readBytes, breathe, guard }: Reading,
): Promise<Included> {
  const texts = new Map<string, string>()
  const refused = new Map<string, Included['refused'][number]>()
  const queue = [...facts.values()]
  for (const { path: file, includes } of queue) {
    for (const include of includes) {
      const target = resolveTarget(file, include.target, root)
      if (!include.rendered || facts.has(target) || failed.has(target) || refused.has(target)) continue
      await breathe()
      const read = await readSource(path.join(root, target), target, readBytes, guard.limits.fileSize)
      if (!read.ok) {
        if (read.failure.code === 'MDS080')
          refused.set(target, { path: target, text: '', failure: read.failure })
        continue
      }
      const { text } = read.value
      const heavy = new Map(isHeavy(text) ? [[target, text]] : [])
      const failure = (await tryHeavy(heavy, definitionsIn(facts), guard)).get(target)
      if (failure) {
        refused.set(target, { path: target, text, failure })
        continue
      }
      const found = readFileFacts(target, text)
      texts.set(target, text)
      facts.set(target, found)
      queue.push(found)
    }
  }
  return { texts, refused: [...refused.values()] }
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
  let cut = 0
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
        const isNew = !files.has(part)
        if (isNew && include.part.kind !== 'all') cut += included.length
        if (isNew && cut > MAX_CUT) return undefined
        if (isNew) add(part, target, takePart(included, include.part), originOf(included, include.part))
        return part
      }),
    )
  }
  for (const [file, text] of texts) add(file, file, text)
  return { files, targets }
}

/** Code units that parts are cut out of: what a book includes of its files beyond that is not known. */
const MAX_CUT = 500_000_000

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
