/**
 * jscodeshift's form of a transform: a function from a file's text to its new text. It becomes a transform as any
 * other: what the text says otherwise is edited, and the rest is not touched.
 */
import type { Chapter } from '../markdown/parse.ts'
import type { Outcome } from '../model.ts'
import type { Transform } from './define.ts'
import { textEdits } from './text-edits.ts'

/** The file that a plain transform is given. */
export interface FileInfo {
  /** Relative to the book's root, with `/`. */
  readonly path: string
  /** Its text, without byte order mark. */
  readonly source: string
}

/** What a plain transform works with. */
export interface API {
  /** Counts something; the sums are printed after a dry run. */
  stats(name: string, quantity?: number): void
  /** Tells something about the file, on stderr. */
  report(message: string): void
}

/** What stands on the command line behind `mdshift run -t …`: `--quote-style single` is `{'quote-style': 'single', quoteStyle: 'single'}`. */
export type Options = Readonly<Record<string, unknown>>

/** The plain form of a transform; nothing, or the same text, leaves the file as it is. */
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
    async transform(chapter: Chapter): Promise<Outcome> {
      const { path, text } = chapter
      const api: API = {
        stats: (name, quantity = 1) => notes.count(name, quantity),
        report: (message) => notes.tell(message),
      }
      const returned: unknown = await run({ path, source: text }, api, options)
      if (returned !== undefined && returned !== null && typeof returned !== 'string')
        throw new Error(`it returned ${kindOf(returned)}, expected a string, undefined or null`)
      if (returned === undefined || returned === null || returned === '') notes.skip()
      const edits = returned ? textEdits(text, returned) : []
      return { changes: edits.map((edit) => ({ ...edit, because: setting.summary })), leftovers: [] }
    },
  }
}

function kindOf(value: unknown): string {
  if (Array.isArray(value)) return 'an array'
  const kind = typeof value
  return `${/^[aeiou]/.test(kind) ? 'an' : 'a'} ${kind}`
}
