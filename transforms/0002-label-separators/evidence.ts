/**
 * What a book's definitions prove: which crates and books there are, which sections have recipes, what each
 * label leads to. Plain data, gathered once, before any label is decided.
 */
import { type BookView, type Definition, labelId } from 'mdshift'
import { grammarOf, type LabelGrammar } from './grammar.ts'
import { comparable, heads, tailAfter, withoutBadge } from './segments.ts'
import { CRATE_URLS, type Division } from './tables.ts'

export interface Target {
  readonly destination: string
  readonly title: string
}

/** Maps travel to workers as they are; names are {@link comparable}. */
export interface Evidence {
  /** What the labels of this book are made of. */
  readonly grammar: LabelGrammar
  /** Distinct targets by label id. */
  readonly targets: ReadonlyMap<string, readonly Target[]>
  /** The same around the label that is to be decided, where they are others than those of the whole book. */
  readonly here: ReadonlyMap<string, readonly Target[]>
  /** Crates, and the definition that proves each. */
  readonly crates: ReadonlyMap<string, string>
  /** Books, and the addresses that they are at. */
  readonly books: Addresses
  /** Projects and organisations that have a resource of their own, and the addresses of those. */
  readonly owners: Addresses
  /** Sections of the book that have recipes, and the definition that proves each. */
  readonly sections: ReadonlyMap<string, string>
}

/** Where something is found, by its name. */
export type Addresses = ReadonlyMap<string, readonly string[]>

export function gatherEvidence(book: BookView): Evidence {
  const { definitions } = book
  const grammar = grammarOf(book.settings.grammar)
  return {
    grammar,
    targets: targetsOf(definitions),
    here: new Map(),
    crates: cratesOf(definitions, grammar),
    books: booksOf(definitions, grammar),
    owners: ownersOf(definitions),
    sections: sectionsOf(definitions, grammar),
  }
}

/** What stands behind the namespace of a label that is divided in one way. */
function bodyOf(label: string, division: Division, { namespaces }: LabelGrammar): string | undefined {
  const hyphen = label.indexOf('-')
  const body = label.slice(hyphen + 1)
  return namespaces.get(label.slice(0, hyphen).toLowerCase()) === division && body !== '' ? body : undefined
}

/** The targets of a label: around the one that is to be decided, or in the whole book. */
export function targetsFor({ here, targets }: Evidence, label: string): readonly Target[] {
  const id = labelId(label)
  return here.get(id) ?? targets.get(id) ?? []
}

/** What definitions lead to, each target once. */
export function distinctTargets(definitions: readonly Definition[]): Target[] {
  const distinct: Target[] = []
  for (const definition of definitions) addTarget(distinct, definition)
  return distinct
}

function addTarget(targets: Target[], { destination, title }: Target): void {
  const isKnown = targets.some((known) => known.destination === destination && known.title === title)
  if (!isKnown) targets.push({ destination, title })
}

/** The name of the crate that a URL is about. */
export function crateNamedBy(url: string): { name: string; source: 'registry' | 'repository' } | undefined {
  for (const { pattern, source } of CRATE_URLS) {
    const name = pattern.exec(url)?.[1]
    if (name) return { name, source }
  }
  return undefined
}

/** The host of a web address, lower case, without `www.`. */
export function hostOf(url: string): string | undefined {
  return /^https?:\/\/(?:www\.)?([^/?#:]+)/i.exec(url)?.[1]?.toLowerCase()
}

/** A hidden definition, `[x]: # "path.md#part"`, has its page in the title. */
export function pageOf(target: Target): string {
  return target.destination === '#' && target.title !== '' ? target.title : target.destination
}

/** Whether an address lies at or below another, versions of the same documentation taken as one. */
export function liesUnder(url: string, root: string): boolean {
  const [inner, outer] = [plainAddress(url), plainAddress(root)]
  return inner === outer || inner.startsWith(`${outer}/`)
}

function plainAddress(url: string): string {
  return url
    .replace(/[?#][\s\S]*$/, '')
    .replace(/^https?:\/\//, '')
    .replace(/\/(?:index|title-page)\.html$/, '')
    .replace(/\/(?:stable|beta|nightly)\//, '/')
    .replace(/\/$/, '')
}

function targetsOf(definitions: readonly Definition[]): Map<string, Target[]> {
  const targets = new Map<string, Target[]>()
  for (const definition of definitions) {
    const known = targets.get(definition.id) ?? []
    targets.set(definition.id, known)
    addTarget(known, definition)
  }
  return targets
}

/** A registry's page names a crate; so does a label of its own registry resource. */
function cratesOf(definitions: readonly Definition[], grammar: LabelGrammar): Map<string, string> {
  const crates = new Map<string, string>()
  const prove = (name: string, proof: string) => {
    if (!crates.has(comparable(name))) crates.set(comparable(name), proof)
  }
  for (const { label, destination } of definitions) {
    const body = bodyOf(withoutBadge(label).base, 'crate', grammar)
    if (body === undefined) continue
    const named = crateNamedBy(destination)
    if (
      named?.source === 'registry' &&
      heads(body).some((head) => comparable(head) === comparable(named.name))
    ) {
      prove(named.name, `[${label}]: ${destination}`)
    }
    const own = /^(.+)-(?:crates\.io|lib\.rs|docs\.rs|docs-rs)$/i.exec(body)?.[1]
    if (own) prove(own, `[${label}]`)
  }
  return crates
}

/**
 * A book is proven by a label of its own, at the address it leads to; or by an address one of whose folders
 * has the name that labels of pages in it begin with.
 */
function booksOf(definitions: readonly Definition[], grammar: LabelGrammar): Addresses {
  const books = new Map<string, string[]>()
  const alike = new Map<string, Set<string>>()
  for (const { label, destination } of definitions) {
    const body = bodyOf(label, 'book', grammar)
    if (body === undefined || withoutBadge(label).badge !== '') continue
    addAddress(books, body, destination)
    for (const { name, root, exact } of foldersNamedBy(destination, body)) {
      const seen = alike.get(`${name} ${root}`) ?? new Set()
      alike.set(`${name} ${root}`, seen.add(body))
      if (exact || seen.size > 1) addAddress(books, name, root)
    }
  }
  return books
}

/**
 * The folder of an address that a label begins with: by its whole name, which is proof (`cargo` in
 * `book-cargo-env`), or by its last words (`reference` in `book-rust-reference-await`), which is proof once
 * a second label says the same.
 */
function foldersNamedBy(url: string, body: string): { name: string; root: string; exact: boolean }[] {
  const names = heads(body).filter((head) => head !== body)
  const parts = url.split('/')
  return parts.slice(3, -1).flatMap((part, index) => {
    const folder = comparable(part)
    const whole = names.find((name) => comparable(name) === folder)
    const name = whole ?? names.find((candidate) => comparable(candidate).endsWith(`-${folder}`))
    if (folder === '' || name === undefined) return []
    return [{ name, root: parts.slice(0, index + 4).join('/'), exact: whole !== undefined }]
  })
}

/** `x-github` and `x-website` without a namespace: what lies under their addresses is x's. */
function ownersOf(definitions: readonly Definition[]): Addresses {
  const owners = new Map<string, string[]>()
  for (const { label, destination } of definitions) {
    const name = /^(.+)-(?:github|website)$/i.exec(label)?.[1]
    if (name !== undefined) addAddress(owners, name, destination)
  }
  return owners
}

function addAddress(addresses: Map<string, string[]>, name: string, address: string): void {
  const known = addresses.get(comparable(name)) ?? []
  if (!known.includes(address)) addresses.set(comparable(name), [...known, address])
}

function sectionsOf(definitions: readonly Definition[], grammar: LabelGrammar): Map<string, string> {
  const sections = new Map<string, string>()
  for (const definition of definitions) {
    const body = bodyOf(withoutBadge(definition.label).base, 'recipe', grammar)
    const section = body === undefined ? undefined : sectionNamedBy(pageOf(definition), body)
    if (section && !sections.has(comparable(section)))
      sections.set(comparable(section), `[${definition.label}]`)
  }
  return sections
}

/** What stands before the recipe in a label: the recipe is the target's fragment, or the page where it has none. */
export function sectionNamedBy(page: string, body: string): string | undefined {
  const [file = '', fragment = ''] = page.split('#', 2)
  const recipe = comparable(
    fragment || (file.endsWith('.md') ? file.slice(file.lastIndexOf('/') + 1, -3) : ''),
  )
  if (recipe === '') return undefined
  return heads(body).find((head) => head !== body && comparable(tailAfter(body, head)) === recipe)
}
