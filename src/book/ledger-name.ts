/** The file that is the ledger of a book, at its root. */
export const LEDGER_NAME = 'mdshift.lock.json'
