/** Files and findings per migration, as a table. */
import { type BookReport, isOpen, searchedFiles } from '../runner/report.ts'

/** The table's lines: one row a migration, in order. */
export function statusLines(books: readonly BookReport[], migrations: readonly string[]): string[] {
  const rows = migrations.map((id) => {
    const files = books.flatMap((book) =>
      searchedFiles(book)
        .map(({ findings }) => findings.filter(({ migration }) => migration === id))
        .filter((findings) => findings.length > 0),
    )
    const findings = files.flat()
    const changes = findings.filter(({ kind }) => kind === 'change').length
    const open = findings.filter(isOpen).length
    return [id, files.length, changes, open, findings.length - changes - open].map(String)
  })
  const table = [['migration', 'files', 'to change', 'to decide', 'left by policy'], ...rows]
  const widths = table[0]?.map((_, column) => Math.max(...table.map((row) => row[column]?.length ?? 0))) ?? []
  return table.map((row) =>
    row
      .map((cell, column) =>
        column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0),
      )
      .join('  '),
  )
}
