import { describe, expect, it } from 'vitest'
import { applyEdits, mergeEdits } from '../../transform/edits.ts'
import { editsBetween } from './difference.ts'

const lines = (count: number, line: (index: number) => string) =>
  Array.from({ length: count }, (_, index) => line(index)).join('\n')

describe('editsBetween', () => {
  it.each([
    [
      'beside each other',
      300,
      (host: string) => (index: number) => `[label ${index}]: https://${host}/a/${index}`,
    ],
    [
      'among others, too many of them to be compared in time',
      9000,
      (host: string) => (index: number) =>
        index % 2 ? `[label ${index}]: https://${host}/${index}` : `line ${index}`,
    ],
  ])('has an edit for each of many lines that changed %s', (_, count, line) => {
    const [before, after] = [lines(count, line('old.example.org')), lines(count, line('new.example.com'))]
    const edits = editsBetween(before, after)
    expect(new Set(edits.map(({ start, end }) => before.slice(start, end)))).toEqual(new Set(['old', 'org']))
    const merged = mergeEdits(edits.map((edit) => ({ ...edit, because: '' })))
    expect(merged.ok && applyEdits(before, merged.edits)).toBe(after)
  })
})
