/**
 * Chapters that are more than the sum of their files: each part may be harmless, and the whole too much for the
 * renderer that the proof asks. Such a chapter is tried, and left as it is where that fails.
 */
import { assemble } from '../book/assemble.ts'
import { definitionLines } from '../book/definition-lines.ts'
import { MAX_INCLUDE_DEPTH, resolveTarget } from '../book/includes.ts'
import type { TryText } from '../book/limits.ts'
import { weigh } from '../book/weight.ts'
import { failure } from '../failure.ts'
import type { FileFacts } from '../model.ts'
import type { Breach } from './prove.ts'

/** Code units that a chapter may have with its includes, but for files of definitions: the parts are light. */
const LIGHT = 256 * 1024

export interface Texts {
  readonly root: string
  /** By path. */
  readonly texts: ReadonlyMap<string, string>
  readonly facts: ReadonlyMap<string, FileFacts>
}

/** What a book has that cannot be shown. */
export interface Unshown {
  readonly chapters: ReadonlySet<string>
  readonly breaches: readonly Breach[]
}

/** Finds the chapters that cannot be rendered with what they include. */
export async function unshownChapters(book: Texts, tryText: TryText): Promise<Unshown> {
  const chapters = new Set<string>()
  const breaches: Breach[] = []
  const lengthOf = assembledLengths(book)
  for (const [path, { includes }] of book.facts) {
    if (includes.length === 0 || lengthOf(path) <= LIGHT) continue
    const assembled = assemble(book.texts, book.root, path)
    const failed = assembled
      ? await tryAssembled(path, assembled.text, tryText)
      : failure('MDS083', 'its includes multiply', path)
    if (!failed) continue
    chapters.add(path)
    const parts = assembled?.pieces.map((piece) => piece.path) ?? includedIn(path, book)
    breaches.push({ failure: failed, paths: [...new Set([path, ...parts])] })
  }
  return { chapters, breaches }
}

async function tryAssembled(path: string, text: string, tryText: TryText) {
  if (weigh(text) === undefined) return undefined
  const failed = await tryText({ path, text, definitions: [], isAssembled: true })
  return failed && failure('MDS083', failed.message, path)
}

/** How long each chapter is at most with all that it includes, but for files of definitions. */
function assembledLengths({ root, texts, facts }: Texts): (path: string) => number {
  const known = new Map<string, number>()
  const own = new Map<string, number>()
  const ownLength = (path: string): number => {
    const text = texts.get(path) ?? ''
    const length = own.get(path) ?? (definitionLines(text) ? 0 : text.length)
    own.set(path, length)
    return length
  }
  const lengthOf = (path: string, depth: number): number => {
    const key = `${depth} ${path}`
    const found = known.get(key)
    if (found !== undefined) return found
    // What includes itself stands in the way of a sum; it counts as nothing in itself, as it does in mdBook.
    known.set(key, 0)
    let sum = ownLength(path) + 1
    for (const { target } of depth > MAX_INCLUDE_DEPTH ? [] : (facts.get(path)?.includes ?? []))
      sum += lengthOf(resolveTarget(path, target, root), depth + 1)
    known.set(key, sum)
    return sum
  }
  return (path) => lengthOf(path, 0)
}

/** All files that a chapter is made of. */
function includedIn(path: string, { root, facts }: Texts): string[] {
  const found = new Set([path])
  for (const file of found)
    for (const { target } of facts.get(file)?.includes ?? []) found.add(resolveTarget(file, target, root))
  return [...found]
}
