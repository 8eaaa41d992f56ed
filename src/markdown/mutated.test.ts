import type { Root } from 'mdast'
import { describe, expect, it } from 'vitest'
import { chapterOf } from '../../test/support/chapter.ts'
import { isMutated } from './mutated.ts'
import { withOrigins } from './origin.ts'

const TEXT = '# Rain {#rain}\n\nIt *rains*, [here](a "b").\n\n| a | b |\n|:--|---|\n| c | d |\n\n- [ ] wind\n'

const mutated = (change: (tree: Root) => void) => {
  const chapter = withOrigins(chapterOf(TEXT))
  change(chapter.tree)
  return isMutated(chapter)
}

const first = (tree: Root) => {
  const [heading] = tree.children
  if (heading?.type !== 'heading') throw new Error('the text begins with a heading')
  return heading
}

describe('a tree is as it was read', () => {
  it.each<[string, (tree: Root) => void]>([
    ['when nobody has touched it', () => {}],
    ['when a field has the value that it had', (tree) => Object.assign(first(tree), { depth: 1 })],
    [
      'when a field that is not given is given as nothing',
      (tree) => Object.assign(first(tree), { extra: undefined }),
    ],
    ['when there are notes in its data', (tree) => Object.assign(first(tree), { data: { note: 1 } })],
    ['when a node was moved and moved back', ({ children }) => children.push(...children.splice(0))],
  ])('%s', (_, change) => {
    expect(mutated(change)).toBe(false)
  })
})

describe('a tree was changed', () => {
  it.each<[string, (tree: Root) => void]>([
    ['by a field', (tree) => Object.assign(first(tree), { depth: 2 })],
    ['by a part of a field', (tree) => first(tree).attributes?.classes.push('wet')],
    ['by a field that is gone', (tree) => delete first(tree).attributes],
    ['by a field that is new', (tree) => Object.assign(first(tree), { title: 'new' })],
    ['by a node too few', ({ children }) => children.pop()],
    ['by a node too many', ({ children }) => children.push({ type: 'thematicBreak' })],
    ['by two nodes that changed places', ({ children }) => children.reverse()],
    [
      'by a copy of a node',
      ({ children }) => children.splice(0, 1, structuredClone(first({ type: 'root', children }))),
    ],
    ['deep below', (tree) => Object.assign(first(tree).children[0] ?? {}, { value: 'Wind' })],
  ])('%s', (_, change) => {
    expect(mutated(change)).toBe(true)
  })

  it('whole', () => {
    const chapter = withOrigins(chapterOf(TEXT))
    const { tree } = chapterOf(TEXT)
    expect(isMutated({ ...chapter, tree })).toBe(true)
  })
})
