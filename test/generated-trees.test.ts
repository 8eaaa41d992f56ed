/** Random changes of the trees of random books, through a whole run: what is proven holds, and little is refused. */
import fc from 'fast-check'
import type { BlockContent, Nodes, Parents, PhrasingContent, Root } from 'mdast'
import { visit } from 'unist-util-visit'
import { describe, expect, it } from 'vitest'
import type { BookReport } from '../src/runner/report.ts'
import { defineTransform, type Transform } from '../src/transform/define.ts'
import { migrations } from '../transforms/index.ts'
import { arbitraryBook } from './support/arbitrary-book.ts'
import { migrateTexts } from './support/book.ts'
import { destinations, RENDERERS } from './support/render.ts'

const numRuns = Number(process.env['RUNS'] ?? 30)

/** Draws an index below a count. */
type Draw = (count: number) => number

const words = (value: string): PhrasingContent => ({ type: 'text', value })

/** Blocks that no link depends on, and that say what Markdown would take for something else. */
const NEW: readonly (() => BlockContent)[] = [
  () => ({
    type: 'paragraph',
    children: [words('New *words*, [here] and `'), { type: 'inlineCode', value: 'a`b' }],
  }),
  () => ({
    type: 'paragraph',
    children: [{ type: 'link', url: 'new (page).md', title: 'a "b"', children: [words('new')] }],
  }),
  () => ({ type: 'heading', depth: 3, children: [words('A new heading # 1')] }),
  () => ({ type: 'code', lang: 'rust', value: 'fn main() {}\n\n```' }),
  () => ({ type: 'thematicBreak' }),
  () => ({ type: 'blockquote', children: [{ type: 'paragraph', children: [words('> quoted')] }] }),
  () => ({
    type: 'list',
    ordered: true,
    start: 4,
    children: [{ type: 'listItem', children: [{ type: 'paragraph', children: [words('1. one')] }] }],
  }),
  () => ({
    type: 'table',
    align: ['left'],
    children: [{ type: 'tableRow', children: [{ type: 'tableCell', children: [words('a | b')] }] }],
  }),
]

/** What links elsewhere may depend on. */
const PILLARS = new Set<Nodes['type']>([
  'definition',
  'footnoteDefinition',
  'heading',
  'html',
  'listItem',
  'mdbookDirective',
  'yaml',
])

function isPillar(node: Nodes): boolean {
  return PILLARS.has(node.type) || ('children' in node && node.children.some(isPillar))
}

function parentsIn(tree: Root): Parents[] {
  const found: Parents[] = [tree]
  visit(tree, ['blockquote', 'listItem'], (node) => {
    if ('children' in node) found.push(node)
  })
  return found
}

/** A block that nothing depends on, and where it stands. */
function someBlock(tree: Root, draw: Draw) {
  const all = parentsIn(tree).flatMap((parent) =>
    parent.children.flatMap((node, index) =>
      isPillar(node) ? [] : [{ siblings: parent.children as Nodes[], node, index }],
    ),
  )
  return all[draw(all.length)]
}

interface Mutation {
  readonly change: (tree: Root, draw: Draw) => void
  /** Whether all links lead where they led, in their order. */
  readonly keeps: boolean
  /** How many files may be refused, where that is more than a few. */
  readonly refused?: number
}

const MUTATIONS: Readonly<Record<string, Mutation>> = {
  'lower headings': {
    keeps: true,
    change: (tree) =>
      visit(tree, 'heading', (node) => {
        if (node.depth < 6) node.depth += 1
      }),
  },
  'a new block': {
    keeps: false,
    refused: 0.12,
    change(tree, draw) {
      const parents = parentsIn(tree)
      const siblings = parents[draw(parents.length)]?.children as Nodes[] | undefined
      const made = NEW[draw(NEW.length)]
      if (siblings && made) siblings.splice(draw(siblings.length + 1), 0, made())
    },
  },
  'a block less': {
    keeps: false,
    change(tree, draw) {
      const block = someBlock(tree, draw)
      block?.siblings.splice(block.index, 1)
    },
  },
  'a block in a quote': {
    keeps: true,
    change(tree, draw) {
      const block = someBlock(tree, draw)
      block?.siblings.splice(block.index, 1, { type: 'blockquote', children: [block.node as BlockContent] })
    },
  },
  'a copy of a block': {
    keeps: true,
    change(tree, draw) {
      const block = someBlock(tree, draw)
      block?.siblings.splice(block.index, 1, structuredClone(block.node))
    },
  },
  'a block that moves': {
    keeps: false,
    change(tree, draw) {
      const block = someBlock(tree, draw)
      if (block)
        block.siblings.splice(draw(block.siblings.length), 0, ...block.siblings.splice(block.index, 1))
    },
  },
  'more words': {
    keeps: true,
    change: (tree) =>
      visit(tree, 'paragraph', ({ children }) => {
        const last = children.at(-1)
        if (last?.type === 'text') last.value += ' and [more] *words* <b> {x'
      }),
  },
  'other addresses': {
    keeps: false,
    change: (tree) =>
      visit(tree, ['link', 'definition'], (node) => {
        if ('url' in node) node.url = `https://example.org/a b?from=${node.url}`
      }),
  },
  emphasis: {
    keeps: true,
    change: (tree) =>
      visit(tree, 'paragraph', (node) => {
        node.children = [{ type: 'emphasis', children: node.children }]
      }),
  },
  'inline links': {
    keeps: false,
    change: (tree) =>
      visit(tree, 'linkReference', (node, index, parent) => {
        if (!parent || index === undefined) return
        const link: Nodes = {
          type: 'link',
          url: `https://example.org/${node.identifier}`,
          children: node.children,
        }
        ;(parent.children as Nodes[]).splice(index, 1, link)
      }),
  },
}

function mutating({ change }: Mutation, draws: readonly number[]): Transform {
  return defineTransform<unknown, unknown>({
    id: '0009-mutation',
    version: 9,
    summary: 'a mutation',
    reason: '',
    examples: [],
    mayMatch: () => true,
    transform({ tree }) {
      let at = 0
      change(tree, (count) => (count === 0 ? 0 : (draws[at++ % draws.length] ?? 0) % count))
    },
  })
}

type Texts = Readonly<Record<string, string>>

const textsOf = (book: Texts, report: BookReport): Texts => ({
  ...book,
  ...Object.fromEntries(report.files.map((file) => [file.path, file.after])),
})

const drawn = fc.array(fc.nat(1000), { minLength: 5, maxLength: 5 })

describe('any small book', () => {
  it.each(Object.entries(MUTATIONS))('has its trees changed by %s, as asked', async (_, mutation) => {
    let [files, refused] = [0, 0]
    await fc.assert(
      fc.asyncProperty(arbitraryBook, drawn, async (book, draws) => {
        const report = await migrateTexts(book, {
          migrations: [mutating(mutation, draws)],
          idempotent: false,
        })
        const others = report.failures.filter(({ code }) => code !== 'MDS013' && code !== 'MDS016')
        expect(others).toEqual([])
        files += Object.keys(book).length
        refused += report.failures.length
        const [satteri = String] = [RENDERERS['satteri']]
        if (mutation.keeps) {
          const after = destinations(textsOf(book, report), satteri)
          expect(after).toEqual(destinations(book, satteri))
        }
      }),
      { numRuns },
    )
    // Random parts run into the paragraphs and fences around them, and what Markdown cannot say is refused.
    expect(refused / files).toBeLessThan(mutation.refused ?? 0.05)
  })

  it.each(['lower headings', 'more words', 'inline links'] as const)(
    'comes to the same by %s whatever the order of its files, and one after the other as at once',
    async (name) => {
      const mutation = MUTATIONS[name]
      if (!mutation) throw new Error(`no ${name}`)
      await fc.assert(
        fc.asyncProperty(arbitraryBook, drawn, async (book, draws) => {
          const last = mutating(mutation, draws)
          const options = { migrations: [...migrations, last], idempotent: false }
          const once = await migrateTexts(book, options)
          expect(once.failures.filter(({ code }) => code !== 'MDS013' && code !== 'MDS016')).toEqual([])
          const reversed = Object.fromEntries(Object.entries(book).reverse())
          expect(textsOf(book, await migrateTexts(reversed, options))).toEqual(textsOf(book, once))
          if (once.failures.length > 0) return
          const first = textsOf(book, await migrateTexts(book, { migrations }))
          const second = await migrateTexts(first, { migrations: [last], idempotent: false })
          if (second.failures.length === 0) expect(textsOf(first, second)).toEqual(textsOf(book, once))
        }),
        { numRuns: Math.ceil(numRuns / 2) },
      )
    },
  )
})
