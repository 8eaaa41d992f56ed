/** Books made of texts, without a disk: what the tests of migrations run on. */
import { readFileFacts } from '../../src/book/file-facts.ts'
import type { Book } from '../../src/book/load.ts'
import { DEFAULT_SETTINGS, type Settings } from '../../src/model.ts'
import type { BookReport, FileReport } from '../../src/runner/report.ts'
import { runBook } from '../../src/runner/run.ts'
import { inProcess } from '../../src/runner/workers.ts'
import type { Transform } from '../../src/transform/define.ts'

export interface Options {
  readonly migrations: readonly Transform[]
  readonly labels?: Readonly<Record<string, string>>
  readonly settings?: Partial<Omit<Settings, 'labels'>>
  /** Whether the result is proven; it is, where nobody says otherwise. */
  readonly verify?: boolean
  /** Whether a second run may change nothing; it may not, where nobody says otherwise. */
  readonly idempotent?: boolean
  /** Paths that are read and not written. */
  readonly outside?: readonly string[]
  /** Files that are no chapters and are searched, by path. */
  readonly residue?: Readonly<Record<string, string>>
}

/** Runs migrations over texts, by path. */
export function migrateTexts(texts: Readonly<Record<string, string>>, options: Options): Promise<BookReport> {
  const outside = new Set(options.outside)
  const book: Book = {
    root: '/book',
    files: Object.entries(texts).map(([path, text]) => ({
      path,
      text,
      bom: false,
      chosen: !outside.has(path),
    })),
    failures: [],
    outside: new Map(Object.entries(texts).filter(([path]) => outside.has(path))),
    unreadable: new Map(),
    facts: new Map(Object.entries(texts).map(([path, text]) => [path, readFileFacts(path, text)])),
  }
  const settings = {
    ...DEFAULT_SETTINGS,
    ...options.settings,
    labels: new Map(Object.entries(options.labels ?? {})),
  }
  const { migrations } = options
  return runBook(book, {
    migrations,
    workers: inProcess(migrations),
    settings,
    verify: options.verify ?? true,
    idempotent: options.idempotent ?? true,
    residue: Object.entries(options.residue ?? {}).map(([path, text]) => ({ path, text })),
  })
}

/** Runs migrations over one chapter. */
export async function migrateText(text: string, options: Options): Promise<FileReport> {
  const report = await migrateTexts({ 'chapter.md': text }, options)
  const [file] = report.files
  if (!file) throw new Error(JSON.stringify(report.failures))
  return file
}
