import { createColors } from 'picocolors'
import { describe, expect, it } from 'vitest'
import { findingOf } from '../../test/support/report.ts'
import type { Finding } from '../runner/report.ts'
import { changeText, findingLine } from './findings.ts'

const plain = createColors(false)
const lineOf = (finding: Partial<Finding>) => findingLine('src/rain.md', findingOf(finding), plain)

describe('the line of a finding', () => {
  it('of a change: place, change, migration', () => {
    expect(lineOf({ line: 3, column: 7, legacy: 'c-slab', current: ['c~slab~docs'] })).toBe(
      'src/rain.md:3:7  c-slab → c~slab~docs  0001-rain',
    )
  })

  it.each<[Finding['kind'], string]>([
    ['refused', 'refused'],
    ['undecided', 'undecided'],
    ['opaque', 'warning'],
    ['doubtful', 'warning'],
  ])('of what is %s says why', (kind, word) => {
    expect(lineOf({ kind, because: 'two links' })).toBe(
      `src/rain.md:1:1  old → new  0001-rain  ${word}: two links`,
    )
  })

  it('names all candidates, or none', () => {
    expect(lineOf({ kind: 'undecided', current: ['a', 'b', 'c'] })).toContain('old → a or b or c  ')
    expect(lineOf({ kind: 'undecided', current: [] })).toContain(':1  old  0001-rain')
  })

  it('lets nothing steer the terminal: path, text, candidates, reason', () => {
    const hostile = '\x1b]0;x\x07\n'
    const line = findingLine(
      `a${hostile}b`,
      findingOf({ kind: 'refused', legacy: hostile, current: [hostile], because: hostile }),
      plain,
    )
    expect(line).not.toMatch(/\p{Cc}/u)
    expect(line.match(/\\u\{1b\}\]0;x\\u\{7\}\\n/g)).toHaveLength(4)
  })

  it('has colours only where they are asked for', () => {
    expect(findingLine('a.md', findingOf({}), createColors(true))).toContain('\x1b[')
    expect(lineOf({})).not.toContain('\x1b')
  })
})

describe('changeText', () => {
  it('shows line endings as escapes', () => {
    expect(changeText(findingOf({ legacy: 'rain\ngauge', current: ['rain'] }), plain)).toBe(
      'rain\\ngauge → rain',
    )
  })
})
