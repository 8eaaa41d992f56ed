/** `mdshift run`: transforms of a user's own, in every form, and whatever they do. */
import fs from 'node:fs'
import path from 'node:path'
import { createFixture, type FileTree } from 'fs-fixture'
import { describe, expect, it } from 'vitest'
import { type Ended, mdshift } from './support/program.ts'

const RED = '# Roses\n\nA red rose, and *wet*  leaves.\n'
const PLAIN = '# Wind\n\nNothing red, and `red`.\n'
const BOOK = { 'book.toml': '', 'src/a.md': RED, 'src/b.md': PLAIN }

interface Made extends Ended {
  /** The chapters as they are then. */
  readonly a: string
  readonly b: string
}

/** Runs transforms, given by their files, over a small book. */
async function run(files: FileTree, ...words: readonly string[]): Promise<Made> {
  await using folder = await createFixture({ ...BOOK, ...files })
  const given = words.includes('-t') ? words : ['-t', Object.keys(files)[0] ?? '', ...words]
  const read = (file: string) => fs.readFileSync(path.join(folder.path, 'src', file), 'utf8')
  const ended = mdshift(['run', ...given], folder.path)
  expect(fs.existsSync(path.join(folder.path, 'mdshift.lock.json'))).toBe(false)
  return { ...ended, a: read('a.md'), b: read('b.md') }
}

const WHITE = RED.replace('red', 'white')

describe('jscodeshift’s form', () => {
  it.each([
    [
      't.ts',
      "import type { API, FileInfo } from 'mdshift'\nexport default (file: FileInfo, _: API): string => file.source.replace('A red' as string, 'A white')\n",
    ],
    ['t.mts', "export default async (file: { source: string }) => file.source.replace('A red', 'A white')\n"],
    ['t.mjs', "export default (file) => file.source.replace('A red', 'A white')\n"],
    ['t.js', "module.exports = (file) => file.source.replace('A red', 'A white')\n"],
    ['t.cjs', "module.exports = async function (file) { return file.source.replace('A red', 'A white') }\n"],
    [
      't.cts',
      "const run = (file: { source: string }): string => file.source.replace('A red', 'A white')\nmodule.exports = run\n",
    ],
    [
      'compiled.cjs',
      "Object.defineProperty(exports, '__esModule', { value: true })\nexports.default = (file) => file.source.replace('A red', 'A white')\n",
    ],
  ])('works as %s', async (name, code) => {
    const { status, stderr, stdout, a, b } = await run({ [name]: code })
    expect(stderr).toContain('0 errors, 1 unmodified, 0 skipped, 1 ok')
    expect([status, stdout, a, b]).toEqual([0, '', WHITE, PLAIN])
  })

  it('has the collections, and prints what they change alone', async () => {
    const code = `export default (file, api) => {
  const root = api.md(file.source)
  root.find('heading').forEach((path) => { path.node.depth = 2 })
  return root.toSource()
}
`
    const { status, a, b, stderr } = await run({ 't.mjs': code })
    expect([status, a, b]).toEqual([0, `#${RED}`, `#${PLAIN}`])
    expect(stderr).toMatch(/Proven: 2 of 2 chapters, of which 2 change/)
  })

  it('knows the labels of the book around a file', async () => {
    const code = `export default (file, api) => {
  api.report(api.md(file.source).find('linkReference').size() + ' references')
}
`
    const { stderr } = await run(
      {
        't.mjs': code,
        'src/c.md': '[rain] and [wind]\n\n{{#include d.md}}\n',
        'src/d.md': '[rain]: rain.html\n',
      },
      'src/c.md',
    )
    expect(stderr).toContain('report  src/c.md: 1 references')
  })

  it('is given the options that are none of mdshift’s', async () => {
    const code = 'export default (file, api, options) => { api.report(JSON.stringify(options)) }\n'
    const { status, stderr } = await run(
      { 't.cjs': code.replace('export default', 'module.exports =') },
      'src/a.md',
      '--quote-style',
      'single',
      '--times=3',
      '--loud',
      '-d',
    )
    expect(status).toBe(0)
    const [, options = '{}'] = /report {2}src\/a\.md: (.*)/.exec(stderr) ?? []
    expect(JSON.parse(options)).toEqual({
      'quote-style': 'single',
      quoteStyle: 'single',
      times: 3,
      loud: true,
    })
  })

  it('is asked whether a file matters, counts, and is told as skipped where it returns nothing', async () => {
    const code = `export const mayMatch = (text) => text.includes('rose')
export const summary = 'counts roses'
export default (file, api) => { api.stats('roses'); api.stats('petals', 5); console.log('seen', file.path) }
`
    const { status, stdout, stderr } = await run({ 't.mjs': code })
    expect([status, stdout]).toEqual([0, ''])
    expect(stderr).toContain('0 errors, 1 unmodified, 1 skipped, 0 ok')
    expect(stderr).toContain('seen src/a.md')
    expect(stderr).toMatch(/roses: 1\n {2}petals: 5/)
  })
})

describe('defineTransform’s form', () => {
  it.each([
    [
      't.ts',
      `import { defineTransform } from 'mdshift'
export default defineTransform({
  id: 'shout', version: 1, summary: 'headings in capitals', reason: '', examples: [],
  mayMatch: (text: string): boolean => text.includes('Roses'),
  async transform(chapter) {
    await Promise.resolve()
    chapter.find('heading').find('text').forEach(({ node }) => { node.value = node.value.toUpperCase() })
  },
})
`,
    ],
    [
      't.cjs',
      `const { defineTransform } = require('mdshift')
module.exports = defineTransform({
  id: 'shout',
  mayMatch: (text) => text.includes('Roses'),
  transform(chapter) {
    chapter.find('heading').find('text').forEach(({ node }) => { node.value = node.value.toUpperCase() })
  },
})
`,
    ],
  ])('works as %s, although the book has no packages', async (name, code) => {
    const { status, a, b, stderr } = await run({ [name]: code })
    expect(stderr).toContain('shout  1 edit')
    expect([status, a, b]).toEqual([0, RED.replace('Roses', 'ROSES'), PLAIN])
  })

  it('looks at the whole book before it changes a chapter', async () => {
    const code = `export default {
  id: 'numbers',
  scan: {
    chapter: ({ tree }) => tree.children.length,
    reduce: (book, items) => ({ blocks: [...items.values()].reduce((a, b) => a + b, 0), writes: book.writes('a.md') }),
  },
  transform: (chapter, { blocks, writes }) => ({ text: chapter.text + '\\n' + blocks + ' ' + writes + '\\n' }),
}
`
    const { status, a, b } = await run({ 't.mjs': code })
    expect([status, a, b]).toEqual([0, `${RED}\n4 false\n`, `${PLAIN}\n4 false\n`])
  })
})

describe('the fixtures of a transform', () => {
  const white = "export default (file) => file.source.replace('red', 'white')\n"
  const files = {
    'rose.md': 'A red rose.\n',
    'white/white.mjs': white,
    'white/fixtures/one/input.md': 'A red rose.\n',
  }

  it('are no chapters of a book that they stand in', async () => {
    await using folder = await createFixture(files)
    expect(mdshift(['run', '-t', 'white/white.mjs'], folder.path).status).toBe(0)
    expect(fs.readFileSync(folder.getPath('rose.md'), 'utf8')).toBe('A white rose.\n')
    expect(fs.readFileSync(folder.getPath('white/fixtures/one/input.md'), 'utf8')).toBe('A red rose.\n')
  })

  it('are changed where they are given', async () => {
    await using folder = await createFixture(files)
    expect(mdshift(['run', '-t', 'white/white.mjs', 'white/fixtures'], folder.path).status).toBe(0)
    expect(fs.readFileSync(folder.getPath('white/fixtures/one/input.md'), 'utf8')).toBe('A white rose.\n')
  })
})

describe('several transforms', () => {
  const FILES = {
    'one.mjs': "export default (file) => file.source.replace('A red', 'A white')\n",
    'two/one.mjs': "export default (file) => file.source.replace('white', 'snow-white')\n",
  }

  it('are run in their order', async () => {
    const there = await run(FILES, '-t', 'one.mjs', '-t', 'two/one.mjs')
    expect([there.status, there.a]).toEqual([0, RED.replace('red', 'snow-white')])
    const back = await run(FILES, '-t', 'two/one.mjs', '-t', 'one.mjs')
    expect([back.status, back.a]).toEqual([0, WHITE])
  })
})

describe('a dry run', () => {
  const CODE = { 't.mjs': "export default (file) => file.source.replace('A red', 'A white')\n" }

  it.each(['-d', '--dry', '--dry-run'])('with %s writes nothing and prints a diff', async (flag) => {
    const { status, stdout, a } = await run(CODE, flag)
    expect([status, a]).toEqual([0, RED])
    expect(stdout).toBe(
      '--- a/src/a.md\n+++ b/src/a.md\n@@ -1,3 +1,3 @@\n # Roses\n \n-A red rose, and *wet*  leaves.\n+A white rose, and *wet*  leaves.\n',
    )
  })

  it('prints the new texts with --print, and nothing else with --silent', async () => {
    const { stdout, stderr } = await run(CODE, '-d', '-p', '-s')
    expect([stdout, stderr]).toEqual([WHITE, ''])
  })
})

/** A transform that does something with one file, and its work on the other. */
const onFirst = (what: string) =>
  `export default (file) => {\n  if (file.path.endsWith('a.md')) ${what}\n  return file.source.replace('Nothing', 'Something')\n}\n`

describe('a transform that fails on a file fails that file, at the author’s line', () => {
  it.each([
    [
      'throws',
      'throws.mjs',
      onFirst("throw new TypeError('no rose')"),
      /throws: no rose at throws\.mjs:2:41\n/,
    ],
    [
      'throws, in TypeScript',
      'throws.ts',
      `type Wide = { a: number }\nexport default (file: { path: string; source: string }): string => {\n  const wide: Wide = { a: 1 as number }; if (file.path.endsWith('a.md')) throw new Error('no ' + wide.a)\n  return file.source.replace('Nothing', 'Something')\n}\n`,
      /throws: no 1 at throws\.ts:3:80\n/,
    ],
    [
      'throws in what it imports',
      't.ts',
      "import { check } from './lib.ts'\nexport default (file: { path: string; source: string }): string => {\n  check(file.path)\n  return file.source.replace('Nothing', 'Something')\n}\n",
      /t: not a at lib\.ts:2:\d+\n {4}at check \(lib\.ts:2:\d+\)\n {4}at \w* ?\(?t\.ts:3:\d+\)?\n/,
    ],
    ['rejects', 't.mjs', onFirst("return Promise.reject(new Error('late'))"), /t: late at t\.mjs:2:\d+\n/],
    [
      'leaves a promise alone',
      't.mjs',
      onFirst("Promise.reject(new Error('alone'))"),
      /t: alone at t\.mjs:2:\d+/,
    ],
    [
      'throws from a timer',
      't.mjs',
      onFirst("return new Promise(() => setTimeout(() => { throw new Error('timed') }, 1))"),
      /t: timed at t\.mjs:2:\d+/,
    ],
    ['throws no error', 't.mjs', onFirst("throw 'a string'"), /MDS006 {2}src\/a\.md: .*t: a string\n/],
    [
      'returns a number',
      't.mjs',
      onFirst('return 7'),
      /t: it returned a number, expected a string, undefined or null/,
    ],
    ['returns an array', 't.mjs', onFirst('return []'), /t: it returned an array, expected a string/],
    [
      'ends the process',
      't.mjs',
      onFirst('process.exit(0)'),
      /MDS053 {2}src\/a\.md: .*t\.mjs called process\.exit\(0\)/,
    ],
    [
      'loops for ever',
      't.mjs',
      onFirst('for (;;);'),
      /MDS052 {2}src\/a\.md: .*t\.mjs took more than 2 seconds, and it was at t\.mjs:2:\d+\n {4}at default \(t\.mjs:2:\d+\)/,
    ],
    [
      'loops for ever, in TypeScript',
      't.ts',
      "function deep(times: number): void {\n  let x: number = 0\n  for (;;) x += times\n}\nexport default (file: { path: string; source: string }): string => {\n  if (file.path.endsWith('a.md')) deep(1)\n  return file.source.replace('Nothing', 'Something')\n}\n",
      /took more than 2 seconds, and it was at t\.ts:3:\d+\n {4}at deep \(t\.ts:3:\d+\)\n {4}at \w+ \(t\.ts:6:\d+\)/,
    ],
    [
      'waits for ever',
      't.mjs',
      onFirst('return new Promise(() => {})'),
      /MDS052 {2}src\/a\.md: .*t\.mjs took more than 2 seconds, and it waited/,
    ],
  ])('%s', async (_, name, code, message) => {
    const lib =
      "export function check(path: string): void {\n  if (path.endsWith('a.md')) throw new Error('not a')\n}\n"
    const { status, stderr, a, b } = await run({ [name]: code, 'lib.ts': lib }, '--timeout', '2')
    expect(stderr).toMatch(message)
    expect(stderr).toContain('src/a.md: ')
    expect(stderr).toContain('1 error, 0 unmodified, 0 skipped, 1 ok')
    expect([status, a, b]).toEqual([2, RED, PLAIN.replace('Nothing', 'Something')])
  })

  it('takes all memory', async () => {
    const code = onFirst('for (const all = []; ; ) all.push(new Array(1e5).fill(Math.random()))')
    const { status, stderr, a, b } = await run({ 't.mjs': code }, '--timeout', '60')
    expect(stderr).toMatch(/MDS053 {2}src\/a\.md: .*t\.mjs took all the memory that it may have/)
    expect([status, a, b]).toEqual([2, RED, PLAIN.replace('Nothing', 'Something')])
  })

  it('throws while it looks at the whole book: nothing of it is changed', async () => {
    const code =
      "export default { scan: { reduce() { throw new Error('too wide') } }, transform: ({ text }) => ({ text: text + '!' }) }\n"
    const { status, stderr, a, b } = await run({ 't.mjs': code })
    expect(stderr).toMatch(/MDS055 .*t: too wide at t\.mjs:1:\d+/)
    expect([status, a, b]).toEqual([2, RED, PLAIN])
  })
})

describe('a file that holds no transform ends with 2, and says what was found', () => {
  it.each([
    ['that is not there', 'none.ts', {}, /MDS050 {2}none\.ts: /],
    [
      'with an error of syntax',
      't.ts',
      { 't.ts': 'export default (\n  a: {) => 1\n' },
      /MDS050 {2}t\.ts: .* at t\.ts:2:\d+/,
    ],
    [
      'with one, in JavaScript',
      't.mjs',
      { 't.mjs': 'export default (a {}) => 1\n' },
      /MDS050 {2}t\.mjs: .* at t\.mjs:1:\d+/,
    ],
    [
      'that throws',
      't.ts',
      { 't.ts': "const a: number = 1\nthrow new Error('no ' + a)\n" },
      /MDS050 {2}t\.ts: .*no 1 at t\.ts:2:7/,
    ],
    [
      'that imports what there is not',
      't.mjs',
      { 't.mjs': "import 'nowhere-at-all'\n" },
      /MDS050 .*nowhere-at-all/,
    ],
    ['without a default', 't.mjs', { 't.mjs': 'export const a = 1\n' }, /MDS051 {2}t\.mjs: .*not there/],
    ['with a number', 't.mjs', { 't.mjs': 'export default 7\n' }, /MDS051 {2}t\.mjs: .*a number/],
    [
      'with another object',
      't.mjs',
      { 't.mjs': 'export default { id: 7, run() {} }\n' },
      /MDS051 {2}t\.mjs: .*its id is no string; its transform is no function/,
    ],
    [
      'that ends the process',
      't.mjs',
      { 't.mjs': 'process.exit(0)\n' },
      /MDS053 {2}t\.mjs: .*process\.exit\(0\)/,
    ],
  ])('%s', async (_, name, files: FileTree, message) => {
    const { status, stdout, stderr, a } = await run(files, '-t', name)
    expect(stderr).toMatch(message)
    expect([status, stdout, a]).toEqual([2, '', RED])
  })

  it.each([
    ['no transform', []],
    ['a time that is none', ['-t', 't.mjs', '--timeout', 'soon']],
    ['no threads', ['-t', 't.mjs', '--cpus', '0']],
  ])('%s', async (_, words) => {
    await using folder = await createFixture({ ...BOOK, 't.mjs': 'export default () => {}\n' })
    expect(mdshift(['run', ...words], folder.path)).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('MDS009'),
    })
  })
})
