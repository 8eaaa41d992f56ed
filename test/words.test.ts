/**
 * One word of a text is another: the result is the source with that word replaced, and not one byte otherwise,
 * whatever the text stands in.
 */

import fc from 'fast-check'
import type { Nodes, Text } from 'mdast'
import { visitParents } from 'unist-util-visit-parents'
import { expect, it } from 'vitest'
import { withOrigins } from '../src/markdown/origin.ts'
import { parseChapter } from '../src/markdown/parse.ts'
import { printChanges } from '../src/markdown/print.ts'
import { commonMark, extensions, sampleBook } from './support/trials/corpus.ts'
import { LAYOUTS } from './support/trials/layouts.ts'

const RUNS = Number(process.env['RUNS'] ?? 400)

interface Word {
  readonly node: Text
  readonly word: string
}

/** Words that the source has once, in texts that are no label and no address. */
function wordsIn(tree: Nodes, source: string): Word[] {
  const found: Word[] = []
  visitParents(tree, 'text', (node, ancestors) => {
    const isBound = ancestors.some(({ type }) => type === 'linkReference' || type === 'link')
    if (isBound) return
    for (const [word] of node.value.matchAll(/[a-z]{3,}/gi))
      if (source.split(word).length === 2) found.push({ node, word })
  })
  return found
}

it('a word is replaced, and nothing else', () => {
  let tried = 0
  fc.assert(
    fc.property(
      fc.constantFrom(...commonMark, ...extensions, ...sampleBook, ...sampleBook, ...sampleBook),
      fc.constantFrom(...Object.keys(LAYOUTS)),
      fc.nat(),
      fc.constantFrom('rain', 'wind and rain', 'é'),
      (source, layout, at, by) => {
        const text = (LAYOUTS[layout]?.(source.text) ?? source.text).replace(/^\uFEFF/, '')
        const chapter = withOrigins(parseChapter('a.md', text, (id) => source.known.includes(id)))
        const words = wordsIn(chapter.tree, text)
        const one = words[at % Math.max(words.length, 1)]
        if (!one) return
        tried += 1
        one.node.value = one.node.value.replace(one.word, by)
        const printed = printChanges(chapter)
        expect(printed.ok ? printed.text : printed.message).toBe(text.replace(one.word, by))
      },
    ),
    { numRuns: RUNS },
  )
  expect(tried).toBeGreaterThan(RUNS / 4)
}, 600_000)
