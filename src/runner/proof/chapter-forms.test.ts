import { describe, expect, it } from 'vitest'
import type { Edit } from '../../model.ts'
import { applyEdits, mergeEdits } from '../../transform/edits.ts'
import { verifyFile } from '../../transform/verify.ts'
import { type ChapterForms, formsOf, stateOf } from './chapter-forms.ts'
import type { FileChanges } from './file-changes.ts'

/** The forms of a chapter whose book has every one of some words changed, by path. */
function formsWith(
  texts: Readonly<Record<string, string>>,
  words: Readonly<Record<string, readonly [string, string]>>,
  path = 'a.md',
) {
  const after = new Map(Object.entries(texts))
  const changes = new Map<string, FileChanges>()
  for (const [file, [old, by]] of Object.entries(words)) {
    const before = texts[file] ?? ''
    const found = [...before.matchAll(new RegExp(old, 'g'))]
    const merge = mergeEdits(
      found.map(({ index }): Edit => ({ start: index, end: index + old.length, text: by })),
    )
    if (!merge.ok) throw new Error('equal words do not overlap')
    after.set(file, applyEdits(before, merge.edits))
    const rewritten = { path: file, before, after: after.get(file) ?? '', edits: merge.edits }
    const known = { isKnown: () => true, isPresumed: () => false, html: false }
    changes.set(file, { edits: merge.edits, effects: verifyFile(rewritten, known).effects })
  }
  const [old, current] = [new Map(Object.entries(texts)), after].map((one) =>
    stateOf(one, '/book', new Map()),
  )
  return old && current && formsOf(path, old, current, changes)
}

function chapterWith(...args: Parameters<typeof formsWith>): ChapterForms {
  const forms = formsWith(...args)
  if (typeof forms !== 'object') throw new Error(`the chapter is ${forms}`)
  return forms
}

const hrefs = ({ tokens }: ChapterForms['before']) =>
  tokens.flatMap(({ attributes }) => attributes['href'] ?? [])

describe('the forms of a chapter', () => {
  const part = {
    'a.md': 'One\n\n{{#include b.md}}\n\n{{#include b.md}}\n',
    'b.md': 'two ⮳\n',
    'c.md': 'three ⮳\n',
  }

  it('have an effect wherever its file is included', () => {
    const { effects, assembledAt } = chapterWith(part, { 'b.md': ['⮳', '↗'] })
    expect(effects.map(({ kind, start }) => [kind, start])).toEqual([
      ['text', 9],
      ['text', 16],
    ])
    expect(assembledAt(9)).toBe(9)
  })

  it('are one where nothing of it changes', () => {
    expect(formsWith(part, { 'c.md': ['⮳', '↗'] })).toBe('same')
  })

  it('say what edits of included files look like as they are written', () => {
    const { verbatimIn } = chapterWith(part, { 'a.md': ['One', 'Un'], 'b.md': ['⮳', '↗'] })
    expect(verbatimIn({ start: 0, end: 12 })).toEqual([
      { kind: 'verbatim', start: 9, end: 10, from: '⮳', to: '↗' },
    ])
  })
})

describe('a label that nothing defines', () => {
  it('is a link meanwhile, and every other label to another place', () => {
    const { before, after } = chapterWith(
      { 'a.md': '[a][c-x] [b][c-x] [c][c-y]\n' },
      { 'a.md': ['c-', 'c~'] },
    )
    const links = hrefs(before)
    expect(links[0]).toBe(links[1])
    expect(links[2]).not.toBe(links[0])
    expect(hrefs(after)).toEqual(links)
  })

  it('moves the places of effects by what stands for its definition', () => {
    const { effects, assembledAt } = chapterWith({ 'a.md': '[a][c-x]\n' }, { 'a.md': ['c-x', 'c~x'] })
    expect(effects[0]?.start).toBeGreaterThan(4)
    expect(effects.map(({ start }) => assembledAt(start))).toEqual([4])
  })

  it('is left as text where something defines what it becomes', () => {
    const { before, after } = chapterWith({ 'a.md': '[a][c-x]\n\n[c~x]: /x\n' }, { 'a.md': ['c-x', 'c~x'] })
    expect([hrefs(before), hrefs(after)]).toEqual([[], ['/x']])
  })
})
