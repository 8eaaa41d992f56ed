import { describe, expect, it } from 'vitest'
import { migrateTexts } from '../../../test/support/book.ts'
import { type Answer, defineTransform } from '../../transform/define.ts'
import type { EditableChapter } from '../../transform/editable.ts'
import { provenChanges } from './file-changes.ts'

const migration = (id: string, transform: (chapter: EditableChapter) => Answer | undefined) =>
  defineTransform({ id, version: 1, summary: id, reason: '', examples: [], mayMatch: () => true, transform })

/** Every `from` becomes `to`, by edits. */
const replacing = (id: string, from: string, to: string) =>
  migration(id, ({ text }) => ({
    changes: [...text.matchAll(new RegExp(from, 'g'))].map(({ index }) => ({
      start: index,
      end: index + from.length,
      text: to,
      because: id,
    })),
  }))

const quoting = migration('0002-quote', ({ tree }) => {
  const { children } = tree
  const index = children.findIndex(({ type }) => type === 'paragraph')
  const [found] = children.slice(index, index + 1)
  if (found?.type === 'paragraph') children.splice(index, 1, { type: 'blockquote', children: [found] })
  return undefined
})

const BOOK = {
  'a.md': '# Rain\n\nIt [rains][c-rain] ⮳.\n\nStill ⮳.\n\n{{#include part.md}}\n\n{{#include refs.md}}\n',
  'part.md': 'A part ⮳ [rains][c-rain].\n\nMore ⮳.\n',
  'refs.md': '[c-rain]: https://example.org/rain\n',
}
const steps = [replacing('0001-arrow', '⮳', '↗'), quoting, replacing('0003-word', 'rains', 'pours')]

describe('edits, a tree, and edits again', () => {
  it('are proven together, in a book with includes', async () => {
    const { failures, files, proof } = await migrateTexts(BOOK, { migrations: steps, idempotent: false })
    expect(failures).toEqual([])
    expect(Object.fromEntries(files.map(({ path, after }) => [path, after]))).toEqual({
      'a.md':
        '# Rain\n\n> It [pours][c-rain] ↗.\n\nStill ↗.\n\n{{#include part.md}}\n\n{{#include refs.md}}\n',
      'part.md': '> A part ↗ [pours][c-rain].\n\nMore ↗.\n',
      'refs.md': BOOK['refs.md'],
    })
    expect(proof?.rendered).toBe(2)
  })

  it('are told apart: what the tree is about is a region, and the rest are effects', async () => {
    const { files } = await migrateTexts(BOOK, { migrations: steps, idempotent: false })
    const file = files.find(({ path }) => path === 'part.md')
    if (!file?.steps) throw new Error('it was changed step by step')
    const surroundings = { isKnown: (id: string) => id === 'C-RAIN', isPresumed: () => false, html: false }
    const proven = provenChanges(file, file.steps, surroundings)
    if ('breach' in proven) throw new Error(proven.breach.message)
    const { effects, made } = proven.changes
    expect(made?.regions.map(({ blocks }) => blocks.map(({ type }) => type))).toEqual([['blockquote']])
    expect(effects.map(({ kind, start, from, to }) => [kind, start, from, to])).toEqual([
      ['text', BOOK['part.md'].lastIndexOf('⮳'), '⮳', '↗'],
    ])
    const first = provenChanges(file, file.steps.slice(0, 1), surroundings)
    expect('changes' in first && [first.changes.made, first.changes.effects.length]).toEqual([undefined, 2])
  })

  it('are refused by the name of the one that lies', async () => {
    const { files } = await migrateTexts(BOOK, { migrations: steps, idempotent: false })
    const file = files.find(({ path }) => path === 'part.md')
    const lying = file?.steps?.map((step) =>
      step.asked ? { ...step, asked: { type: 'root' as const, children: [] } } : step,
    )
    const surroundings = { isKnown: (id: string) => id === 'C-RAIN', isPresumed: () => false, html: false }
    const proven = file && provenChanges(file, lying ?? [], surroundings)
    expect(proven).toMatchObject({ breach: { migration: '0002-quote', at: 0 } })
  })
})
