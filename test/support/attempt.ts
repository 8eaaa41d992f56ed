/** Edits made by hand on the texts of a book, as a migration of the test's own makes them. */
import type { BookReport } from '../../src/runner/report.ts'
import { defineTransform } from '../../src/transform/define.ts'
import { migrateTexts, type Options } from './book.ts'

export type Texts = Readonly<Record<string, string>>

/**
 * One edit: a path; words of its text, the first of their kind, or those between two `‸`; and what they become.
 */
export type HandEdit = readonly [path: string, words: string, by: string]

/** Runs edits as one migration, whose labels begin with `c-` or `c~`. */
export function attempt(
  texts: Texts,
  edits: readonly HandEdit[],
  options: Omit<Options, 'migrations'> = {},
): Promise<BookReport> {
  const byHand = defineTransform({
    id: '0009-by-hand',
    version: 9,
    summary: '',
    reason: '',
    examples: [],
    mayMatch: () => true,
    presumes: (label) => /^c[-~]/.test(label),
    transform: ({ path, text }) => ({
      leftovers: [],
      changes:
        text === texts[path]
          ? edits.filter(([file]) => file === path).map((edit) => changeOf(text, edit))
          : [],
    }),
  })
  return migrateTexts(texts, { ...options, migrations: [byHand] })
}

function changeOf(text: string, [path, words, by]: HandEdit) {
  const [before = '', between, behind = ''] = words.includes('‸') ? words.split('‸') : ['', words]
  const at = text.indexOf(before + between + behind)
  if (at < 0) throw new Error(`${path} has no ${words}`)
  const start = at + before.length
  return { start, end: start + (between ?? '').length, text: by, because: 'a test' }
}
