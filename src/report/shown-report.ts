/** What of a check's report its own run tells: of a shard, its chapters, and of the book only the first one. */
import type { CheckReport } from '../book/report-schema.ts'

export function shownReport(report: CheckReport): CheckReport {
  const { shard, books } = report
  if (!shard) return report
  const isFirst = shard.number === 1
  return {
    ...report,
    warnings: isFirst ? report.warnings : [],
    unused: isFirst ? report.unused : [],
    books: books.map((book) => ({
      ...book,
      residue: isFirst ? book.residue : [],
      drifts: isFirst ? book.drifts : [],
      missing: isFirst ? book.missing : [],
      failures: book.failures.filter((failed) => failed.shard === shard.number),
    })),
  }
}
