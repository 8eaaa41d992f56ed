/**
 * jscodeshift's form of a transform: a function from a file's text to its new text. It becomes a transform as any
 * other: what the text says otherwise is edited, and the rest is not touched.
 */
import type { Nodes, Root } from 'mdast'
import type { Chapter } from '../markdown/parse.ts'
import { kindOf } from './answer.ts'
import type { NodePath } from './collection/path.ts'
import type { Collection } from './collection.ts'
import type { Answer, Transform } from './define.ts'
import { type MdOptions, md } from './md.ts'

/** The file that a plain transform is given. */
export interface FileInfo {
  /** Relative to the book's root, with `/`. */
  readonly path: string
  /** Its text, without byte order mark. */
  readonly source: string
}

/** What a plain transform works with. */
export interface API {
  /** Reads Markdown, with the labels known that the chapter sees: `api.md(file.source).find('heading')`. */
  readonly md: typeof md
  /** Counts something; the sums are printed after a dry run. */
  stats(name: string, quantity?: number): void
  /** Tells something about the file, on stderr. */
  report(message: string): void
}

/** What stands on the command line behind `mdshift run -t …`: `--quote-style single` is `{'quote-style': 'single', quoteStyle: 'single'}`. */
export type Options = Readonly<Record<string, unknown>>

/** The plain form of a transform; nothing, an empty text or the same text leaves the file as it is. */
export type PlainTransform = (
  file: FileInfo,
  api: API,
  options: Options,
) => string | undefined | null | Promise<string | undefined | null>

/** What a transform tells beside its edits. */
export interface Notes {
  /** Takes what `api.stats` counts. */
  count(name: string, quantity: number): void
  /** Takes what `api.report` tells. */
  tell(message: string): void
  /** The transform looked at the file, and returned nothing. */
  skip(): void
}

export interface PlainSetting {
  readonly id: string
  /** Why each of its edits is made. */
  readonly summary: string
  readonly options: Options
  readonly notes: Notes
  mayMatch(text: string): boolean
}

/** Makes a transform of a function. Throws where it returns what is no text. */
export function plainTransform(run: PlainTransform, { notes, options, ...setting }: PlainSetting): Transform {
  return {
    ...setting,
    version: 1,
    reason: '',
    examples: [],
    async transform(chapter: Chapter): Promise<Answer | undefined> {
      const { path, text, isDefined } = chapter
      const returned: unknown = await run({ path, source: text }, apiFor({ path, isDefined }, notes), options)
      if (returned !== undefined && returned !== null && typeof returned !== 'string')
        throw new Error(`it returned ${kindOf(returned)}, expected a string, undefined or null`)
      if (returned) return { text: returned }
      notes.skip()
      return undefined
    },
  }
}

function apiFor(known: MdOptions, notes: Notes): API {
  function mdHere(given: string, options?: MdOptions): Collection<Root>
  function mdHere<Node extends Nodes>(given: NodePath<Node>): Collection<Node>
  function mdHere<Node extends Nodes>(
    given: string | NodePath<Node>,
    asked: MdOptions = {},
  ): Collection<Node> | Collection<Root> {
    return typeof given === 'string' ? md(given, { ...known, ...asked }) : md(given)
  }
  return {
    md: mdHere,
    stats: (name, quantity = 1) => notes.count(name, quantity),
    report: (message) => notes.tell(message),
  }
}
