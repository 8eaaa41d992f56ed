import { describe, expect, it } from 'vitest'
import type { Edit } from '../model.ts'
import { applyEdits, mergeEdits } from './edits.ts'
import { madeOf } from './made.ts'

const TEXT = 'one two three\n'
const edit = (start: number, end: number, text: string): Edit => ({ start, end, text })

describe('the edits of a tree and other edits', () => {
  it('come to the same one after the other as at once', () => {
    const [own, others] = [
      [edit(0, 3, 'eins'), edit(7, 7, '!'), edit(8, 13, 'x')],
      [edit(4, 6, 'zw'), edit(13, 14, '.\n')],
    ]
    const all = mergeEdits([...own, ...others])
    const told = madeOf({ asked: 'text', labels: [] }, own, others)
    if (!all.ok || !told.ok) throw new Error('they are disjoint')
    expect(applyEdits(applyEdits(TEXT, told.made.edits), told.made.others)).toBe(applyEdits(TEXT, all.edits))
  })

  it('are one where both say the same', () => {
    const told = madeOf({ asked: 'text', labels: [] }, [edit(0, 3, 'eins')], [edit(0, 3, 'eins')])
    expect(told.ok && told.made.others).toEqual([])
  })

  it.each([
    ['at one place', edit(3, 3, 'a'), edit(3, 3, 'b')],
    ['at the end of a replacement', edit(0, 3, 'a'), edit(3, 3, 'b')],
    ['at the start of one', edit(3, 3, 'a'), edit(3, 5, 'b')],
  ])('are in conflict where one inserts %s', (_, own, other) => {
    expect(madeOf({ asked: 'text', labels: [] }, [own], [other])).toEqual({
      ok: false,
      conflict: [own, other],
    })
  })
})
