/**
 * Paths and globs → books and the files chosen in them. A book is the folder that holds `book.toml`, else
 * the folder that was given. Ignore rules are git's (`.gitignore`) and our own (`.mdshiftignore`); symbolic
 * links are never followed.
 */
import fs from 'node:fs/promises'
import path from 'node:path'
import ignore, { type Ignore } from 'ignore'
import { glob, isDynamicPattern } from 'tinyglobby'
import { type Failure, failure, messageOf } from '../failure.ts'
import { toPosix } from '../posix.ts'

/** The files of one book; all paths are relative to its root, with `/`, sorted. */
export interface BookFiles {
  /** Absolute. */
  readonly root: string
  readonly all: readonly string[]
  /** Those that were asked for. */
  readonly chosen: readonly string[]
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
}

/** Which files are chapters, but for ignore files. */
export interface ChapterRule {
  /** File name endings, with the dot. */
  readonly extensions: readonly string[]
  /** Whether a file, absolute, of such an ending is a chapter. */
  includes(file: string): boolean
}

const ALWAYS_IGNORED = ['**/node_modules/**', '**/.git/**']

/**
 * Finds the books that paths lead to.
 *
 * @param paths files, folders and globs; an empty list is the current folder
 * @returns the books in the order of their roots, and a failure for each path that leads nowhere
 */
export async function discover(paths: readonly string[], options: DiscoverOptions): Promise<Discovery> {
  const failures: Failure[] = []
  const chosen = new Map<string, Set<string>>()
  const choose = (root: string, file: string) => {
    const files = chosen.get(root)
    if (files) files.add(file)
    else chosen.set(root, new Set([file]))
  }
  for (const given of paths.length === 0 ? ['.'] : paths) {
    const { files, base, failure: failed } = await resolveGiven(given, options)
    const found = await Promise.all(files.map(async (file) => ({ file, root: await bookRootOf(file, base) })))
    const chapters = isNamed(given, files, options) ? found : await withoutExcluded(found, options)
    if (chapters.length === 0) failures.push(failed ?? failure('MDS008', given))
    for (const { file, root } of chapters) choose(root, file)
  }
  await foldRoots(chosen)
  const books = await Promise.all(
    [...chosen]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(async ([root, files]) => {
        const { includes } = await options.chaptersIn(root)
        const all = new Set([...(await listChapters(root, options)).filter(includes), ...files])
        const own = await ownedBy(root, [...all])
        const relative = (file: string) => toPosix(path.relative(root, file))
        return { root, all: own.map(relative).sort(), chosen: [...files].map(relative).sort() }
      }),
  )
  return { books, failures }
}

/**
 * The book that a file belongs to, or would.
 *
 * @param file absolute
 * @param cwd absolute
 * @returns the nearest folder upwards with `book.toml`; else `cwd`, or the file's folder if it lies elsewhere
 */
export function bookAt(file: string, cwd: string): Promise<string> {
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
  const files = await ownedBy(root, await withoutIgnored(await list(patterns, folder), folder))
  return files.map((file) => toPosix(path.relative(root, file))).sort()
}

/** Whether an argument is a file itself: then it was asked for, whatever is ignored. */
function isNamed(given: string, files: readonly string[], { cwd }: DiscoverOptions): boolean {
  return files.length === 1 && files[0] === path.resolve(cwd, given)
}

/** Drops what the configuration of its book says is no chapter. */
async function withoutExcluded<Found extends { readonly file: string; readonly root: string }>(
  found: readonly Found[],
  options: DiscoverOptions,
): Promise<Found[]> {
  const rules = await Promise.all(found.map(({ root }) => options.chaptersIn(root)))
  return found.filter(({ file }, index) => rules[index]?.includes(file))
}

/** A given folder that is no book of its own is part of the book that another given folder is. */
async function foldRoots(chosen: Map<string, Set<string>>): Promise<void> {
  for (const [root, files] of [...chosen]) {
    const outer = [...chosen.keys()].find((other) => isWithin(other, root))
    if (outer === undefined || (await bookAround(root)) === root) continue
    for (const file of files) chosen.get(outer)?.add(file)
    chosen.delete(root)
  }
}

/** The files that one argument stands for, and the folder that is their book where no `book.toml` says so. */
async function resolveGiven(
  given: string,
  options: DiscoverOptions,
): Promise<{ files: string[]; base: string; failure?: Failure }> {
  if (given === '')
    return { files: [], base: options.cwd, failure: failure('MDS001', 'the path is empty', '""') }
  const absolute = path.resolve(options.cwd, given)
  try {
    const stat = await fs.lstat(absolute)
    if (stat.isFile())
      return {
        files: [absolute],
        base: isWithin(options.cwd, absolute) ? options.cwd : path.dirname(absolute),
      }
    const folder = stat.isSymbolicLink() ? await fs.realpath(absolute) : absolute
    if ((await fs.stat(folder)).isDirectory())
      return { files: await listChapters(folder, options), base: folder }
    return {
      files: [],
      base: options.cwd,
      failure: failure('MDS001', 'it is a symbolic link to a file', given),
    }
  } catch (cause) {
    if (!isDynamicPattern(given)) {
      return { files: [], base: options.cwd, failure: failure('MDS001', messageOf(cause), given, cause) }
    }
    const found = await list(toPosix(given), options.cwd)
    const rules = await Promise.all(found.map((file) => options.chaptersIn(path.dirname(file))))
    const matched = found.filter((file, index) => rules[index]?.extensions.includes(path.extname(file)))
    return { files: await withoutIgnored(matched, options.cwd), base: options.cwd }
  }
}

async function listChapters(folder: string, options: DiscoverOptions): Promise<string[]> {
  const { extensions } = await options.chaptersIn(folder)
  const endings = extensions.map((extension) => extension.replace(/^\./, ''))
  const pattern = endings.length === 1 ? `**/*.${endings[0]}` : `**/*.{${endings.join(',')}}`
  return withoutIgnored(await list(pattern, folder), folder)
}

/** Regular files only: tinyglobby leaves links alone, but names them as files. */
async function list(patterns: string | readonly string[], cwd: string): Promise<string[]> {
  const found = await glob(patterns, {
    cwd,
    absolute: true,
    followSymbolicLinks: false,
    ignore: ALWAYS_IGNORED,
    expandDirectories: false,
  })
  const stats = await Promise.all(found.map((file) => fs.lstat(file)))
  return found.filter((_, index) => stats[index]?.isFile()).map((file) => path.normalize(file))
}

/**
 * Drops what `.gitignore` and `.mdshiftignore` files rule out, from the top of the repository, or of the book,
 * down to each file. What lies in an ignored folder is ignored, whatever stands further down.
 */
async function withoutIgnored(files: readonly string[], folder: string): Promise<string[]> {
  if (files.length === 0) return []
  const top = (await nearest(folder, '.git')) ?? (await nearest(folder, 'book.toml')) ?? folder
  const rules = remembered(readRules)
  const isIgnoredBy = async (entry: string, suffix: '' | '/'): Promise<boolean> => {
    let ignored = false
    for (const directory of foldersBetween(top, path.dirname(entry))) {
      const verdict = (await rules(directory))?.test(toPosix(path.relative(directory, entry)) + suffix)
      if (verdict?.ignored) ignored = true
      if (verdict?.unignored) ignored = false
    }
    return ignored
  }
  const isIgnoredFolder = remembered(async (directory: string): Promise<boolean> => {
    if (directory === top || !isWithin(top, directory)) return false
    return (await isIgnoredFolder(path.dirname(directory))) || isIgnoredBy(directory, '/')
  })
  const ignored = await Promise.all(
    files.map(async (file) => (await isIgnoredFolder(path.dirname(file))) || isIgnoredBy(file, '')),
  )
  return files.filter((_, index) => !ignored[index])
}

/** Asks once for each folder. */
function remembered<Answer>(ask: (folder: string) => Promise<Answer>): (folder: string) => Promise<Answer> {
  const answers = new Map<string, Promise<Answer>>()
  return (folder) => {
    const known = answers.get(folder) ?? ask(folder)
    answers.set(folder, known)
    return known
  }
}

async function readRules(directory: string): Promise<Ignore | undefined> {
  const texts = await Promise.all(
    ['.gitignore', '.mdshiftignore'].map((name) =>
      fs.readFile(path.join(directory, name), 'utf8').catch(() => ''),
    ),
  )
  return texts.every((text) => text === '') ? undefined : ignore({ ignorecase: false }).add(texts.join('\n'))
}

const bookAround = remembered((folder) => nearest(folder, 'book.toml'))

async function bookRootOf(file: string, base: string): Promise<string> {
  return (await bookAround(path.dirname(file))) ?? base
}

/** A book within a book is a book of its own. */
async function ownedBy(root: string, files: readonly string[]): Promise<string[]> {
  const roots = await Promise.all(files.map((file) => bookRootOf(file, root)))
  return files.filter((_, index) => roots[index] === root)
}

/** The nearest folder upwards that holds an entry of that name. */
async function nearest(folder: string, name: string): Promise<string | undefined> {
  for (const directory of foldersBetween(path.parse(folder).root, folder).reverse()) {
    if (
      await fs.lstat(path.join(directory, name)).then(
        () => true,
        () => false,
      )
    )
      return directory
  }
  return undefined
}

/** From `top` down to `folder`, both in; only `folder` where it does not lie below `top`. */
function foldersBetween(top: string, folder: string): string[] {
  if (!isWithin(top, folder) && top !== folder) return [folder]
  const folders = [top]
  for (const name of path.relative(top, folder).split(path.sep)) {
    if (name !== '') folders.push(path.join(folders.at(-1) ?? top, name))
  }
  return folders
}

function isWithin(folder: string, file: string): boolean {
  const relative = path.relative(folder, file)
  return relative !== '' && relative.split(path.sep)[0] !== '..' && !path.isAbsolute(relative)
}
