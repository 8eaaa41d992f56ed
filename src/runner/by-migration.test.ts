import { describe, expect, it } from 'vitest'
import { findingOf } from '../../test/support/report.ts'
import { applyEdits, editsOf, mergeEdits, rewriteFurther, unchanged } from '../transform/edits.ts'
import { changedBy } from './by-migration.ts'
import type { FileReport, Step } from './report.ts'

/** A file that migrations changed: each replaces one word of what the one before has left. */
function fileOf(
  before: string,
  words: readonly (readonly [id: string, from: string, to: string])[],
): FileReport {
  let [text, rewrite] = [before, unchanged(before)]
  const steps: Step[] = []
  for (const [migration, from, to] of words) {
    const start = text.indexOf(from)
    const merged = mergeEdits([{ start, end: start + from.length, text: to }])
    if (!merged.ok) throw new Error('they overlap')
    const after = applyEdits(text, merged.edits)
    steps.push({ migration, edits: merged.edits })
    rewrite = rewriteFurther(rewrite, merged.edits)
    text = after
  }
  const findings = words.map(([migration]) => findingOf({ migration }))
  return { path: 'a.md', before, after: text, bom: true, edits: editsOf(rewrite, before), findings, steps }
}

const stateOf = (files: readonly FileReport[]) =>
  files.map(({ before, after, bom, findings }) => ({ before, after, bom, findings: findings.length }))

describe('changedBy', () => {
  const file = fileOf('rain and wind', [
    ['0001', 'rain', 'drizzle'],
    ['0001', 'and', 'or'],
    ['0003', 'wind', 'breeze'],
  ])

  it('takes the steps of one migration together', () => {
    const [changed] = changedBy('0001', { files: [file] })
    expect(stateOf(changed ? [changed] : [])).toEqual([
      { before: 'rain and wind', after: 'drizzle or wind', bom: true, findings: 2 },
    ])
    expect(changed && applyEdits(changed.before, changed.edits)).toBe('drizzle or wind')
  })

  it('begins where the one before has ended', () => {
    expect(stateOf(changedBy('0003', { files: [file] }))).toEqual([
      { before: 'drizzle or wind', after: 'drizzle or breeze', bom: true, findings: 1 },
    ])
    expect(changedBy('0002', { files: [file] })).toEqual([])
  })

  it('leaves out what ends as it began', () => {
    const back = fileOf('rain', [
      ['0001', 'rain', 'snow'],
      ['0002', 'snow', 'rain'],
    ])
    expect(back.after).toBe(back.before)
    expect([changedBy('0001', { files: [back] }), changedBy('0002', { files: [back] })]).toEqual([[], []])
  })
})
