/**
 * Paths and globs → books and the files chosen in them. A book is the folder that holds `book.toml`, else
 * the folder that was given. Ignore rules are git's (`.gitignore`) and our own (`.mdshiftignore`). Links that are
 * found are not followed; one that is given is, within the book (`given-path.ts`).
 */
import fs from 'node:fs'
import path from 'node:path'
import { type Breathe, unhurried } from '../breathe.ts'
import { type Failure, fail, failure, messageOf, ok, type Result } from '../failure.ts'
import { toPosix } from '../posix.ts'
import { bookAround, isWithin, remembered } from './folders.ts'
import { resolveGiven } from './given-path.ts'
import { globIn, isGlob } from './globs.ts'
import { ignoreRules } from './ignore-rules.ts'
import { otherKind } from './read-regular-file.ts'
import { identitiesOf } from './same-files.ts'
import { type Walked, type WalkRules, walk } from './walk.ts'

/** The files of one book; all paths are relative to its root, with `/`, sorted. */
export interface BookFiles {
  /** Absolute. */
  readonly root: string
  readonly all: readonly string[]
  /** Those that were asked for. */
  readonly chosen: readonly string[]
  /** Those of them that have other names too: to write one would part it from the others. */
  readonly hardLinked: readonly string[]
  /** What of the book could not be looked at. */
  readonly failures: readonly Failure[]
}

export interface Discovery {
  readonly books: readonly BookFiles[]
  readonly failures: readonly Failure[]
}

export interface DiscoverOptions {
  /** Absolute folder that relative paths start from. */
  readonly cwd: string
  /** What is a chapter in a folder. */
  chaptersIn(folder: string): Promise<ChapterRule>
  readonly breathe?: Breathe
  /** Whether whoever reads the files looks for those that several paths lead to, and for hard links: then all stay. */
  readonly keepsTwins?: boolean
}

/** Which files are chapters, but for ignore files. */
export interface ChapterRule {
  /** File name endings, with the dot. */
  readonly extensions: readonly string[]
  /** Whether a file, absolute, of such an ending is a chapter. */
  includes(file: string): boolean
}

/** Folders that no chapter is looked for in. */
const NEVER_ENTERED = new Set(['node_modules', '.git', '.mdshift'])

/**
 * Finds the books that paths lead to.
 *
 * @param paths files, folders and globs; an empty list is the current folder
 * @returns the books in the order of their roots, and a failure for each path that leads nowhere
 */
export async function discover(paths: readonly string[], options: DiscoverOptions): Promise<Discovery> {
  return discoverIn(paths, {
    ...options,
    chaptersBelow: remembered((folder) => listChapters(folder, options)),
  })
}

/** The folder of a book is asked for twice, as one that was given, and as the book. */
interface Options extends DiscoverOptions {
  chaptersBelow(folder: string): Promise<Walked>
}

async function discoverIn(paths: readonly string[], options: Options): Promise<Discovery> {
  const failures: Failure[] = []
  const chosen = new Map<string, Set<string>>()
  const choose = (root: string, file: string) => {
    const files = chosen.get(root)
    if (files) files.add(file)
    else chosen.set(root, new Set([file]))
  }
  const troubles: Failure[] = []
  for (const given of paths.length === 0 ? ['.'] : paths) {
    const meant = await filesMeant(given, options)
    if (!meant.ok) {
      failures.push(meant.failure)
      continue
    }
    const { files, base, isNamed } = meant.value
    const found: Found[] = []
    for (const file of files) found.push({ file, root: bookRootOf(file, base) })
    const chapters = isNamed ? found : await withoutExcluded(found, options)
    if (chapters.length > 0) troubles.push(...meant.value.failures)
    else if (meant.value.failures.length > 0) failures.push(...meant.value.failures)
    else failures.push(failure('MDS008', given))
    for (const { file, root } of chapters) choose(root, file)
  }
  foldRoots(chosen)
  const books: Listed[] = []
  for (const [root, files] of [...chosen].sort(([a], [b]) => (a < b ? -1 : 1)))
    books.push(await listBook(root, files, troubles, options))
  return { books: await withoutTwins(books, options), failures }
}

interface Found {
  readonly file: string
  readonly root: string
}

/** A book whose paths are absolute yet. */
interface Listed {
  readonly root: string
  readonly all: readonly string[]
  readonly chosen: ReadonlySet<string>
  readonly failures: readonly Failure[]
}

async function listBook(
  root: string,
  chosen: ReadonlySet<string>,
  troubles: readonly Failure[],
  options: Options,
): Promise<Listed> {
  const { includes } = await options.chaptersIn(root)
  const { files, failures } = await options.chaptersBelow(root)
  const all = ownedBy(root, [...new Set([...files.filter(includes), ...chosen])])
  const here = [...failures, ...troubles.filter(({ place = '' }) => isWithin(root, place))]
  const byPlace = new Map(here.map((failed) => [failed.place ?? '', failed]))
  const own: Failure[] = []
  for (const [place, failed] of byPlace)
    if (bookRootOf(place, root) === root)
      own.push({ ...failed, place: toPosix(path.relative(root, place)) || '.' })
  return { root, all: all.sort(), chosen, failures: own }
}

/** A file that several paths lead to is one, by the first of them: through a mount, or where case is not minded. */
async function withoutTwins(
  books: readonly Listed[],
  { breathe, keepsTwins = false }: DiscoverOptions,
): Promise<BookFiles[]> {
  const identities = await identitiesOf(keepsTwins ? [] : books.flatMap(({ all }) => all), breathe)
  return books.flatMap(({ root, all, chosen, failures }) => {
    const relative = pathsFrom(root)
    const own = all.filter((file) => !identities.isMet(file))
    const asked = own.filter((file) => chosen.has(file))
    if (asked.length === 0) return []
    return {
      root,
      all: own.map(relative).sort(),
      chosen: asked.map(relative).sort(),
      hardLinked: asked.filter(identities.hasOtherNames).map(relative).sort(),
      failures,
    }
  })
}

/** What {@link path.relative} says of files that lie below, of which there may be many. */
function pathsFrom(root: string): (file: string) => string {
  const before = root.endsWith(path.sep) ? root : root + path.sep
  return (file) => toPosix(file.startsWith(before) ? file.slice(before.length) : path.relative(root, file))
}

/**
 * The book that a file belongs to, or would.
 *
 * @param file absolute
 * @param cwd absolute
 * @returns the nearest folder upwards with `book.toml`; else `cwd`, or the file's folder if it lies elsewhere
 */
export function bookAt(file: string, cwd: string): string {
  return bookRootOf(file, isWithin(cwd, file) ? cwd : path.dirname(file))
}

/**
 * Files that a book's configuration names by patterns: those that lie in no other book.
 *
 * @param patterns relative to `folder`; `!` leaves out
 * @param folder absolute
 * @param root of the book, absolute
 * @returns their paths relative to the book's root, with `/`, sorted
 */
export async function filesNamed(
  patterns: readonly string[],
  folder: string,
  root: string,
): Promise<readonly string[]> {
  const without = patterns
    .filter((pattern) => pattern.startsWith('!'))
    .map((pattern) => globIn(folder, pattern.slice(1), true))
  const named = new Set<string>()
  for (const pattern of patterns) {
    if (pattern.startsWith('!')) continue
    const { base, matches } = globIn(folder, pattern, false)
    const takes = (file: string) => matches(file) && !without.some((glob) => glob.matches(file))
    for (const file of (await listMatching(base, folder, takes, {})).files) named.add(file)
  }
  const files = ownedBy(root, [...named])
  return files.map((file) => toPosix(path.relative(root, file))).sort()
}

/** Drops what the configuration of its book says is no chapter. */
async function withoutExcluded(found: readonly Found[], options: DiscoverOptions): Promise<Found[]> {
  const rules = new Map<string, ChapterRule>()
  for (const root of new Set(found.map((one) => one.root))) rules.set(root, await options.chaptersIn(root))
  return found.filter(({ root, file }) => rules.get(root)?.includes(file))
}

/** A given folder that is no book of its own is part of the book that another given folder is. */
function foldRoots(chosen: Map<string, Set<string>>): void {
  for (const [root, files] of [...chosen]) {
    const outer = [...chosen.keys()].find((other) => isWithin(other, root))
    if (outer === undefined || bookAround(root) === root) continue
    for (const file of files) chosen.get(outer)?.add(file)
    chosen.delete(root)
  }
}

/** What one argument stands for. */
interface Meant extends Walked {
  /** The folder that is the book where no `book.toml` says so. */
  readonly base: string
  /** Whether it is a file itself: then it was asked for, whatever is ignored. */
  readonly isNamed: boolean
}

async function filesMeant(given: string, options: Options): Promise<Result<Meant>> {
  const { cwd } = options
  if (given === '') return fail('MDS001', 'the path is empty', '""')
  const resolved = resolveGiven(given, cwd)
  if (!resolved.ok)
    return resolved.failure.code === 'MDS001' && isGlob(given) ? filesMatching(given, options) : resolved
  const meant = resolved.value
  try {
    const stats = fs.lstatSync(meant)
    if (stats.isDirectory())
      return ok({ ...(await options.chaptersBelow(meant)), base: meant, isNamed: false })
    const kind = otherKind(stats)
    if (kind !== undefined) return fail('MDS001', `it is ${kind}`, given)
    const base = isWithin(cwd, meant) ? cwd : path.dirname(meant)
    return ok({ files: [meant], failures: [], base, isNamed: true })
  } catch (cause) {
    return fail('MDS001', messageOf(cause), given, cause)
  }
}

async function filesMatching(given: string, options: DiscoverOptions): Promise<Result<Meant>> {
  const { cwd } = options
  const glob = globIn(cwd, toPosix(given), false)
  const base = resolveGiven(glob.base, cwd)
  if (!base.ok && base.failure.code === 'MDS090') return fail('MDS090', base.failure.message, given)
  const top = base.ok ? base.value : glob.base
  const found = await listMatching(top, cwd, (file) => glob.matches(file, top), options)
  const files: string[] = []
  for (const file of found.files) {
    const { extensions } = await options.chaptersIn(path.dirname(file))
    if (extensions.includes(path.extname(file))) files.push(file)
  }
  return ok({ files, failures: base.ok ? found.failures : [], base: cwd, isNamed: false })
}

/** The chapters in a folder, by their endings; names that begin with a dot are hidden. */
async function listChapters(folder: string, options: DiscoverOptions): Promise<Walked> {
  const { extensions } = await options.chaptersIn(folder)
  const isHidden = (file: string) => path.basename(file).startsWith('.')
  const takes = (file: string) =>
    !isHidden(file) && extensions.some((extension) => file.endsWith(`.${extension.replace(/^\./, '')}`))
  return list(folder, folder, { takes, enters: (inner) => !isHidden(inner) }, options)
}

function listMatching(
  top: string,
  folder: string,
  matches: (file: string) => boolean,
  options: Pick<DiscoverOptions, 'breathe'>,
): Promise<Walked> {
  const isApart = (file: string) =>
    path
      .relative(folder, file)
      .split(path.sep)
      .some((name) => NEVER_ENTERED.has(name))
  const takes = (file: string) => !isApart(file) && matches(file)
  return list(top, folder, { takes, enters: () => true }, options)
}

/**
 * What is not ignored of what is found.
 *
 * @param top where to look
 * @param folder whose ignore rules count
 */
async function list(
  top: string,
  folder: string,
  { takes, enters }: WalkRules,
  { breathe = unhurried }: Pick<DiscoverOptions, 'breathe'>,
): Promise<Walked> {
  const { isIgnored, isIgnoredFolder } = ignoreRules(folder)
  const found = await walk(top, {
    takes,
    async enters(inner) {
      await breathe()
      return !NEVER_ENTERED.has(path.basename(inner)) && (await enters(inner)) && !isIgnoredFolder(inner)
    },
  })
  const files: string[] = []
  for (const file of found.files) {
    await breathe()
    if (!isIgnored(file)) files.push(file)
  }
  const failures: Failure[] = []
  for (const failed of found.failures) if (!isIgnored(failed.place ?? '')) failures.push(failed)
  return { files, failures }
}

function bookRootOf(file: string, base: string): string {
  return bookAround(path.dirname(file)) ?? base
}

/** A book within a book is a book of its own. */
function ownedBy(root: string, files: readonly string[]): string[] {
  return files.filter((file) => bookRootOf(file, root) === root)
}
