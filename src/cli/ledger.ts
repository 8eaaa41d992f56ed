/** What a run writes into the ledgers of its books. */
import { LEDGER_NAME, type Ledger, ledgerText } from '../book/ledger.ts'
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
    dueIn(run, today)
      .filter(({ book }) => isCovered(book))
      .map(({ book, ledger }) => [
        book.root,
        [
          {
            path: LEDGER_NAME,
            before: book.ledger.bytes,
            after: new TextEncoder().encode(ledgerText(ledger)),
          },
        ],
      ]),
  )
}

/** What became of the ledgers, for a person; nothing where they say all already. */
export function ledgerLines(run: Run, today: string): string[] {
  return dueIn(run, today).map(({ book, ids }) => {
    const name = visible(run.nameOf(book, LEDGER_NAME))
    return isCovered(book)
      ? `Recorded in ${name}, to be committed with the chapters: ${ids.join(', ')}`
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

function dueIn({ books }: Run, today: string): Due[] {
  return books.flatMap((book) => {
    const { migrations } = book
    const before = book.ledger.ledger
    const ledger = withApplied(before, migrations, today)
    const ids = migrations.map(({ id }) => id).filter((id) => before.get(id) !== ledger.get(id))
    return ids.length > 0 ? [{ book, ledger, ids }] : []
  })
}
