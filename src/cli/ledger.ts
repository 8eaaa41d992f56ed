/** What a run writes into the ledgers of its books. */
import { type Ledger, ledgerText } from '../book/ledger.ts'
import { LEDGER_NAME } from '../book/ledger-name.ts'
import { count, visible } from '../report/terminal.ts'
import { withApplied } from '../runner/record.ts'
import type { Replacement } from '../store/commit.ts'
import type { Run, RunBook } from './run-books.ts'

/** A ledger that says too little, or no longer the truth. */
interface Due {
  readonly book: RunBook
  readonly ledger: Ledger
  /** The migrations that it is about. */
  readonly ids: readonly string[]
}

/** The ledgers as files to write, by the roots of books that the run covers whole, and without errors. */
export function ledgerReplacements(run: Run, today: string): ReadonlyMap<string, readonly Replacement[]> {
  return new Map(
    run.books.map((book) => {
      const ids = new Set(book.migrations.map(({ id }) => id))
      return [book.root, ledgerUpTo(book, ids, book.ledger.bytes, today)]
    }),
  )
}

/**
 * The ledger of a book as a file to write, once some of a run's migrations are made.
 *
 * @param made their ids
 * @param before what stands in the file by then
 * @returns nothing where it says that already, or the run does not cover the book
 */
export function ledgerUpTo(
  book: RunBook,
  made: ReadonlySet<string>,
  before: Uint8Array | undefined,
  today: string,
): readonly Replacement[] {
  if (!isCovered(book)) return []
  const due = dueIn(
    book,
    book.migrations.filter(({ id }) => made.has(id)),
    today,
  )
  if (!due) return []
  const after = new TextEncoder().encode(ledgerText(due.ledger))
  return before && Buffer.from(before).equals(after) ? [] : [{ path: LEDGER_NAME, before, after }]
}

/** What became of the ledgers, for a person; nothing where they say all already. */
export function ledgerLines(run: Run, today: string, isCommitted: boolean): string[] {
  const due = run.books.flatMap((book) => dueIn(book, book.migrations, today) ?? [])
  return due.map(({ book, ids }) => {
    const name = visible(run.nameOf(book, LEDGER_NAME))
    return isCovered(book)
      ? `Recorded in ${name}${isCommitted ? '' : ', to be committed with the chapters'}: ${ids.join(', ')}`
      : `Not recorded in ${name}: ${obstacleIn(book)}`
  })
}

function obstacleIn({ whole, chosen }: RunBook): string {
  if (whole) return 'there were errors'
  return `${count(chosen.length, 'file')} of the book ${chosen.length === 1 ? 'was' : 'were'} chosen, and not all`
}

function isCovered({ whole, failures }: RunBook): boolean {
  return whole && failures.length === 0
}

function dueIn(book: RunBook, migrations: RunBook['migrations'], today: string): Due | undefined {
  const before = book.ledger.ledger
  const ledger = withApplied(before, migrations, today)
  const ids = migrations.map(({ id }) => id).filter((id) => before.get(id) !== ledger.get(id))
  return ids.length > 0 ? { book, ledger, ids } : undefined
}
