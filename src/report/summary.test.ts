import { createColors } from 'picocolors'
import { describe, expect, it } from 'vitest'
import { bookOf, fileOf, findingOf } from '../../test/support/report.ts'
import { failure } from '../failure.ts'
import type { BookReport, Finding } from '../runner/report.ts'
import { failuresLines, type SummaryOptions, summaryLines, totalsOf } from './summary.ts'

const plain = createColors(false)
const OPTIONS: SummaryOptions = {
  written: true,
  seconds: 1.26,
  migrations: ['0001-rain', '0002-wind-gauge'],
  nameOf: (_, path) => `src/${path}`,
}
const linesOf = (books: readonly BookReport[], options: Partial<SummaryOptions> = {}) =>
  summaryLines(books, { ...OPTIONS, ...options }, plain)
const left = (kind: Finding['kind'], more: Partial<Finding> = {}) => findingOf({ kind, ...more })
const numbered = (number: number, kind: Finding['kind']) =>
  Array.from({ length: number }, (_, index) =>
    left(kind, { legacy: `old ${index}`, because: `reason ${index}` }),
  )

describe('totals', () => {
  it('count files once each, in jscodeshift’s words', () => {
    const failed = failure('MDS002', '', 'd.md')
    const books = [
      bookOf([fileOf('a.md', [findingOf({})], true), fileOf('b.md', [left('opaque')])], {
        failures: [failed, failed],
      }),
      bookOf([
        fileOf('a.md', []),
        fileOf('b.md', [left('refused'), findingOf({})], true),
        fileOf('c.md', []),
      ]),
    ]
    expect(totalsOf(books)).toEqual({ errors: 2, unmodified: 2, skipped: 1, ok: 2 })
  })

  it('of nothing are nought', () => {
    expect(totalsOf([])).toEqual({ errors: 0, unmodified: 0, skipped: 0, ok: 0 })
  })
})

describe('the summary', () => {
  it('of a run that changed files', () => {
    const findings = [findingOf({}), findingOf({}), findingOf({ migration: '0002-wind-gauge' })]
    expect(linesOf([bookOf([fileOf('a.md', findings, true), fileOf('b.md', [])])])).toEqual([
      'Results:',
      '  0 errors, 1 unmodified, 0 skipped, 1 ok',
      '  0001-rain        2 edits',
      '  0002-wind-gauge  1 edit',
      'Not proven (--no-verify)',
      'Time elapsed: 1.3 seconds',
    ])
  })

  it('says what was proven', () => {
    const counts = { links: 3, images: 1, footnotes: 0, headings: 2, declared: 4, mended: 0 }
    const book = bookOf([fileOf('a.md', [], true)])
    const proven = (proof: BookReport['proof']) => linesOf([{ ...book, ...(proof ? { proof } : {}) }]).at(-2)
    expect(proven({ chapters: 9, rendered: 2, ...counts })).toBe(
      'Proven: 9 of 9 chapters, of which 2 change. 3 links, 1 image, 0 footnotes, 2 headings lead and read as before; 4 differences, all declared by edits',
    )
    expect(proven({ chapters: 9, rendered: 0, ...counts })).toBe(
      'Proven: 9 of 9 chapters. None of them changes',
    )
  })

  it('says that nothing was written', () => {
    expect(linesOf([], { written: false })[0]).toBe('Results (nothing was written):')
  })

  it('tells what needs a decision, with its place and its reason', () => {
    const finding = left('undecided', {
      legacy: 'c-x',
      current: ['c~x~docs', 'c~x'],
      line: 3,
      column: 9,
      because: 'why',
    })
    expect(linesOf([bookOf([fileOf('a.md', [finding])])])).toEqual(
      expect.arrayContaining([
        'Left, and needs a decision: 1 place',
        '  c-x → c~x~docs or c~x  (undecided)',
        '    why',
        '    src/a.md:3:9',
      ]),
    )
  })

  it('tells the same text with the same reason once, with its first place', () => {
    const files = ['a.md', 'b.md', 'c.md'].map((path) => fileOf(path, [left('refused', { line: 2 })]))
    const lines = linesOf([bookOf(files)])
    expect(lines).toContain('Left, and needs a decision: 3 places')
    expect(lines).toContain('    src/a.md:2:1 and 2 more places')
    expect(lines.filter((line) => line.includes('(refused)'))).toHaveLength(1)
  })

  it('keeps the same text apart where the reasons differ', () => {
    const findings = [left('refused', { because: 'one' }), left('refused', { because: 'two' })]
    const lines = linesOf([bookOf([fileOf('a.md', findings)])])
    expect(lines.filter((line) => line.includes('(refused)'))).toHaveLength(2)
  })

  it('counts what policy leaves by its reason', () => {
    const findings = [
      left('opaque', { because: 'it stands in code' }),
      left('opaque', { because: 'it stands in code', legacy: 'other' }),
      left('doubtful', { because: 'it may be meant', migration: '0002-wind-gauge' }),
    ]
    expect(linesOf([bookOf([fileOf('a.md', findings)])])).toEqual(
      expect.arrayContaining([
        'Left as it is: 3 places',
        '  2 × 0001-rain: it stands in code',
        '  1 × 0002-wind-gauge: it may be meant',
      ]),
    )
  })

  it('says nothing of what was left where nothing was', () => {
    const lines = linesOf([bookOf([fileOf('a.md', [findingOf({})], true)])])
    expect(lines.filter((line) => line.startsWith('Left'))).toEqual([])
  })

  it('cuts long lists short, and says how many there are', () => {
    const many = linesOf([bookOf([fileOf('a.md', numbered(23, 'refused'))])])
    expect(many.filter((line) => line.includes('(refused)'))).toHaveLength(20)
    expect(many.join('\n')).toContain('… and 3 more;')
    const warned = linesOf([bookOf([fileOf('a.md', numbered(22, 'opaque'))])])
    expect(warned.filter((line) => line.includes(' × '))).toHaveLength(20)
    expect(warned.join('\n')).toContain('… and 2 more reasons;')
    expect(linesOf([bookOf([fileOf('a.md', numbered(20, 'refused'))])]).join('\n')).not.toContain('…')
  })

  it('tells includes that lead nowhere once a book, a few by name', () => {
    const missing = ['a.md: x.md', 'a.md: y.md', 'b.md: x.md', 'c.md: x.md']
    const lines = linesOf([bookOf([], { missing })])
    expect(lines.filter((line) => line.startsWith('Includes that lead nowhere: 4'))).toHaveLength(1)
    expect(lines).toEqual(expect.arrayContaining(['    a.md: x.md', '    b.md: x.md', '    … and 1 more']))
    expect(linesOf([bookOf([])]).join('\n')).not.toContain('nowhere')
  })

  it('lets nothing steer the terminal', () => {
    const hostile = '\x1b[2J\n'
    const findings = [
      left('refused', { legacy: hostile, because: hostile }),
      left('opaque', { because: hostile }),
    ]
    const books = [bookOf([fileOf(hostile, findings)], { missing: [hostile] })]
    expect(linesOf(books).join('')).not.toMatch(/\p{Cc}/u)
  })
})

describe('failures', () => {
  it('are told with code and place, and once per kind with what to do next', () => {
    const { next } = failure('MDS001', '')
    expect(
      failuresLines(
        [failure('MDS001', 'gone', 'a.md'), failure('MDS008', 'docs'), failure('MDS001', 'gone', 'b.md')],
        plain,
      ),
    ).toEqual([
      'error MDS001  a.md: The path cannot be read: gone',
      'error MDS001  b.md: The path cannot be read: gone',
      `  ${next}`,
      'error MDS008  No Markdown files were found: docs',
      `  ${failure('MDS008', '').next}`,
    ])
  })

  it('are cut short, each kind for itself', () => {
    const failures = Array.from({ length: 25 }, (_, index) => failure('MDS002', '', `${index}.md`))
    const lines = failuresLines([...failures, failure('MDS001', 'gone', 'a.md')], plain)
    expect(lines.filter((line) => line.includes('MDS002'))).toHaveLength(20)
    expect(lines).toContain('  … and 5 more files')
    expect(lines).toContain('error MDS001  a.md: The path cannot be read: gone')
  })

  it('let nothing steer the terminal', () => {
    const lines = failuresLines([failure('MDS001', '\x1b[2J', 'a\x07.md')], plain)
    expect(lines.join('')).not.toMatch(/\p{Cc}/u)
  })

  it('are no lines where there are none', () => {
    expect(failuresLines([], plain)).toEqual([])
  })
})
