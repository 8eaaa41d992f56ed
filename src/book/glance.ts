/**
 * A look at a book that is not taken into memory: whether there is anything at all to do in it. Files are read one by one
 * and let go of. Whatever is not plain (a text to be looked at, one that cannot be read, an include of some lines of a file
 * with includes) ends the look, and the book is loaded as ever.
 */
import type { Stats } from 'node:fs'
import path from 'node:path'
import { type Breathe, unhurried } from '../breathe.ts'
import type { Include, Settings } from '../model.ts'
import type { BookFiles } from './discover.ts'
import { isHeavy } from './heavy-texts.ts'
import { findIncludes, resolveTarget } from './includes.ts'
import type { Limits } from './limits.ts'
import { readInTurn } from './read-in-turn.ts'
import { readRegularFile, TooLarge } from './read-regular-file.ts'
import { scanFacts } from './scan-facts.ts'
import { decodeSource } from './source-text.ts'

/** What is known of a book that nothing is to be done in. */
export interface Glance {
  /** Includes that lead nowhere, as `missingIncludes` tells them. */
  readonly missing: readonly string[]
}

/** What has to be known of a migration for it. */
export interface Startable {
  readonly id: string
  readonly checksum?: string | undefined
  /** Whether a text is a reason to look closer. */
  mayStart(text: string, settings: Settings): boolean
}

export interface GlanceOptions {
  /** Whether a text is a reason to look closer. */
  mayStart(text: string): boolean
  readonly limits: Limits
  readonly breathe?: Breathe
}

/**
 * Looks at a book.
 *
 * @returns `undefined` where it has to be loaded
 */
export async function glanceAt(
  { root, all, chosen, failures }: Pick<BookFiles, 'root' | 'all' | 'chosen' | 'failures'>,
  { mayStart, limits, breathe = unhurried }: GlanceOptions,
): Promise<Glance | undefined> {
  if (failures.length > 0) return undefined
  const seen: Seen = {
    root,
    chapters: new Set(all),
    lengths: new Map(),
    braced: new Set(),
    includes: new Map(),
  }
  const twins = twinsIn()
  const reading = readInTurn(undefined, twins.sees)
  const before = root.endsWith(path.sep) ? root : root + path.sep
  const read = (file: string) => textOf(file, () => reading(before + file, limits.fileSize))
  for (const file of all) {
    await breathe()
    const text = read(file)
    if (text === undefined || mayStart(text) || isHeavy(text)) return undefined
    await note(seen, file, text)
  }
  if (twins.areFound()) return undefined
  const included = await readIncluded(seen, { mayStart, limits, breathe })
  if (!included || !isSimple(seen)) return undefined
  const isChosen = new Set(chosen)
  const order = [...included, ...all.filter((file) => !isChosen.has(file)), ...chosen]
  const missing = missingIn(seen, order)
  if (missing.length <= 1) return { missing }
  // Which of several comes first, what is shown as it is written tells.
  for (const [file, { isExact }] of seen.includes) {
    await breathe()
    const text = isExact ? undefined : read(file)
    if (text !== undefined) seen.includes.set(file, await exactly(seen, file, text))
    else if (!isExact) return undefined
  }
  return { missing: missingIn(seen, order) }
}

/** Whether several paths lead to one file; hard links are files of their own. */
function twinsIn(): { sees(stats: Stats): void; areFound(): boolean } {
  const met = new Set<string>()
  let size = 0
  return {
    sees({ dev, ino, nlink }) {
      if (nlink > 1) return
      met.add(`${dev}:${ino}`)
      size += 1
    },
    areFound: () => met.size < size,
  }
}

/** What is kept of the files that were read. */
interface Seen {
  readonly root: string
  readonly chapters: ReadonlySet<string>
  readonly lengths: Map<string, number>
  /** Files with two braces anywhere. */
  readonly braced: Set<string>
  readonly includes: Map<string, Including>
}

/** The includes of one file. */
interface Including {
  readonly includes: readonly Placed[]
  /** Whether it is known which of them stand in code: asked only where one leads out of the book's chapters. */
  readonly isExact: boolean
}

/** An include, by the path that it leads to. */
interface Placed extends Pick<Include, 'part' | 'rendered'> {
  readonly path: string
  /** As it is written, where it may lead nowhere. */
  readonly target: string
}

/** A text, where it is one. */
function textOf(file: string, read: () => Uint8Array): string | undefined {
  try {
    const source = decodeSource(read(), file)
    return source.ok ? source.value.text : undefined
  } catch {
    return undefined
  }
}

async function note(seen: Seen, file: string, text: string): Promise<void> {
  seen.lengths.set(file, text.length)
  if (!text.includes('{{')) return
  seen.braced.add(file)
  const includes = findIncludes(text).map((include) => placed(seen, file, { ...include, rendered: true }))
  if (includes.length === 0) return
  const isInside = includes.every((include) => seen.chapters.has(include.path))
  seen.includes.set(file, isInside ? { includes, isExact: false } : await exactly(seen, file, text))
}

/** A parser is asked only where lines do not tell. */
async function exactly(seen: Seen, file: string, text: string): Promise<Including> {
  const { includes } = scanFacts(text) ?? (await import('./file-facts.ts')).parseFileFacts(file, text)
  return { includes: includes.map((include) => placed(seen, file, include)), isExact: true }
}

/** What is kept of an include is no part of the text, which would be kept with it. */
function placed({ root, chapters }: Seen, file: string, { target, part, rendered }: Include): Placed {
  const leadsTo = resolveTarget(file, target, root)
  return { path: leadsTo, part, rendered, target: chapters.has(leadsTo) ? '' : copyOf(target) }
}

function copyOf(text: string): string {
  return Buffer.from(text).toString()
}

/**
 * Reads what chapters include that is no chapter, as far as includes go.
 *
 * @returns the paths of what could be read; `undefined` where a closer look is needed
 */
async function readIncluded(
  seen: Seen,
  { mayStart, limits, breathe = unhurried }: GlanceOptions,
): Promise<readonly string[] | undefined> {
  const found: string[] = []
  const tried = new Set<string>()
  // A map that grows while it is gone through shows what is added.
  for (const { includes } of seen.includes.values()) {
    for (const { path: target, rendered } of includes) {
      if (!rendered || seen.lengths.has(target) || tried.has(target)) continue
      await breathe()
      tried.add(target)
      const bytes = await readRegularFile(path.join(seen.root, target), limits.fileSize).catch(
        (cause: unknown) => (cause instanceof TooLarge ? 'too large' : undefined),
      )
      if (bytes === 'too large') return undefined
      const text = bytes && textOf(target, () => bytes)
      if (text === undefined) continue
      if (mayStart(text) || isHeavy(text)) return undefined
      found.push(target)
      await note(seen, target, text)
    }
  }
  return found
}

/** Lines of a file that has includes itself may show one that stands in code there; and there may be too many such lines. */
function isSimple({ includes, braced, lengths }: Seen): boolean {
  const parts = [...includes.values()].flatMap(({ includes: own }) =>
    own.filter(({ part }) => part.kind !== 'all'),
  )
  const size = parts.reduce((sum, { path: target }) => sum + (lengths.get(target) ?? 0), 0)
  return size < MANY_PARTS && parts.every(({ path: target }) => !braced.has(target))
}

/** Code units that are cut out of files. */
const MANY_PARTS = 100_000_000

/** Includes that lead nowhere, each once, in the order in which the index comes to their files. */
function missingIn({ includes, lengths }: Seen, order: readonly string[]): string[] {
  const met = new Set<string>()
  const come = (file: string): void => {
    met.add(file)
    for (const { path: target, part, rendered } of includes.get(file)?.includes ?? [])
      if (rendered && part.kind === 'all' && lengths.has(target) && !met.has(target)) come(target)
  }
  for (const file of order) if (!met.has(file)) come(file)
  const missing = [...met].flatMap((file) =>
    (includes.get(file)?.includes ?? [])
      .filter(({ path: target, rendered }) => rendered && !lengths.has(target))
      .map(({ target }) => `${file}: ${target}`),
  )
  return [...new Set(missing)]
}
