import fs from 'node:fs'
import path from 'node:path'
import { createFixture, type FileTree } from 'fs-fixture'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { PlainTransform } from '../transform/plain.ts'
import { type TestOptions, testTransform } from './test-transform.ts'
import type { Testable } from './testable.ts'

const american: PlainTransform = ({ source }, { md }) => md(source).replaceText('colour', 'color').toSource()

/** What each test ended with: `passed`, `skipped: why`, or the message of its error. */
async function resultsOf(
  tree: FileTree,
  options: TestOptions = {},
  transform: Testable | readonly Testable[] = american,
): Promise<{
  readonly results: ReadonlyMap<string, string>
  readonly read: (file: string) => string | undefined
}> {
  await using folder = await createFixture(tree)
  const tests: [string, (...context: readonly unknown[]) => Promise<void>][] = []
  const names: string[] = []
  await testTransform(transform, folder.path, {
    ...options,
    runner: {
      describe(name, define) {
        names.push(name)
        define()
        names.pop()
      },
      it: (name, run) => tests.push([[...names.slice(1), name].join(' > '), run]),
    },
  })
  const results = new Map<string, string>()
  for (const [name, run] of tests) {
    let result = 'passed'
    try {
      await run({
        skip: (why: string) => {
          result = `skipped: ${why}`
        },
      })
    } catch (thrown) {
      result = thrown instanceof Error ? thrown.message : String(thrown)
    }
    results.set(name, result)
  }
  const texts = new Map(
    fs
      .readdirSync(folder.path, { recursive: true, encoding: 'utf8' })
      .filter((file) => fs.statSync(path.join(folder.path, file)).isFile())
      .map((file) => [file, fs.readFileSync(path.join(folder.path, file), 'utf8')]),
  )
  return { results, read: (file) => texts.get(file) }
}

const failedOf = (results: ReadonlyMap<string, string>) =>
  [...results].filter(([, result]) => result !== 'passed').map(([name]) => name)

const CHANGED = { 'input.md': 'A colour.\n', 'output.md': 'A color.\n' }
const NEAR_MISS = { 'input.md': 'A `colour`.\n' }

beforeEach(() => {
  vi.stubEnv('CI', undefined)
  vi.stubEnv('UPDATE', undefined)
})
afterEach(() => {
  vi.unstubAllEnvs()
  vi.restoreAllMocks()
})

describe('situations', () => {
  it('pass in every layout', async () => {
    const { results } = await resultsOf({ 'in-prose': CHANGED, 'in-code': NEAR_MISS })
    expect(failedOf(results)).toEqual([])
    expect([...results.keys()]).toEqual([
      'is tested by every file of its folder',
      'does what its examples say',
      ...['in-code', 'in-prose'].flatMap((name) =>
        [
          'comes out as it should',
          'crlf: line ends of Windows',
          'bom: behind a byte order mark',
          'no-final-newline: without the last line end',
          'front-matter: behind front matter',
          'block-quote: in a block quote',
          'list-item: in a list item',
          'in-fence: in a fence, where nothing may change',
          'twice: a second time',
        ].map((test) => `${name} > ${test}`),
      ),
    ])
  })

  it('may be small books, of which the output has what changes', async () => {
    const { results } = await resultsOf({
      book: {
        input: {
          'a.md': 'A colour.\n\n{{#include parts/b.md}}\n',
          parts: { 'b.md': 'colour\n', 'c.rs': 'colour' },
        },
        output: { 'a.md': 'A color.\n\n{{#include parts/b.md}}\n', parts: { 'b.md': 'color\n' } },
      },
    })
    expect(failedOf(results)).toEqual([])
  })

  it('say which layouts they are not tried in, and what a plain transform is given', async () => {
    const change: PlainTransform = ({ source }, { md }, { to }) =>
      md(source).replaceText('colour', String(to)).toSource()
    const { results } = await resultsOf(
      { one: { ...CHANGED, 'options.json': '{"to": "color"}', 'without.json': '{"crlf": "a reason"}' } },
      { without: ['bom'] },
      change,
    )
    expect(failedOf(results)).toEqual([])
    expect([...results.keys()].filter((name) => /crlf|bom/.test(name))).toEqual([])
    expect(results.size).toBe(9)
  })

  it('that come out otherwise fail, and so does what must stay', async () => {
    const { results } = await resultsOf({
      wrong: { ...CHANGED, 'output.md': 'A colour.\n' },
      stays: { 'input.md': 'A colour.\n' },
    })
    expect(results.get('wrong > comes out as it should')).toContain('-A colour.\n+A color.')
    expect(results.get('stays > comes out as it should')).toContain('-A colour.\n+A color.')
    expect(results.get('stays > block-quote: in a block quote')).toMatch(/^skipped: it does not come out/)
    expect(failedOf(results)).toHaveLength(18)
  })

  it('are not tried in a layout that the transform is about', async () => {
    const flat: PlainTransform = ({ source }, { md }) =>
      md(source)
        .find('blockquote')
        .replaceWith(({ node }) => node.children)
        .toSource()
    const { results } = await resultsOf({ one: { 'input.md': '> a\n', 'output.md': 'a\n' } }, {}, flat)
    expect(results.get('one > block-quote: in a block quote')).toMatch(/^skipped: /)
    expect(failedOf(results)).toEqual(['one > block-quote: in a block quote'])
  })

  it('show what is left', async () => {
    const leaving = {
      transform: () => ({
        leftovers: [{ start: 0, end: 1, kind: 'undecided' as const, because: '', candidates: ['b'] }],
      }),
    }
    const { results } = await resultsOf(
      { told: { 'input.md': 'a\n', 'left.txt': '1:1 undecided a → b\n' }, untold: { 'input.md': 'a\n' } },
      { variants: [] },
      leaving,
    )
    expect(results.get('told > comes out as it should')).toBe('passed')
    expect(results.get('untold > comes out as it should')).toContain('+1:1 undecided a → b')
  })
})

describe('examples', () => {
  const transform = (after: string) => ({
    examples: [{ title: 'one', before: 'A colour.\n', after }],
    transform() {},
  })
  it('of a transform are tried', async () => {
    const right = await resultsOf({ one: NEAR_MISS }, {}, transform('A colour.\n'))
    expect(failedOf(right.results)).toEqual([])
    const wrong = await resultsOf({ one: NEAR_MISS }, {}, transform('A color.\n'))
    expect(failedOf(wrong.results)).toEqual(['does what its examples say'])
  })
})

describe('files that nobody reads', () => {
  it.each<[string, FileTree, string]>([
    ['beside the situations', { one: CHANGED, 'notes.md': '' }, 'notes.md: nobody reads it'],
    ['in a situation', { one: { ...CHANGED, 'notes.md': '' } }, 'one/notes.md: nobody reads it'],
    ['an output alone', { one: CHANGED, two: { 'output.md': '' } }, 'two/: there is no input.md'],
    ['an empty situation', { one: CHANGED, two: {} }, 'two/: there is no input.md'],
    [
      'both kinds of input',
      { one: CHANGED, two: { ...CHANGED, input: { 'a.md': '' } } },
      'two/: there are both',
    ],
    ['an output of the other kind', { one: { ...CHANGED, output: { 'a.md': '' } } }, 'one/output: nobody'],
    [
      'an output of no input',
      { one: { input: { 'a.md': '' }, output: { 'b.md': '' } } },
      'one/output/b.md: nobody',
    ],
    [
      'an unknown variant',
      { one: { ...CHANGED, 'without.json': '{"in-verse": "why"}' } },
      'in-verse is no variant',
    ],
    [
      'a variant without a reason',
      { one: { ...CHANGED, 'without.json': '{"crlf": true}' } },
      'crlf is no variant',
    ],
    [
      'JSON that is none',
      { one: { ...CHANGED, 'options.json': '{' } },
      'one/options.json:1:2: it is not valid JSON',
    ],
    ['a wrong configuration', { one: { ...CHANGED, 'config.json': '{"label": {}}' } }, 'one/config.json:1:2'],
    ['no situation', {}, 'has no situation'],
  ])('%s', async (_, tree, problem) => {
    const { results } = await resultsOf(tree)
    expect(results.get('is tested by every file of its folder')).toContain(problem)
  })

  it('do not count where their name begins with a dot', async () => {
    const { results } = await resultsOf({ '.DS_Store': '', one: { ...CHANGED, '.keep': '' } })
    expect(failedOf(results)).toEqual([])
  })

  it('a folder that is not there', async () => {
    const tests: (() => Promise<void>)[] = []
    const runner = {
      describe: (_: string, define: () => void) => define(),
      it: (_: string, run: () => Promise<void>) => tests.push(run),
    }
    await testTransform(american, 'no-such-folder', { runner })
    await expect(tests[0]?.()).rejects.toThrow('there is no folder')
  })
})

describe('UPDATE=1', () => {
  const TREE = {
    wrong: { ...CHANGED, 'output.md': 'A hue.\n' },
    right: CHANGED,
    fresh: { 'input.md': 'A colour.\n' },
    stays: NEAR_MISS,
  }
  it('writes what comes out where that differs, and says so', async () => {
    vi.stubEnv('UPDATE', '1')
    const written = vi.spyOn(process.stderr, 'write').mockReturnValue(true)
    const { results, read } = await resultsOf(TREE)
    expect(failedOf(results)).toEqual([])
    expect([read('wrong/output.md'), read('fresh/output.md')]).toEqual(['A color.\n', 'A color.\n'])
    expect(read('stays/output.md')).toBeUndefined()
    const told = written.mock.calls.map(([text]) =>
      String(text).replace(/^wrote .*?(\w+\/output.md\n)$/, '$1'),
    )
    expect(told).toEqual(['fresh/output.md\n', 'wrong/output.md\n'])
  })

  it('fails in CI, and writes nothing', async () => {
    vi.stubEnv('UPDATE', '1')
    vi.stubEnv('CI', 'true')
    const { results, read } = await resultsOf(TREE)
    expect(results.get('is tested by every file of its folder')).toContain('UPDATE is set, and so is CI')
    expect(read('wrong/output.md')).toBe('A hue.\n')
    expect(read('fresh/output.md')).toBeUndefined()
  })
})
