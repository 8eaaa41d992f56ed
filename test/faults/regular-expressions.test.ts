import fs from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { regularExpressionsIn } from '../support/regular-expressions.ts'

// Its own JavaScript, and no binary.
process.env['RECHECK_SYNC_BACKEND'] = 'pure'
const { checkSync }: typeof import('recheck') = createRequire(import.meta.url)('recheck')

const ROOT = fileURLToPath(new URL('../..', import.meta.url))

const files = ['src', 'transforms'].flatMap((folder) =>
  fs
    .readdirSync(path.join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .map((file) => `${folder}/${file.split(path.sep).join('/')}`)
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts')),
)

const found = files.map((file) => ({
  file,
  ...regularExpressionsIn(fs.readFileSync(path.join(ROOT, file), 'utf8')),
}))

/** What no constant says; why that is no danger. */
const MADE_OTHERWISE: Readonly<Record<string, number>> = {
  // A fence's own marks, in one line.
  'src/book/scan-facts.ts': 1,
  'src/markdown/fast/blocks.ts': 1,
  // Names of HTML's elements, which a package has.
  'src/markdown/fast/block-grammar.ts': 3,
  // Alternatives of letters and of their character references; none of them begins with what it ends with.
  'src/markdown/rendered.ts': 1,
  // What a transform asks for, in its own thread; and a text with everything in it escaped.
  'src/transform/collection/replace-text.ts': 2,
  // Words of the grammar of labels, with everything in them escaped.
  'transforms/0002-label-separators/may-match.ts': 2,
  // The arrow, and nothing else.
  'transforms/0003-external-link-arrow/index.ts': 1,
}

/**
 * What the checker calls quadratic by trying: begun with at the front of a run of marks alone, or at a brace, since
 * what is looked for behind or ahead fails in one step elsewhere. Each is about one text node, heading or code block.
 */
const SLOW_TO_THE_CHECKER = new Set([
  'src/markdown/print/blocks.ts',
  'src/markdown/print/leaf.ts',
  'transforms/0005-skip-class/index.ts',
  'transforms/mdbook-0.5/0002-alerts/facts.ts',
])

describe('regular expressions', () => {
  it('are put together of constants', () => {
    const unknown = found.filter((one) => one.unknown.length > 0)
    expect(Object.fromEntries(unknown.map((one) => [one.file, one.unknown.length]))).toEqual(MADE_OTHERWISE)
  })

  const known = new Map(
    found.flatMap(({ file, known: all }) =>
      all.map(({ source, flags, line }) => [`/${source}/${flags}`, { source, flags, at: `${file}:${line}` }]),
    ),
  )
  it.each([...known])('%s takes time that grows with the text', (_, { source, flags, at }) => {
    const { status, ...rest } = checkSync(source, flags, { timeout: 60_000 })
    const attack = 'attack' in rest && rest.attack ? rest.attack.pattern : rest
    const degree = 'complexity' in rest && rest.complexity?.type === 'polynomial' ? rest.complexity.degree : 0
    if (degree === 2 && SLOW_TO_THE_CHECKER.has(at.replace(/:\d+$/, ''))) return
    expect({ at, status, attack: status === 'safe' ? '' : attack }).toEqual({
      at,
      status: 'safe',
      attack: '',
    })
  })

  it('are told where they are slow', () => {
    expect(checkSync('^(a|a)*$', '').status).toBe('vulnerable')
  })
})
