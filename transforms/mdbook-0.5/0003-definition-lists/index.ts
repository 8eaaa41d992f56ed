import type { Paragraph } from 'mdast'
import {
  type Chapter,
  defineTransform,
  endOf,
  type Leftover,
  type NearMiss,
  type Span,
  startOf,
} from 'mdshift'
import { visitParents } from 'unist-util-visit-parents'

const REASON = 'mdBook 0.5 makes a definition list of it; mdBook 0.4 showed a line of text'

export default defineTransform({
  id: '0003-definition-lists',
  version: 3,
  summary: 'lines with a colon in front, below a paragraph: definition lists in mdBook 0.5',
  reason:
    'mdBook 0.5 reads definition lists: a paragraph, and below it lines that begin with a colon, also `:smile:` and ' +
    '`::: note`. Whether one was meant, nobody but a person can say, so that nothing is changed here, and every such ' +
    'line is reported. `\\:` keeps a line text; a book that wants the lists leaves this migration out, or has none ' +
    'of them with `output.html.definition-lists = false`.',
  examples: [
    {
      title: 'A person has to look',
      before: 'Rain gauge\n: A funnel on a bottle.\n',
      after: 'Rain gauge\n: A funnel on a bottle.\n',
    },
  ],
  mayMatch: (text) => /^[ \t>]*(?:(?:[-*+]|\d+[.)])[ \t]+)*\\?:/m.test(text),
  leavesTree: true,
  transform: (chapter) => ({
    leftovers: colonLines(chapter).map(({ start, end }): Leftover => {
      const line = chapter.text.slice(start, end)
      return { start, end, kind: 'doubtful', because: REASON, candidates: [`\\${line}`] }
    }),
  }),
  explain: escapedLines,
})

/**
 * Lines of text that begin with a colon, and stand below another line of text, or a paragraph. Four spaces before it
 * are too many, and a line that a block quote or a list only goes on with by courtesy is none.
 */
function colonLines(chapter: Chapter): Span[] {
  const found: Span[] = []
  visitParents(chapter.tree, 'paragraph', (paragraph, ancestors) => {
    const siblings = ancestors.at(-1)?.children ?? []
    const follows = siblings[siblings.indexOf(paragraph) - 1]?.type === 'paragraph'
    const depth = ancestors.filter(({ type }) => CONTAINERS.has(type)).length
    const lines = linesOf(chapter, paragraph).filter((_, number) => number > 0 || follows)
    found.push(...lines.filter((line) => isMarked(chapter, line, depth)))
  })
  return found
}

const CONTAINERS = new Set(['blockquote', 'footnoteDefinition', 'listItem'])

function isMarked({ text, spans }: Chapter, { start }: Span, depth: number): boolean {
  if (text[start] !== ':') return false
  const begin = Math.max(text.lastIndexOf('\n', start - 1), text.lastIndexOf('\r', start - 1)) + 1
  const prefixes = spans.prefixes.filter((prefix) => begin <= prefix.start && prefix.start < start)
  return prefixes.length >= depth && /^ {0,3}$/.test(text.slice(prefixes.at(-1)?.end ?? begin, start))
}

function escapedLines(chapter: Chapter): NearMiss[] {
  const found: NearMiss[] = []
  visitParents(chapter.tree, 'paragraph', (paragraph) => {
    const escaped = linesOf(chapter, paragraph).filter(({ start, end }) =>
      chapter.text.slice(start, end).startsWith('\\:'),
    )
    found.push(...escaped.map((line) => ({ ...line, because: 'its colon is escaped: it stays text' })))
  })
  return found
}

/** The lines of a paragraph, each without what block quotes and lists put before it. */
function linesOf({ text }: Chapter, paragraph: Paragraph): Span[] {
  const start = startOf(paragraph)
  const lines = [...text.slice(start, endOf(paragraph)).matchAll(/(?<=^|\n)([ \t>]*)([^\r\n]*)/g)]
  return lines.map(({ index, 0: line, 1: prefix = '' }) => ({
    start: start + index + prefix.length,
    end: start + index + line.length,
  }))
}
