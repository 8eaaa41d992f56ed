/** Random changes of random trees, through a whole run: what the proof lets pass, and what it refuses. */
import fc from 'fast-check'
import type { Nodes, Parents, PhrasingContent, Root, RootContent } from 'mdast'
import { visit } from 'unist-util-visit'
import { describe, expect, it } from 'vitest'
import { defineTransform, type Transform } from '../src/transform/define.ts'
import { arbitraryBook } from './support/arbitrary-book.ts'
import { migrateTexts } from './support/book.ts'

type Pick = (count: number) => number

const parentsOf = (tree: Root): Parents[] => {
  const found: Parents[] = [tree]
  visit(tree, (node) => {
    if (['blockquote', 'listItem'].includes(node.type) && 'children' in node) found.push(node as Parents)
  })
  return found
}
const some = <T>(values: readonly T[], pick: Pick): T | undefined => values[pick(values.length)]
const all = <Type extends Nodes['type']>(tree: Root, type: Type) => {
  const f: Extract<Nodes, { type: Type }>[] = []
  visit(tree, (n) => {
    if (n.type === type) f.push(n as never)
  })
  return f
}
const text = (value: string): PhrasingContent => ({ type: 'text', value })
const NEW: readonly (() => RootContent)[] = [
  () => ({
    type: 'paragraph',
    children: [text('New *words*, [here] and `'), { type: 'inlineCode', value: 'a`b' }],
  }),
  () => ({
    type: 'paragraph',
    children: [{ type: 'link', url: 'new (page).md', title: 'a "b"', children: [text('new')] }, text(' end')],
  }),
  () => ({ type: 'heading', depth: 3, children: [text('New heading # 1')] }),
  () => ({ type: 'code', lang: 'rust', value: 'fn main() {}\n\n```' }),
  () => ({
    type: 'list',
    ordered: true,
    start: 4,
    children: [
      { type: 'listItem', checked: true, children: [{ type: 'paragraph', children: [text('1. item')] }] },
    ],
  }),
  () => ({ type: 'thematicBreak' }),
  () => ({ type: 'blockquote', children: [{ type: 'paragraph', children: [text('quoted')] }] }),
  () => ({
    type: 'table',
    align: ['left'],
    children: [{ type: 'tableRow', children: [{ type: 'tableCell', children: [text('a | b')] }] }],
  }),
  () => ({ type: 'html', value: '<div class="new">\nx\n</div>' }),
]
const holdsLinks = (node: Nodes): boolean =>
  node.type === 'definition' ||
  node.type === 'mdbookDirective' ||
  node.type === 'heading' ||
  node.type === 'html' ||
  node.type === 'footnoteDefinition' ||
  node.type === 'yaml' ||
  ('children' in node && node.children.some(holdsLinks))

/** Changes that no link elsewhere depends on. */
const CHANGES: Readonly<Record<string, (tree: Root, pick: Pick) => void>> = {
  bump: (tree) => {
    for (const h of all(tree, 'heading')) h.depth = Math.min(h.depth + 1, 6) as 6
  },
  insert: (tree, pick) => {
    const p = some(parentsOf(tree), pick)
    p?.children.splice(pick(p.children.length + 1), 0, (some(NEW, pick) as () => RootContent)() as never)
  },
  remove: (tree, pick) => {
    const p = some(parentsOf(tree), pick)
    const c = some(
      (p?.children ?? []).filter((n) => !holdsLinks(n)),
      pick,
    )
    if (p && c) p.children.splice(p.children.indexOf(c as never), 1)
  },
  wrap: (tree, pick) => {
    const p = some(parentsOf(tree), pick)
    const c = some(
      (p?.children ?? []).filter(
        (n) =>
          n.type !== 'definition' &&
          n.type !== 'listItem' &&
          n.type !== 'mdbookDirective' &&
          n.type !== 'footnoteDefinition' &&
          n.type !== 'yaml',
      ),
      pick,
    )
    if (p && c)
      p.children.splice(p.children.indexOf(c as never), 1, {
        type: 'blockquote',
        children: [c as never],
      } as never)
  },
  copy: (tree, pick) => {
    const p = some(parentsOf(tree), pick)
    const c = some(
      (p?.children ?? []).filter((n) => !holdsLinks(n)),
      pick,
    )
    if (p && c) p.children.splice(p.children.indexOf(c as never), 1, structuredClone(c) as never)
  },
  move: (tree, pick) => {
    const c = some(
      tree.children.filter((n) => !holdsLinks(n)),
      pick,
    )
    if (c) {
      tree.children.splice(tree.children.indexOf(c), 1)
      tree.children.splice(pick(tree.children.length + 1), 0, c)
    }
  },
  words: (tree, pick) => {
    const t = some(
      all(tree, 'paragraph')
        .flatMap((p) => p.children)
        .filter((n) => n.type === 'text'),
      pick,
    )
    if (t?.type === 'text') t.value = `${t.value} [new] *words* {x`
  },
  url: (tree, pick) => {
    const l = some([...all(tree, 'link'), ...all(tree, 'definition')], pick)
    if (l) l.url = 'https://new.example/a b'
  },
  emphasis: (tree, pick) => {
    const p = some(all(tree, 'paragraph'), pick)
    if (p) p.children = [{ type: 'emphasis', children: p.children }]
  },
  inline: (tree) => {
    visit(tree, 'linkReference', (node, index, parent) => {
      if (parent && index !== undefined)
        parent.children[index] = {
          type: 'link',
          url: `https://example.org/${node.identifier}`,
          children: node.children,
        } as never
    })
  },
}

const changing = (name: string, draws: readonly number[]): Transform => {
  return defineTransform<unknown, unknown>({
    id: `0009-${name}`,
    version: 9,
    summary: 'a test',
    reason: '',
    examples: [],
    mayMatch: () => true,
    transform({ tree }) {
      let at = 0
      const pick = (count: number) => (count === 0 ? 0 : (draws[at++ % draws.length] ?? 0) % count)
      CHANGES[name]?.(tree, pick)
    },
  })
}

describe('tries', () => {
  it.each(Object.keys(CHANGES))('%s', async (name) => {
    const tally = new Map<string, number>()
    const shown = new Map<string, string>()
    let files = 0
    await fc.assert(
      fc.asyncProperty(
        arbitraryBook,
        fc.array(fc.nat(1000), { minLength: 5, maxLength: 5 }),
        async (book, draws) => {
          const t = changing(name, draws)
          const report = await migrateTexts(book, { migrations: [t], idempotent: false })
          files += report.files.length
          const hunt = process.env['HUNT']
          if (hunt) {
            const bad = report.failures.find((f) => new RegExp(hunt).test(`${f.code} ${f.message}`))
            if (bad)
              throw new Error(
                `${bad.place} ${bad.message}\n${Object.entries(book)
                  .filter(([, t]) => t.trim() !== '')
                  .map(([k, t]) => `=== ${k}\n${t}`)
                  .join('\n')}`,
              )
          }
          for (const f of report.failures) {
            const key = `${f.code} ${f.message
              .replace(/"(?:[^"\\]|\\.)*"/g, '""')
              .replace(/[\w/.]+md(:\d+:\d+)?/g, 'F')
              .slice(0, 160)}`
            tally.set(key, (tally.get(key) ?? 0) + 1)
            if ((tally.get(key) ?? 0) === 1 || JSON.stringify(book).length < (shown.get(key)?.length ?? 0))
              shown.set(key, JSON.stringify({ place: f.place, message: f.message, book, draws }))
          }
        },
      ),
      { numRuns: Number(process.env['RUNS'] ?? 30) },
    )
    console.log(
      name,
      files,
      [...tally]
        .sort((a, b) => b[1] - a[1])
        .map(([k, n]) => `${n} ${k}`)
        .join('\n'),
    )
    if (process.env['SHOW']) console.log([...shown].map(([k, v]) => `${k}\n   ${v}`).join('\n'))
  })
})
