/** Fixtures on disk: a folder for each situation, and nothing in it that nobody reads. */
import fs from 'node:fs'
import path from 'node:path'
import { checkConfig, settingsIn } from '../book/config.ts'
import { DEFAULT_CONFIG } from '../book/config-values.ts'
import { readJsonText } from '../book/json-text.ts'
import type { Settings } from '../model.ts'
import { toPosix } from '../posix.ts'
import type { Options } from '../transform/plain.ts'
import { CHAPTER, type Texts } from './texts.ts'
import { isVariant, type VariantName } from './variants.ts'

export interface Situation {
  /** Its folder's name. */
  readonly name: string
  /** Absolute. */
  readonly folder: string
  readonly input: Texts
  /** Whether it is a book, `input/`, or one chapter, `input.md`. */
  readonly isBook: boolean
  /** Variants that it is not tried in, `without.json`: by name, why. */
  readonly without: readonly VariantName[]
  /** What a plain transform is given, `options.json`. */
  readonly options: Options
  /** What a configuration says, `config.json`. */
  readonly settings: Settings
  readonly extensions: readonly string[]
}

export interface Situations {
  readonly situations: readonly Situation[]
  /** What is wrong in the folder: files that nobody reads, and those that cannot be read. */
  readonly problems: readonly string[]
}

const BOOK_INPUT = 'input'
const BOOK_OUTPUT = 'output'
const CHAPTER_OUTPUT = 'output.md'
const LEFT = 'left.txt'
const KNOWN = new Set([
  CHAPTER,
  CHAPTER_OUTPUT,
  BOOK_INPUT,
  BOOK_OUTPUT,
  LEFT,
  'without.json',
  'options.json',
  'config.json',
])

/**
 * Reads the situations of a folder.
 *
 * @param folder absolute
 */
export function situationsIn(folder: string): Situations {
  if (!fs.existsSync(folder)) return { situations: [], problems: [`there is no folder ${folder}`] }
  const situations: Situation[] = []
  const problems: string[] = []
  for (const entry of entriesOf(folder)) {
    if (!entry.isDirectory()) problems.push(`${entry.name}: nobody reads it; a situation is a folder`)
    else {
      const read = readSituation(path.join(folder, entry.name))
      problems.push(...read.problems.map((problem) => `${entry.name}/${problem}`))
      if (read.situation) situations.push(read.situation)
    }
  }
  if (situations.length === 0) problems.push(`${folder} has no situation: a folder with an input.md`)
  return { situations, problems }
}

function readSituation(folder: string): { situation?: Situation; problems: readonly string[] } {
  const names = entriesOf(folder).map(({ name }) => name)
  const unread = names.filter((name) => !KNOWN.has(name)).map((name) => `${name}: nobody reads it`)
  const isBook = names.includes(BOOK_INPUT)
  if (isBook === names.includes(CHAPTER)) {
    const what = isBook ? 'there are both input.md and input/' : 'there is no input.md, and no folder input'
    return { problems: [...unread, `: ${what}`] }
  }
  const foreign = isBook ? CHAPTER_OUTPUT : BOOK_OUTPUT
  if (names.includes(foreign)) unread.push(`${foreign}: nobody reads it; it is of the other kind`)
  const input = isBook ? readTexts(path.join(folder, BOOK_INPUT)) : { [CHAPTER]: readText(folder, CHAPTER) }
  const surplus = Object.keys(isBook ? readTexts(path.join(folder, BOOK_OUTPUT)) : {})
    .filter((file) => !(file in input))
    .map((file) => `output/${file}: nobody reads it; there is no input/${file}`)
  const [without, options, config] = [
    readJson(folder, 'without.json'),
    readJson(folder, 'options.json'),
    readConfigIn(folder),
  ]
  const variants = Object.entries(without.value)
  const strange = variants.flatMap(([name, reason]) =>
    isVariant(name) && typeof reason === 'string'
      ? []
      : [`without.json: ${name} is no variant with a reason`],
  )
  const situation: Situation = {
    name: path.basename(folder),
    folder,
    input,
    isBook,
    without: variants.flatMap(([name]) => (isVariant(name) ? [name] : [])),
    options: options.value,
    settings: config.settings,
    extensions: config.extensions,
  }
  return {
    situation,
    problems: [
      ...unread,
      ...surplus,
      ...without.problems,
      ...strange,
      ...options.problems,
      ...config.problems,
    ],
  }
}

/** What has to come out of it, as it is written now; what is not there has to stay as it was. */
export function outputOf({ folder, isBook, input }: Situation): Texts {
  if (isBook) return { ...input, ...readTexts(path.join(folder, BOOK_OUTPUT)) }
  return exists(folder, CHAPTER_OUTPUT) ? { [CHAPTER]: readText(folder, CHAPTER_OUTPUT) } : input
}

/** What has to be left in it, a line each; empty where nothing says so. */
export function leftOf({ folder }: Situation): string {
  return exists(folder, LEFT) ? readText(folder, LEFT) : ''
}

/**
 * Writes what came out, where it is not written already.
 *
 * @returns the files that were written or removed
 */
export function rewrite(situation: Situation, texts: Texts, left: string): string[] {
  const { folder, isBook } = situation
  const expected = outputOf(situation)
  const outputs = Object.entries(texts)
    .filter(([file, text]) => expected[file] !== text)
    .map(([file, text]) => [isBook ? path.join(BOOK_OUTPUT, file) : CHAPTER_OUTPUT, text] as const)
  const lefts = leftOf(situation) === left ? [] : [[LEFT, left] as const]
  return [...outputs, ...lefts].map(([name, text]) => {
    const file = path.join(folder, name)
    if (name === LEFT && text === '') fs.rmSync(file)
    else {
      fs.mkdirSync(path.dirname(file), { recursive: true })
      fs.writeFileSync(file, text)
    }
    return file
  })
}

/** What begins with a dot is a tool's. */
function entriesOf(folder: string): fs.Dirent[] {
  return fs
    .readdirSync(folder, { withFileTypes: true })
    .filter(({ name }) => !name.startsWith('.'))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
}

/** The texts of a folder by their paths in it; none where there is no such folder. */
export function readTexts(folder: string): Texts {
  if (!fs.existsSync(folder)) return {}
  const files = fs
    .readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => fs.statSync(path.join(folder, file)).isFile())
    .sort()
  return Object.fromEntries(files.map((file) => [toPosix(file), readText(folder, file)]))
}

function exists(folder: string, file: string): boolean {
  return fs.existsSync(path.join(folder, file))
}

function readText(folder: string, file: string): string {
  return fs.readFileSync(path.join(folder, file), 'utf8')
}

function readJson(
  folder: string,
  file: string,
): { readonly value: Readonly<Record<string, unknown>>; readonly problems: readonly string[] } {
  if (!exists(folder, file)) return { value: {}, problems: [] }
  const source = readJsonText(readText(folder, file), file)
  if (!('value' in source))
    return { value: {}, problems: source.map(({ place, message }) => `${place}: ${message}`) }
  return isRecord(source.value)
    ? { value: source.value, problems: [] }
    : { value: {}, problems: [`${file}: it is no object`] }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function readConfigIn(
  folder: string,
): Pick<Situation, 'settings' | 'extensions'> & { readonly problems: readonly string[] } {
  const { settings, extensions } = DEFAULT_CONFIG
  if (!exists(folder, 'config.json')) return { settings, extensions, problems: [] }
  const source = readJsonText(readText(folder, 'config.json'), 'config.json')
  if (!('value' in source))
    return { settings, extensions, problems: source.map(({ place, message }) => `${place}: ${message}`) }
  const config = checkConfig(source, path.join(folder, 'mdshift.config.json'))
  if (!config.ok)
    return {
      settings,
      extensions,
      problems: config.failures.map(({ place, message }) => `${place}: ${message}`),
    }
  return {
    settings: settingsIn(config.value, folder),
    extensions: config.value.extensions,
    problems: [],
  }
}
