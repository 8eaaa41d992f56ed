/** All that is done with a text in a run, done with it alone: what tells whether that comes to an end. */
import { readFileFacts } from '../book/file-facts.ts'
import type { HeavyText } from '../book/limits.ts'
import type { Book } from '../book/load.ts'
import { labelId } from '../label-id.ts'
import { parseChapter } from '../markdown/parse.ts'
import { render } from '../markdown/rendered.ts'
import type { Settings } from '../model.ts'
import type { Transform } from '../transform/define.ts'
import { runBook } from './run.ts'
import { inProcess } from './workers.ts'

/** The file that stands for the rest of the book. */
const REST = 'the rest of the book'

/**
 * Reads, shows and migrates a text as the only chapter of a book.
 *
 * @param migrations those that are to be made
 * @throws what parsers throw that a text is too much for
 */
export async function tryTextAlone(
  { path, text, definitions, isAssembled }: HeavyText,
  migrations: readonly Transform[],
  settings: Settings,
): Promise<void> {
  if (isAssembled) {
    render(text)
    return
  }
  const facts = readFileFacts(path, text)
  const defined = new Set([...definitions, ...facts.definitions].map(({ label }) => labelId(label)))
  parseChapter(path, text, (id) => defined.has(id))
  render(text)
  const all = { start: 0, end: 0, target: path, part: { kind: 'all' as const }, rendered: true }
  const book: Book = {
    root: '/book',
    files: [{ path, text, bom: false, chosen: true }],
    failures: [],
    outside: new Map([[REST, '']]),
    unreadable: new Map(),
    facts: new Map([
      [path, facts],
      [REST, { path: REST, definitions, includes: [all] }],
    ]),
  }
  await runBook(book, { migrations, workers: inProcess(migrations), settings, verify: true })
}
