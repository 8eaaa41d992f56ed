import fc from 'fast-check'
import type { Nodes } from 'mdast'
import { visit } from 'unist-util-visit'
import { describe, expect, it } from 'vitest'
import { arbitraryBook } from '../../test/support/arbitrary-book.ts'
import { labelId } from '../label-id.ts'
import { type Chapter, endOf, parseChapter, startOf } from '../markdown/parse.ts'
import type { Edit } from '../model.ts'
import { applyEdits, mergeEdits } from './edits.ts'
import { verifyFile } from './verify.ts'

const isKnown = (id: string) => /^(?:C[-~]|P-|EX-|CAT-|BOOK-|PLAIN|GITHUB|TOKIO)/.test(id)
const texts = fc.tuple(arbitraryBook, fc.nat(3)).map(([book, index]) => Object.values(book)[index] ?? '')

function verified(before: string, edit: Edit, html = false) {
  const merge = mergeEdits([edit])
  if (!merge.ok) throw new Error('one edit cannot be in conflict')
  const after = applyEdits(before, merge.edits)
  const file = { path: 'a.md', before, after, edits: merge.edits }
  return { after, ...verifyFile(file, { isKnown, isPresumed: () => false, html }) }
}

/** Harmless edits of every field that a chapter has, and of the words of its texts. */
function fieldEdits(chapter: Chapter): Edit[] {
  const edits: Edit[] = []
  const labels = new Set<Nodes>()
  visit(chapter.tree, (node) => {
    const { label, destination, title, attributes } = chapter.spans.fields(node)
    if (label) edits.push({ start: label.start, end: label.end, text: 'new~label' })
    if (destination && destination.start < destination.end && chapter.text[startOf(node)] !== '<')
      edits.push({ start: destination.start, end: destination.end, text: 'new/place' })
    if (title) edits.push({ start: title.start, end: title.end, text: 'A new title' })
    if (attributes) edits.push({ start: attributes.start, end: attributes.end, text: '{#new .id}' })
    if (node.type === 'linkReference' && node.referenceType !== 'full') {
      visit(node, 'text', (text) => {
        labels.add(text)
      })
      const end = endOf(node)
      if (node.referenceType === 'shortcut') edits.push({ start: end, end, text: '[new~label]' })
      else edits.push({ start: end - 1, end: end - 1, text: 'new~label' })
    }
    if (node.type === 'link' && chapter.text[startOf(node)] === '<')
      visit(node, 'text', (text) => void labels.add(text))
    if (node.type === 'text' && !labels.has(node)) edits.push(...wordEdits(chapter, node))
    const { text: alt } = chapter.spans.fields(node)
    if (alt && (node.type === 'image' || (node.type === 'imageReference' && node.referenceType === 'full'))) {
      const word = /^[a-z]{3,}/.exec(alt.source)?.[0] ?? ''
      if (word !== '') edits.push({ start: alt.start, end: alt.start + word.length, text: 'seen' })
    }
  })
  return edits
}

/** What stands in escaped braces is text, and may not change all the same. */
function wordEdits({ spans, text }: Chapter, node: Extract<Nodes, { type: 'text' }>): Edit[] {
  return [...node.value.matchAll(/(?<![<&/#\w])[a-z]\w+/gi)].flatMap(({ 0: word, index }) => {
    const place = spans.ofText(node, index, index + word.length)
    if (!place || text.slice(place.start, place.end) !== word) return []
    const isOpaque = /\{\{[^}]*$/.test(text.slice(0, place.start))
    return isOpaque ? [] : [{ ...place, text: 'seen' }]
  })
}

/** The types of all nodes but texts: what no edit of a field changes. */
function shapeOf(text: string, ...labels: string[]): string[] {
  const ids = new Set(labels.map(labelId))
  const types: string[] = []
  visit(parseChapter('a.md', text, (id) => isKnown(id) || ids.has(id)).tree, (node) => {
    if (node.type !== 'text') types.push('depth' in node ? `${node.type} ${node.depth}` : node.type)
  })
  return types
}

describe('one edit of a random chapter', () => {
  it('is accepted where it is about one field', () => {
    fc.assert(
      fc.property(texts, fc.nat(), (before, pick) => {
        const edits = fieldEdits(parseChapter('a.md', before, isKnown))
        for (const edit of edits.filter((_, index) => index % 7 === pick % 7)) {
          const { breach, effects } = verified(before, edit)
          expect(breach && [breach.message, before.slice(0, edit.end), edit.text]).toBeUndefined()
          expect(effects).toHaveLength(1)
        }
      }),
      { seed: 1, numRuns: 50 },
    )
  })

  it('is refused where it changes what the chapter is made of', () => {
    const by = fc.constantFrom(
      ...['', ' ', '\n', '\n\n', '[', ']', '|', '`', '*', '_', '~', '<', '>', '\\', '&amp;', '#', '- ', '> '],
      ...[
        '    ',
        '[c-slab]',
        '](x)',
        '!',
        ':',
        '<!--',
        '-->',
        '{#a}',
        '{{',
        '}}',
        '===',
        '1. ',
        '^',
        'c-slab',
        '\r\n',
      ],
    )
    const place = fc.double({ min: 0, max: 1, noNaN: true })
    let accepted = 0
    fc.assert(
      fc.property(texts, place, fc.nat(3), by, (before, part, length, text) => {
        const start = Math.floor(part * before.length)
        const edit = { start, end: Math.min(start + length, before.length), text }
        const { breach, effects, after } = verified(before, edit)
        if (breach) return
        accepted += 1
        const labels = effects.map(({ to }) => to)
        expect(shapeOf(after, ...labels)).toEqual(shapeOf(before, ...labels))
      }),
      { seed: 1, numRuns: 1000 },
    )
    expect(accepted).toBeGreaterThan(30)
  })
})

describe('an edit of one place', () => {
  const edited = (before: string, words: string, text: string, html = false) => {
    const start = before.indexOf(words)
    return verified(before, { start, end: start + words.length, text }, html).breach?.message
  }

  it.each([
    ['code', 'a `b`', 'b', 'code'],
    ['raw HTML', 'a <b>', 'b', 'raw HTML'],
    ['a wikilink', 'a [[b]]', 'b', 'an mdBook wikilink'],
    ['a list', '- a\n- b\n', '\n- ', 'no text, label, address, alt text, title or heading attributes'],
  ])('is refused in %s, which is named', (_, before, words, where) => {
    expect(edited(before, words, 'c')).toBe(`it stands in ${where}`)
  })

  it('is refused in a directive, wherever that stands', () => {
    for (const before of ['{{a}}', '`{{a}}`', '<!-- {{a}} -->', '\\{{a}}', '{{b}a}}'])
      expect(edited(before, 'a', 'c', true)).toMatch(/^".*" would be no longer what it is$/)
  })

  it('is accepted in raw HTML where that may be edited', () => {
    expect(edited('> <p>\n> a\n> </p>\n', 'a', 'b', true)).toBeUndefined()
  })
})
