import { describe, expect, it } from 'vitest'
import type { PlainTransform } from '../transform/plain.ts'
import { testCase } from './test-case.ts'
import type { Testable } from './testable.ts'
import { VARIANT_NAMES, type VariantName } from './variants.ts'

const american: PlainTransform = ({ source }, { md }) => md(source).replaceText('colour', 'color').toSource()

/** What a case fails with; empty where it does not. */
async function failureOf(...args: Parameters<typeof testCase>): Promise<string> {
  try {
    await testCase(...args)
    return ''
  } catch (thrown) {
    return thrown instanceof Error ? thrown.message : String(thrown)
  }
}

describe('a case', () => {
  it.each<[string, string, string]>([
    ['that changes', 'A colour.\n', 'A color.\n'],
    ['that stays', 'A hue.\n', 'A hue.\n'],
    ['in CRLF already', 'A colour.\r\n\r\nMore.\r\n', 'A color.\r\n\r\nMore.\r\n'],
    ['behind a byte order mark already', '\uFEFFA colour.\n', '\uFEFFA color.\n'],
    ['without a last line end', 'A colour.', 'A color.'],
    ['behind front matter already', '---\nlang: en\n---\n\nA colour.\n', '---\nlang: en\n---\n\nA color.\n'],
    ['with tabs', '-\tA colour.\n\n\t\tcolour\n', '-\tA color.\n\n\t\tcolour\n'],
    [
      'with a fence of its own',
      '~~~~~~~~~~~~\ncolour\n~~~~~~~~~~~~\n',
      '~~~~~~~~~~~~\ncolour\n~~~~~~~~~~~~\n',
    ],
  ])('%s passes', async (_, input, output) => {
    expect(await failureOf(american, input, output)).toBe('')
  })

  it('that comes out otherwise shows the difference, white space included', async () => {
    expect(
      await failureOf(american, 'A\n\n\tcolour  colour\n\ncolour\n', 'A\n\n    colour  colour \n\ncolour \n'),
    ).toBe(`it comes out otherwise
--- the chapter as expected
+++ the chapter as it came out
@@ -1,5 +1,5 @@
 A
 
-····colour··colour·
+⇥colour··colour
 
-colour·
+color`)
  })

  it('takes the files of a small book', async () => {
    const input = {
      'a.md': 'A colour.\n\n{{#include parts/b.md}}\n',
      'parts/b.md': 'No colour.\n',
      'c.md': 'Rain.\n',
    }
    const output = { 'a.md': 'A color.\n\n{{#include parts/b.md}}\n', 'parts/b.md': 'No color.\n' }
    expect(await failureOf(american, input, output)).toBe('')
    expect(await failureOf(american, input, {})).toContain('--- parts/b.md as expected')
  })

  it('hands options to a plain transform', async () => {
    const change: PlainTransform = ({ source }, { md }, { from, to }) =>
      md(source).replaceText(String(from), String(to)).toSource()
    expect(await failureOf(change, 'Rain.\n', 'Snow.\n', { options: { from: 'Rain', to: 'Snow' } })).toBe('')
  })

  it('tells what a transform throws', async () => {
    const failing: PlainTransform = () => {
      throw new Error('no rain')
    }
    expect(await failureOf(failing, 'a\n', 'a\n')).toMatch(/^error MDS006 {2}input\.md: .*failing: no rain/)
  })

  it('tells what is no transform', async () => {
    const none: Testable = JSON.parse('{"transform": 3}')
    expect(await failureOf(none, 'a\n', 'a\n')).toContain('error MDS051')
  })
})

/** Transforms that are right for a plain chapter, and wrong in one layout. */
const WRONG: readonly [name: VariantName, transform: PlainTransform, input: string, output: string][] = [
  ['crlf', ({ source }) => source.replace('a\nb', 'a b'), 'a\nb\n', 'a b\n'],
  ['no-final-newline', ({ source }) => source.replace('colour\n', 'color\n'), 'A colour\n', 'A color\n'],
  ['front-matter', ({ source }) => source.replace(/^# /, '## '), '# A\n', '## A\n'],
  ['block-quote', ({ source }) => source.replace(/^# /m, '## '), '# A\n', '## A\n'],
  ['list-item', ({ source }) => source.replace(/^(> )?# /m, '$1## '), '# A\n', '## A\n'],
  ['in-fence', ({ source }) => source.replace('colour', 'color'), 'A colour.\n', 'A color.\n'],
]

describe('a transform that is wrong', () => {
  it.each(WRONG)('in %s fails there, by name', async (name, transform, input, output) => {
    const failed = await failureOf(transform, input, output, { variants: [name] })
    expect(failed).toContain(`variant ${name} (`)
    expect(failed).toContain('+++ the chapter as it came out')
    expect(await failureOf(transform, input, output)).not.toBe('')
    expect(await failureOf(transform, input, output, { variants: [] })).toBe('')
    const others = VARIANT_NAMES.filter((other) => !WRONG.some(([wrong]) => wrong === other))
    expect(await failureOf(transform, input, output, { variants: others })).toBe('')
  })

  it('the second time fails in the proof, unless it may', async () => {
    const deeper: PlainTransform = ({ source }, { md }) =>
      md(source)
        .find('heading')
        .forEach(({ node }) => {
          if (node.depth === 1) node.depth = 2
          else if (node.depth === 2) node.depth = 3
        })
        .toSource()
    expect(await failureOf(deeper, '# A\n', '## A\n')).toContain('error MDS014')
    expect(await failureOf(deeper, '# A\n', '## A\n', { idempotent: false })).toBe('')
    expect(await failureOf(deeper, '# A\n', '## A\n', { without: ['twice'] })).toBe('')
  })

  it('elsewhere in the book fails with what the proof found', async () => {
    const renames: PlainTransform = ({ source, path }) =>
      path === 'a.md' ? source.replace('# Rain', '# Snow') : source
    const input = { 'a.md': '# Rain\n', 'b.md': 'See [it](a.md#rain).\n' }
    const failed = await failureOf(renames, input, { 'a.md': '# Snow\n' })
    expect(failed).toMatch(/^error MDS\d{3} {2}/)
    expect(failed).toContain('b.md:1')
  })
})

describe('a transform that is about a layout itself', () => {
  const withFooter: PlainTransform = ({ source }) =>
    source.includes('The end.') ? source : `${source.trimEnd()}\n\nThe end.\n`
  it('is not tried in it', async () => {
    expect(
      await failureOf(withFooter, 'Rain.\n', 'Rain.\n\nThe end.\n', {
        variants: ['block-quote', 'list-item', 'in-fence', 'no-final-newline'],
      }),
    ).toBe('')
  })
})
