import { describe, expect, it } from 'vitest'
import { bookViewOf } from '../../test/support/book-view.ts'
import { labelId } from '../label-id.ts'
import type { FragileLabels } from '../markdown/labels.ts'
import type { BookView } from './define.ts'
import { planRenames, refusalAt, refusalEverywhere } from './renames.ts'

type Texts = Readonly<Record<string, string>>

/** `a1` and `a2` want to be `a`, by the letters in front of their digits. */
const withoutDigits = (label: string) => (/\d$/.test(label) ? `~${label.replace(/\d+$/, '')}` : undefined)

/** What stays in a book, `path: label: reason`, in the order of paths; the same whatever the order of files. */
function refusals(
  texts: Texts,
  fragile: Readonly<Record<string, Partial<FragileLabels>>> = {},
  view: Partial<BookView> = {},
): string[] {
  const found = new Map(
    Object.entries(fragile).map(([path, labels]) => [
      path,
      { inDirectives: [], inFrontMatter: [], undefined: [], ...labels },
    ]),
  )
  const [one, other] = [texts, Object.fromEntries(Object.entries(texts).reverse())].map((ordered) =>
    refusedIn(planRenames({ ...bookViewOf(ordered), ...view }, found, withoutDigits)),
  )
  expect(other?.map(withoutReason)).toEqual(one?.map(withoutReason))
  return one ?? []
}

function refusedIn(plan: ReturnType<typeof planRenames>): string[] {
  return [...plan.refused]
    .flatMap(([id, places]) => [...places].map(([path, because]) => `${path}: ${id}: ${because}`))
    .sort()
}

const withoutReason = (line: string) => line.split(': ', 2).join(': ')
const places = (lines: readonly string[]) => lines.map(withoutReason)

describe('labels that would become one', () => {
  it('stay where they lead to different places in one chapter, and only there', () => {
    const found = refusals({
      'rain/chapter.md': '[a1] [a2]\n\n{{#include refs.md}}\n',
      'rain/refs.md': '[a1]: /1\n[a2]: /2\n',
      'wind/chapter.md': '[a1]\n\n[a1]: /1\n',
    })
    expect(places(found)).toEqual([
      'rain/chapter.md: A1',
      'rain/chapter.md: A2',
      'rain/refs.md: A1',
      'rain/refs.md: A2',
    ])
    expect(found[0]).toContain('[a1] leads to /1, [a2] to /2, and both would be one label')
  })

  it('become one where they lead to one place, or never meet', () => {
    expect(refusals({ 'a.md': '[a1]: /1\n[a2]: /1\n', 'b.md': '[a2]: /2\n' })).toEqual([])
    expect(refusals({ 'a.md': '[a1]: /1\n', 'b.md': '[a2]: /2\n' })).toEqual([])
  })

  it('stay in all chapters that share a file with the one where they meet', () => {
    expect(
      places(
        refusals({
          'meet.md': '{{#include shared.md}}\n[a2]: /2\n',
          'shared.md': '[a1]: /1\n',
          'user.md': '[a1]\n\n{{#include shared.md}}\n',
          'apart.md': '[a1]: /1\n',
        }),
      ),
    ).toEqual(['meet.md: A2', 'shared.md: A1', 'user.md: A1'])
  })

  it('give way to one that has the name already', () => {
    const found = refusals({ 'a.md': '[~a]: /current\n[a1]: /1\n', 'b.md': '[a1]: /1\n' })
    expect(places(found)).toEqual(['a.md: A1'])
  })

  it('meet in what one chapter takes of a file', () => {
    const texts = {
      'refs.md': '<!-- ANCHOR: one -->\n[a1]: /1\n<!-- ANCHOR_END: one -->\n',
      'other.md': '<!-- ANCHOR: two -->\n[a2]: /2\n<!-- ANCHOR_END: two -->\n',
    }
    expect(refusals({ ...texts, 'a.md': '{{#include refs.md:one}}\n' })).toEqual([])
    expect(
      places(refusals({ ...texts, 'a.md': '{{#include refs.md:one}}\n{{#include other.md:two}}\n' })),
    ).toEqual(['other.md: A2', 'refs.md: A1'])
  })
})

describe('text that would become a link', () => {
  const part = {
    'part.md': '[x][a1] [x][a2]',
    'one.md': '{{#include part.md}}\n[a1]: /1\n',
    'two.md': '{{#include part.md}}\n[a2]: /2\n',
  }

  it('keeps both labels of which each is text where only the other is defined', () => {
    const found = refusals({ ...part, 'apart.md': '[a1]: /1\n' })
    expect(places(found)).toEqual(['one.md: A1', 'part.md: A1', 'part.md: A2', 'two.md: A2'])
    expect(found[0]).toContain('text in part.md where only [a2] is defined')
  })

  it('keeps what nothing defines beside the definition that it would lead to', () => {
    const found = refusals({ 'a.md': '[x][a2]\n\n[a1]: /1\n', 'b.md': '[x][a2]\n' })
    expect(found).toEqual(['a.md: A2: nothing defines it, so it is text, and [~a] would make a link of it'])
  })

  it('keeps a label whose new name stands in the chapter, and not in another', () => {
    const texts = { 'a.md': '[~a]\n\n[a1]: /1\n', 'b.md': '`[~a]`\n\n[a1]: /1\n' }
    const found = refusals(texts, { 'a.md': { undefined: ['~A'] } })
    expect(found).toEqual(['a.md: A1: [~a] is text in a.md, and would become a link'])
  })

  it('keeps it where a part has the new name, and another chapter defines that', () => {
    const found = refusals({
      'part.md': '[~a]',
      'one.md': '{{#include part.md}}\n[~a]: /1\n',
      'two.md': '{{#include part.md}}\n[a1]: /2\n',
      'apart.md': '[a1]: /1\n',
    })
    expect(places(found)).toEqual(['two.md: A1'])
  })
})

describe('what nobody may touch', () => {
  const texts = {
    'rain/chapter.md': '[[a1]]\n\n{{#include refs.md}}\n',
    'rain/refs.md': '[a1]: /1\n',
    'wind/chapter.md': '[a1]\n\n[a1]: /2\n',
  }

  it('keeps a label in its own folder: a directive', () => {
    const found = refusals(texts, { 'rain/chapter.md': { inDirectives: ['A1'] } })
    expect(found).toEqual([
      'rain/chapter.md: A1: it stands in a directive or a wikilink in rain/chapter.md',
      'rain/refs.md: A1: it stands in a directive or a wikilink in rain/chapter.md',
    ])
  })

  it('keeps a label in its own folder: front matter', () => {
    const found = refusals(texts, { 'rain/chapter.md': { inFrontMatter: ['A1'] } })
    expect(found).toEqual([
      'rain/chapter.md: A1: it stands in front matter in rain/chapter.md',
      'rain/refs.md: A1: it stands in front matter in rain/chapter.md',
    ])
  })

  it('keeps a label in its own folder: a file that is not written', () => {
    const found = refusals(texts, {}, { writes: (path) => path !== 'wind/chapter.md' })
    expect(found).toEqual([
      'wind/chapter.md: A1: wind/chapter.md mentions it, and is not written by this run: it was not asked for, or cannot be changed',
    ])
  })

  it('keeps a label everywhere: a file that cannot be read', () => {
    const found = refusals(texts, {}, { unreadable: (id) => (id === 'A1' ? 'bad.md' : undefined) })
    expect(places(found)).toEqual(['rain/chapter.md: A1', 'rain/refs.md: A1', 'wind/chapter.md: A1'])
  })
})

describe('a label that nothing defines where it stands', () => {
  it('goes with what the book defines elsewhere, and stays while one of those stays', () => {
    const texts = { 'alone.md': '[x][a1]\n', 'a.md': '[a1]: /1\n', 'b.md': '[a1]: /2\n' }
    expect(refusals(texts)).toEqual([])
    expect(refusals(texts, { 'b.md': { inDirectives: ['A1'] } })).toEqual([
      'alone.md: A1: nothing defines it here, and where something does, it stays: it stands in a directive or a wikilink in b.md',
      'b.md: A1: it stands in a directive or a wikilink in b.md',
    ])
  })

  it('keeps no other from its new name', () => {
    const texts = { 'alone.md': '[x][a1]\n', 'a.md': '[a1]: /1\n' }
    expect(places(refusals(texts, {}, { writes: (path) => path !== 'alone.md' }))).toEqual(['alone.md: A1'])
  })
})

describe('a name that comes free, or does not', () => {
  /** `b` wants the name of `a`, and `a` another. */
  const chain = (label: string) => ({ a: '~a', b: 'a' })[label]
  const refused = (texts: Texts) =>
    refusedIn(planRenames(bookViewOf(texts), new Map(), chain)).map(withoutReason)

  it('is taken where its owner is renamed, and in no chapter where that one stays', () => {
    const stays = '[a]: /a\n[b]: /b\n[~a]: /x\n'
    expect(refused({ 'rain.md': '[a]: /a\n[b]: /b\n', 'wind.md': stays })).toEqual([
      'wind.md: A',
      'wind.md: B',
    ])
  })
})

describe('the reason', () => {
  it('is found for a label however it is written', () => {
    const plan = planRenames(bookViewOf({ 'a.md': '[ A1 ]: /1\n[a2]: /2\n' }), new Map(), withoutDigits)
    expect(refusalAt(plan, 'a.md', labelId('a1'))).toContain('both would be one label')
    expect(refusalAt(plan, 'b.md', labelId('a1'))).toBeUndefined()
  })
})

describe('a file that is no part of the book', () => {
  const texts = { 'rain.md': '[a1]\n\n[a1]: /1\n', 'wind.md': '[a1]\n\n[a1]: /2\n' }
  const fragile: FragileLabels = { inDirectives: ['A1'], inFrontMatter: [], undefined: [] }
  const planOf = (paths: readonly string[]) =>
    planRenames(bookViewOf(texts), new Map(paths.map((path) => [path, fragile])), withoutDigits)

  it('takes a label to stay where all of the book keeps it', () => {
    expect(refusalEverywhere(planOf(['rain.md', 'wind.md']), 'A1')).toContain('directive')
    expect(refusalEverywhere(planOf(['rain.md']), 'A1')).toBeUndefined()
    expect(refusalEverywhere(planOf([]), 'A1')).toBeUndefined()
  })

  it('may have labels that others become', () => {
    expect([...planOf(['rain.md']).sources]).toEqual([['~A', new Set(['A1'])]])
    expect([...planOf(['rain.md', 'wind.md']).sources]).toEqual([])
  })
})
