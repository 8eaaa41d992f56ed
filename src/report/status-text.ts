/** A status for a terminal. */
import { LEDGER_NAME } from '../book/ledger-name.ts'
import { appliedLines, driftText } from './ledger-lines.ts'
import { burndownLine, type Status } from './status.ts'
import { type Cells, chapterCells, folderCells, migrationCells } from './status-tables.ts'
import { type Colors, visible } from './terminal.ts'

/**
 * The status's lines.
 *
 * @param chapters whether every chapter has a line too
 */
export function statusLines(status: Status, chapters: boolean, colors: Colors): string[] {
  return [
    ...(chapters ? [...tableLines(chapterCells(status)), ''] : []),
    ...tableLines(folderCells(status)),
    '',
    ...tableLines(migrationCells(status)),
    '',
    ...status.books.flatMap(({ name, applied, drifts }) => {
      const lines = [
        ...appliedLines(applied),
        ...drifts.map((drift) => `${drift.migration}  ${colors.yellow('warning')}: ${driftText(drift)}`),
      ]
      return lines.length === 0 ? [] : [`${visible(fileIn(name))}:`, ...lines.map((line) => `  ${line}`), '']
    }),
    colors.bold(burndownLine(status)),
  ]
}

function fileIn(folder: string): string {
  return folder === '.' ? LEDGER_NAME : `${folder}/${LEDGER_NAME}`
}

/** Columns in line: the first to the left, numbers to the right. */
function tableLines(cells: Cells): string[] {
  const shown = cells.map((row) => row.map(visible))
  const widths = shown[0]?.map((_, column) => Math.max(...shown.map((row) => row[column]?.length ?? 0))) ?? []
  return shown.map((row) =>
    row
      .map((cell, column) =>
        column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0),
      )
      .join('  '),
  )
}
