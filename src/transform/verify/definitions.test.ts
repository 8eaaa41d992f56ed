import { describe, expect, it } from 'vitest'
import type { Edit } from '../../model.ts'
import { applyEdits, mergeEdits } from '../edits.ts'
import { effectsOnDefinitions } from './definitions.ts'

function effectsOf(before: string, ...edits: Edit[]) {
  const merge = mergeEdits(edits)
  return merge.ok ? effectsOnDefinitions(before, applyEdits(before, merge.edits), edits) : undefined
}

describe('edits of a file of definitions', () => {
  const text = '[rain]: /rain "Rain"\n\n{{#include more.md}}\n[wind]: /wind\n'

  it('are about its labels, whole or in part', () => {
    const effects = effectsOf(text, { start: 1, end: 5, text: 'wet' }, { start: 45, end: 47, text: 'e' })
    expect(effects).toEqual([
      { kind: 'definition', start: 1, end: 5, from: 'rain', to: 'wet' },
      { kind: 'definition', start: 44, end: 48, from: 'wind', to: 'wed' },
    ])
  })

  it.each<[string, Edit]>([
    ['addresses', { start: 9, end: 13, text: 'wet' }],
    ['titles', { start: 15, end: 19, text: 'Wet' }],
    ['more than a label', { start: 0, end: 5, text: '[wet' }],
    ['includes', { start: 32, end: 36, text: 'less' }],
    ['what makes a label no label', { start: 1, end: 5, text: 'a]b' }],
    ['what makes a label a footnote', { start: 1, end: 5, text: '^1' }],
    ['a line more', { start: 21, end: 21, text: '[sun]: /sun\n' }],
  ])('that are about %s are left to the tree', (_, edit) => {
    expect(effectsOf(text, edit)).toBeUndefined()
  })

  it('are left to the tree where there is a text', () => {
    expect(effectsOf(`Rain\n${text}`, { start: 6, end: 10, text: 'wet' })).toBeUndefined()
  })
})
