/**
 * Which labels a chapter can see, and what they lead to: a chapter's scope is the chapter with its includes
 * expanded as mdBook does, kept as a list of sections of files so that nothing is copied.
 */
import { labelId } from '../label-id.ts'
import type { Definition, FileFacts, IncludedPart, Span } from '../model.ts'
import { MAX_INCLUDE_DEPTH } from './includes.ts'

/** All that is known of a book's files before any is parsed whole. */
export interface BookIndex {
  /** Facts by {@link partKey}: of whole files by their path, of included parts beside them. */
  readonly files: ReadonlyMap<string, FileFacts>
  /** Where each include of a file leads, in the order of the file's `includes`; `undefined` where nothing is. */
  readonly targets: ReadonlyMap<string, readonly (string | undefined)[]>
}

/** The part of one file that stands in an assembled chapter, by offsets into it. */
interface Section {
  readonly key: string
  /** The file, relative to the book's root. */
  readonly path: string
  readonly from: number
  readonly to: number
  /** Of a part, once: where the whole of it stands in the file; offsets of sections count from there. */
  readonly origin?: Span
}

/** One file with its includes expanded. */
export interface Scope {
  readonly root: string
  readonly sections: readonly Section[]
  /** Whether an include that would be rendered leads nowhere: the scope may define more than is known. */
  readonly incomplete: boolean
}

export function partKey(path: string, part: IncludedPart): string {
  if (part.kind === 'all') return path
  return `${path}\0${part.kind} ${part.kind === 'lines' ? `${part.from} ${part.to}` : part.name}`
}

/** Expands the includes of one file. What is included a second time adds nothing: the first definition counts. */
export function scopeOf(index: BookIndex, root: string): Scope {
  const sections: Section[] = []
  const seen = new Set<string>()
  let incomplete = false
  const expand = (key: string, depth: number): void => {
    const facts = index.files.get(key)
    if (!facts || seen.has(key) || depth > MAX_INCLUDE_DEPTH) return
    seen.add(key)
    const targets = index.targets.get(key) ?? []
    const { path } = facts
    let from = 0
    for (const [position, include] of facts.includes.entries()) {
      if (!include.rendered) continue
      sections.push({ key, path, from, to: include.start, ...originFor(facts, from) })
      const target = targets[position]
      if (target === undefined) incomplete = true
      else expand(target, depth + 1)
      from = include.end
    }
    sections.push({ key, path, from, to: Number.MAX_SAFE_INTEGER, ...originFor(facts, from) })
  }
  expand(root, 0)
  return { root, sections, incomplete }
}

function originFor({ origin }: FileFacts, from: number): { origin?: Span } {
  return origin && from === 0 ? { origin } : {}
}

/** The scopes of all files of a book, and for each file those that it stands in. */
export interface Scopes {
  readonly all: readonly Scope[]
  readonly of: ReadonlyMap<string, readonly Scope[]>
}

/** Every file's own scope, whether a chapter or a part of one. */
export function scopesOf(index: BookIndex, paths: readonly string[]): Scopes {
  const all = paths.map((path) => scopeOf(index, path))
  const of = new Map<string, Scope[]>()
  for (const scope of all) {
    for (const path of new Set(scope.sections.map(({ path }) => path))) {
      const known = of.get(path)
      if (known) known.push(scope)
      else of.set(path, [scope])
    }
  }
  return { all, of }
}

/** Looks labels up in scopes of one book; remembers what each file can see, so one is made per index. */
export interface Lookup {
  /** The definition that a label leads to in a scope: the first one, as CommonMark has it. */
  find(scope: Scope, id: string): Definition | undefined
  /** Whether any of the scopes that a file stands in defines a label. */
  isKnown(path: string, id: string): boolean
  /** The definitions of a label, by the {@link partKey} of what they stand in. */
  definers(id: string): ReadonlyMap<string, readonly Definition[]>
  /** All that stands in the scopes that a file stands in, by {@link partKey}. */
  around(path: string): ReadonlySet<string>
}

export function lookupIn(index: BookIndex, scopes: Scopes): Lookup {
  const byLabel = definersIn(index)
  const known = new Map<string, Set<string>>()
  const around = (path: string): ReadonlySet<string> => {
    const keys = known.get(path) ?? new Set<string>()
    if (known.has(path)) return keys
    for (const { sections } of scopes.of.get(path) ?? []) for (const { key } of sections) keys.add(key)
    known.set(path, keys)
    return keys
  }
  return {
    find(scope, id) {
      const definers = byLabel.get(id)
      if (!definers) return undefined
      for (const { key, from, to } of scope.sections) {
        const found = definers.get(key)?.find(({ start }) => from <= start && start < to)
        if (found) return found
      }
      return undefined
    },
    isKnown: (path, id) => common(around(path), byLabel.get(id) ?? NOWHERE).length > 0,
    definers: (id) => byLabel.get(id) ?? NOWHERE,
    around,
  }
}

const NOWHERE: ReadonlyMap<string, readonly Definition[]> = new Map()

/** The definitions of every label. */
function definersIn(index: BookIndex): Map<string, Map<string, Definition[]>> {
  const byLabel = new Map<string, Map<string, Definition[]>>()
  for (const [key, { definitions }] of index.files) {
    for (const definition of definitions) {
      const keys = byLabel.get(definition.id) ?? new Map<string, Definition[]>()
      byLabel.set(definition.id, keys)
      const there = keys.get(key)
      if (there) there.push(definition)
      else keys.set(key, [definition])
    }
  }
  return byLabel
}

/** What two sets have in common, found in the time that the smaller one takes. */
export function common(a: Keys, b: Keys): string[] {
  const [less, more] = a.size < b.size ? [a, b] : [b, a]
  const found: string[] = []
  for (const key of less.keys()) if (more.has(key)) found.push(key)
  return found
}

/** Of a set, or of a map. */
interface Keys {
  readonly size: number
  has(key: string): boolean
  keys(): Iterable<string>
}

/**
 * The labels that stand in brackets anywhere in a text, code included, as they are written first, by id: a label
 * that is used in it is among them. Over several lines of a block quote, the `>` between them are no part of a
 * label.
 *
 * @param seen what stands between brackets that was met before, and is passed over; what is met is added
 */
export function labelsMentioned(text: string, seen: Set<string> = new Set()): Map<string, string> {
  const labels = new Map<string, string>()
  for (const [, written = '', end] of text.matchAll(BRACKETED)) {
    if (end === '' || seen.has(written)) continue
    seen.add(written)
    for (const label of [written, written.replace(/\n[ \t]*(?:>[ \t]?)+/g, '\n')]) {
      const id = labelId(label)
      if (!labels.has(id)) labels.set(id, label.trim())
    }
  }
  return labels
}

/** What is not closed is gone over, too: else each bracket in it would be begun with anew. */
const BRACKETED = /\[((?:[^[\]\\]|\\.)+)(\]?)/g
