/** What a run made of a book, as a text that it can be made of again, given the book: its texts are none of it. */
import { z } from 'zod'
import type { Book } from '../book/load.ts'
import { applyEdits, mergeEdits } from '../transform/edits.ts'
import type { BookReport, FileReport, SearchedFile } from './report.ts'

const offset = z.int().nonnegative()
const span = z.object({ start: offset, end: offset })
const edit = span.extend({ text: z.string() })

const finding = span.extend({
  line: z.int().positive(),
  column: z.int().positive(),
  kind: z.enum(['change', 'refused', 'undecided', 'opaque', 'doubtful']),
  migration: z.string(),
  legacy: z.string(),
  current: z.array(z.string()),
  because: z.string(),
  edit: span.exactOptional(),
  subject: z
    .discriminatedUnion('kind', [
      z.object({ kind: z.literal('label'), label: z.string() }),
      z.object({ kind: z.literal('heading'), text: z.string() }),
    ])
    .exactOptional(),
})

const kept = z.object({
  files: z.array(z.object({ path: z.string(), edits: z.array(edit), findings: z.array(finding) })),
  residue: z.array(z.object({ path: z.string(), findings: z.array(finding) })),
  missing: z.array(z.string()),
})

/** @returns nothing where the next run may come to something else: time limits are none of what a run follows from */
export function keptRun(book: Book, report: BookReport): string | undefined {
  if (report.failures.length > book.failures.length || report.proof) return undefined
  const { files, residue, missing } = report
  return JSON.stringify({
    files: files
      .filter(({ edits, findings }) => edits.length + findings.length > 0)
      .map(({ path, edits, findings }) => ({ path, edits, findings })),
    residue: residue
      .filter(({ findings }) => findings.length > 0)
      .map(({ path, findings }) => ({ path, findings })),
    missing,
  })
}

/**
 * The report of a run that was kept.
 *
 * @param book of which it was made
 * @param residue that was searched
 * @returns nothing for what is no such text
 */
export function reportFrom(
  text: string,
  book: Book,
  residue: readonly Omit<SearchedFile, 'findings'>[],
): BookReport | undefined {
  const parsed = kept.safeParse(parsedJson(text))
  if (!parsed.success) return undefined
  const known = new Map(parsed.data.files.map((file) => [file.path, file]))
  const found = new Map(parsed.data.residue.map((file) => [file.path, file.findings]))
  const files: FileReport[] = []
  for (const { path, text: before, bom, chosen } of book.files) {
    if (!chosen) continue
    const { edits: written, findings } = known.get(path) ?? NOTHING
    const merge = mergeEdits(written)
    if (!merge.ok || merge.edits.length !== written.length) return undefined
    const edits = merge.edits
    files.push({ path, before, after: applyEdits(before, edits), bom, edits, findings })
  }
  return {
    root: book.root,
    files,
    residue: residue.map((file) => ({ ...file, findings: found.get(file.path) ?? [] })),
    failures: [...book.failures],
    missing: parsed.data.missing,
  }
}

const NOTHING = { edits: [], findings: [] }

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
