import type { Link } from 'mdast'
import { describe, expect, expectTypeOf, it } from 'vitest'
import { chapterOf } from '../../test/support/chapter.ts'
import { originOf } from '../markdown/origin.ts'
import { printChanges } from '../markdown/print.ts'
import type { Collection } from './collection.ts'
import { editable } from './editable.ts'

describe('an editable chapter', () => {
  const read = chapterOf('# [a]\n\n[b](c)\n', 'a')
  const chapter = editable(read)

  it('is the chapter, with nodes to find', () => {
    expect(chapter).toMatchObject({ path: 'chapter.md', text: '# [a]\n\n[b](c)\n' })
    expect(chapter.find('linkReference').length).toBe(1)
    expect(chapter.find(['link', 'heading'], { url: /c/ }).length).toBe(1)
    expectTypeOf(chapter.find('link', { url: 'c' })).toEqualTypeOf<Collection<Link>>()
  })

  it('remembers what its nodes were', () => {
    expect(originOf(chapter.find('link').get().node)?.chapter).toBe(read)
    expect(chapter.find('link').get().parent?.parent?.node).toBe(chapter.tree)
  })

  it('is remembered as it was first read', () => {
    const [one, other] = [chapterOf('a'), 'b']
    editable(one).find('text').replaceText('a', other)
    expect(editable(one).find('text').toSource()).toBe('b')
  })

  it('has its changes printed', () => {
    chapter.find('link').setUrl('d')
    expect(printChanges(chapter)).toMatchObject({ ok: true, text: '# [a]\n\n[b](d)\n' })
    expect(printChanges(read)).toEqual(printChanges(chapter))
    expect(chapter.find('heading').toSource()).toBe('# [a]\n\n[b](d)\n')
  })
})
