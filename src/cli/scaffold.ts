/** The files of a new transform: it does something small, and its test passes. */

export interface ScaffoldOptions {
  /** `0003-dots` of a project's own migrations, or `dots`. */
  readonly id: string
  /** What its file is called, without an ending. */
  readonly file: string
  readonly language: 'ts' | 'js'
  readonly form: 'defined' | 'plain'
  readonly runner: 'vitest' | 'node'
  /** Whether `.ts` files around it are ES modules. */
  readonly isModule: boolean
}

export interface Scaffold {
  /** Texts by their paths in the new folder. */
  readonly files: ReadonlyMap<string, string>
  /** Which of them is the transform, and which is its test. */
  readonly transform: string
  readonly test: string
}

/** Writes the texts of a new transform. */
export function scaffold(options: ScaffoldOptions): Scaffold {
  const { file, language } = options
  const [ending, testEnding] = endingsOf(options)
  const transform = `${file}.${ending}`
  const test = `${file}.test.${testEnding}`
  return {
    files: new Map([
      [transform, TRANSFORMS[options.form][language](options.id)],
      [test, testOf(transform, options)],
      ['fixtures/in-a-list/input.md', '- Rain...\n- Wind.\n'],
      ['fixtures/in-a-list/output.md', '- Rain…\n- Wind.\n'],
      ['fixtures/near-miss-in-code/input.md', 'A range: `0...9`.\n'],
    ]),
    transform,
    test,
  }
}

type Written = Readonly<Record<ScaffoldOptions['language'], (id: string) => string>>

const TRANSFORMS: Readonly<Record<ScaffoldOptions['form'], Written>> = {
  defined: { ts: defined, js: defined },
  plain: {
    ts: (id) => `import type { API, FileInfo } from 'mdshift'

export const summary = 'three dots → …'

export default function ${functionName(id)}(file: FileInfo, api: API): string {
  return api.md(file.source).replaceText('...', '…').toSource()
}
`,
    js: (id) => `export const summary = 'three dots → …'

/** @type {import('mdshift').PlainTransform} */
export default function ${functionName(id)}(file, api) {
  return api.md(file.source).replaceText('...', '…').toSource()
}
`,
  },
}

function defined(id: string): string {
  return `import { defineTransform, replaceText } from 'mdshift'

export default defineTransform({
  id: '${id}',
  version: 1,
  summary: 'three dots → …',
  reason: 'Three dots are broken over two lines, and an ellipsis is not.',
  examples: [{ title: 'In prose', before: 'Rain...\\n', after: 'Rain…\\n' }],
  mayMatch: (text) => text.includes('...'),
  transform(chapter) {
    replaceText(chapter.tree, '...', '…')
  },
})
`
}

/** Of the transform, and of its test. Node 20 reads no TypeScript: what it runs is JavaScript. */
function endingsOf({ language, runner, isModule }: ScaffoldOptions): readonly [string, string] {
  if (language === 'js') return ['mjs', 'mjs']
  if (runner === 'node') return ['ts', 'mjs']
  return isModule ? ['ts', 'ts'] : ['mts', 'mts']
}

/** vitest watches what is imported; Node 20 cannot import TypeScript, and mdshift loads it by its path. */
function testOf(transform: string, { language, runner }: ScaffoldOptions): string {
  const isImported = runner === 'vitest' || language === 'js'
  const specifier = `./${transform.replace(/ts$/, 'js')}`
  return [
    "import { testTransform } from 'mdshift/testing'",
    ...(isImported ? [`import transform from '${specifier}'`] : []),
    '',
    ...(isImported ? [] : [`const transform = new URL('./${transform}', import.meta.url)`]),
    "await testTransform(transform, new URL('./fixtures', import.meta.url))",
    '',
  ].join('\n')
}

/** `0003-straight-quotes` → `straightQuotes`. */
function functionName(id: string): string {
  const [first = '', ...rest] = id.replace(/^\d+-/, '').split(/[-_]+/)
  const name = [first, ...rest.map((word) => word.slice(0, 1).toUpperCase() + word.slice(1))].join('')
  return /^[\p{L}]/u.test(name) && !RESERVED.has(name) ? name : `transform${name}`
}

const RESERVED = new Set(
  'await break case catch class const continue debugger default delete do else enum export extends false finally for function if implements import in instanceof interface let new null package private protected public return static super switch this throw true try typeof var void while with yield'.split(
    ' ',
  ),
)
