import { describe, expect, it } from 'vitest'
import { chapterOf } from '../../test/support/chapter.ts'
import { DEFAULT_SETTINGS } from '../model.ts'
import { b } from './builders.ts'
import { defineTransform, type Transform } from './define.ts'
import { md } from './md.ts'
import { runTransform } from './run.ts'

const migration = (transform: Transform['transform']) =>
  defineTransform<unknown, unknown>({
    id: '0009-rain',
    version: 9,
    summary: 'rain → wind',
    reason: '',
    examples: [],
    mayMatch: () => true,
    transform,
  })

const patched = (transform: Transform['transform']) =>
  runTransform(migration(transform), chapterOf('Rain.\n'), undefined, DEFAULT_SETTINGS)

const change = { start: 0, end: 4, text: 'Wind', because: 'a test' }

describe('a transform', () => {
  it.each<[string, Transform['transform'], number]>([
    ['may return nothing', () => undefined, 0],
    ['may return a part of an outcome', () => ({ changes: [change] }), 1],
    ['may take its time', async () => ({ changes: [change] }), 1],
    ['may take its time for nothing', async () => {}, 0],
  ])('%s', async (_, transform, edits) => {
    const patch = await patched(transform)
    expect(patch.ok && [patch.value.edits.length, patch.value.made]).toEqual([edits, undefined])
  })

  it('that gives no reason has its own, or its summary', async () => {
    const { because: _, ...bare } = change
    const reasons = await Promise.all(
      [{ changes: [bare] }, { changes: [bare], because: 'weather' }].map(async (answer) => {
        const patch = await patched(() => answer as { changes: (typeof change)[] })
        return patch.ok && patch.value.changes.map(({ because }) => because)
      }),
    )
    expect(reasons).toEqual([['rain → wind'], ['weather']])
  })

  it('may change the tree, and asks for it then', async () => {
    const patch = await patched(({ tree }) => {
      tree.children.length = 0
      return undefined
    })
    expect(patch.ok && patch.value.made?.asked).toMatchObject({ type: 'root', children: [] })
  })

  it('may change what it finds, and return nothing', async () => {
    const patch = await patched((chapter) => {
      chapter.find('text').replaceWith(({ node }) => [b.strong(node.value), b.text('!')])
    })
    expect(patch.ok && patch.value.changes).toEqual([
      { start: 0, end: 0, text: '**', because: 'rain → wind' },
      { start: 5, end: 5, text: '**!', because: 'rain → wind' },
    ])
  })

  it.each<[string, () => unknown, string, string]>([
    ['returns a collection', () => md('a').find('text'), 'MDS017', 'a Collection'],
    [
      'asks for a heading in a paragraph',
      () =>
        md('a')
          .find('text')
          .replaceWith(b.heading(1, 'b') as never),
      'MDS006',
      'heading cannot stand in paragraph at text.md:1:1',
    ],
    ['returns a tree', () => ({ type: 'root', children: [] }), 'MDS017', 'an object with "type"'],
    ['promises a string', async () => 'Wind.\n', 'MDS017', 'a string'],
    [
      'throws',
      () => {
        throw new Error('wet')
      },
      'MDS006',
      'wet',
    ],
    [
      'breaks a promise',
      async () => {
        throw new Error('wet')
      },
      'MDS006',
      'wet',
    ],
  ])('that %s fails by name', async (_, transform, code, words) => {
    const patch = await patched(transform as Transform['transform'])
    expect(patch.ok ? undefined : patch.failure).toMatchObject({ code, place: 'chapter.md' })
    expect(patch.ok ? '' : patch.failure.message).toContain(`0009-rain: ${words}`)
  })
})
