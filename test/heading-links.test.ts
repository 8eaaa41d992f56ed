/**
 * Links to headings lead where they led, in random small books full of repeated ids, told by satteri, whose parser
 * is a fork of pulldown-cmark, mdBook's own, and by mdBook's rule for ids, written here once more.
 */
import path from 'node:path'
import fc from 'fast-check'
import { markdownToHtml } from 'satteri'
import { expect, it } from 'vitest'
import mojibake from '../transforms/0001-mojibake/index.ts'
import skipClass from '../transforms/0005-skip-class/index.ts'
import { migrateTexts } from './support/book.ts'

const RUNS = {
  numRuns: Number(process.env['RUNS'] ?? 30),
}
const migrations = [mojibake, skipClass]

type Texts = Readonly<Record<string, string>>

const heading = fc
  .tuple(
    fc.constantFrom('Rain', 'Rain', 'Rain 1', 'CafÃ©', 'CafÃ©', 'Café', 'Donâ€™t', 'Dont'),
    fc.constantFrom(
      '',
      '',
      '',
      ' {#skip}',
      ' {#skip1 .wide}',
      ' <#skip>',
      ' {#rain}',
      ' {#café-1}',
      ' {#own .skip}',
    ),
  )
  .map((parts) => `## ${parts.join('')}`)
const destination = fc
  .tuple(
    fc.constantFrom('', '', '', 'a.md', '../a.md', 'sub/b.html'),
    fc.oneof(
      fc.constantFrom('skip', 'skip', 'skip1', 'own', 'caf%C3%A3', 'cafã-skip'),
      fc
        .tuple(fc.constantFrom('rain', 'cafã', 'café', 'dont', 'donât', 'rain-skip'), fc.nat(2))
        .map(([id, number]) => (number === 0 ? id : `${id}-${number}`)),
    ),
  )
  .map((parts) => parts.join('#'))
const block = fc.oneof(
  { weight: 4, arbitrary: heading },
  { weight: 4, arbitrary: destination.map((url) => `[text](${url}) and [text](<${url}> "title")`) },
  { weight: 1, arbitrary: destination.map((url) => `<a href="${url}">text</a>`) },
  { weight: 1, arbitrary: fc.constantFrom('<a id="rain"></a>', '<a name="café"></a>', '<i id="skip"></i>') },
  { weight: 2, arbitrary: fc.constantFrom('[text][one]', '[two]') },
  { weight: 1, arbitrary: destination.map((url) => `[two]: ${url}`) },
)
const blocks = fc.array(block, { minLength: 1, maxLength: 8 }).map((all) => `${all.join('\n\n')}\n`)
const chapter = (part: string) =>
  fc.tuple(blocks, fc.constantFrom('', `\n{{#include ${part}}}\n`), blocks).map((parts) => parts.join('\n'))
const book: fc.Arbitrary<Texts> = fc.record({
  'a.md': chapter('part.md'),
  'sub/b.md': chapter('../part.md'),
  'part.md': fc.tuple(blocks, destination).map(([all, url]) => `${all}\n[one]: ${url}\n`),
})

it.each(['leave', 'rewrite'] as const)('every link to a heading leads to it, and html: %s', async (html) => {
  let followed = 0
  await fc.assert(
    fc.asyncProperty(book, async (texts) => {
      const report = await migrateTexts(texts, { migrations, settings: { html } })
      expect(report.failures).toEqual([])
      const after = Object.fromEntries(report.files.map((file) => [file.path, file.after]))
      const [old, now] = [leads(texts), leads(after)]
      expect(now.length).toBe(old.length)
      for (const [index, lead] of old.entries()) {
        if (lead.target === 'nowhere') continue
        expect({ ...lead, target: now[index]?.target }, JSON.stringify(after, null, 1)).toEqual(lead)
        if (now[index]?.href !== lead.href) followed += 1
      }
      const again = await migrateTexts(after, { migrations, settings: { html } })
      expect(Object.fromEntries(again.files.map((file) => [file.path, file.after]))).toEqual(after)
    }),
    RUNS,
  )
  expect(followed).toBeGreaterThan(RUNS.numRuns / 4)
})

interface Led {
  readonly chapter: string
  readonly href: string
  /** `place 3 of a.md`, or `nowhere`. */
  readonly target: string
}

/** All links of all assembled chapters, in order. */
function leads(texts: Texts): Led[] {
  const included = Object.values(texts).some((text) => text.includes('part.md'))
  const chapters = Object.keys(texts).filter((file) => file !== 'part.md' || !included)
  const pages = new Map(chapters.map((file) => [file, render(texts[file] ?? '', texts['part.md'] ?? '')]))
  const ids = new Map([...pages].map(([file, html]) => [file, idsIn(html)]))
  return [...pages].flatMap(([chapter, html]) =>
    [...html.matchAll(/ href="([^"]*)"/g)].map(([, href = '']) => {
      const [target = '', fragment = ''] = href.split('#')
      const page =
        target === '' ? chapter : path.posix.join(path.posix.dirname(chapter), target.replace(/html$/, 'md'))
      const index = ids.get(page)?.indexOf(decodeURIComponent(fragment)) ?? -1
      return { chapter, href, target: index < 0 ? 'nowhere' : `place ${index} of ${page}` }
    }),
  )
}

function render(text: string, part: string): string {
  const assembled = text.replace(/\{\{#include \S+\}\}/, () => part)
  return markdownToHtml(assembled, { features: { gfm: true, headingAttributes: true, frontmatter: false } })
    .html
}

/** The ids of headings and anchors, in order. */
function idsIn(html: string): string[] {
  const made = new Set<string>()
  const places = html.matchAll(/<h[1-6]( [^>]*)?>(.*?)<\/h[1-6]>|<[ai] (?:id|name)="([^"]*)">/gs)
  return [...places].map(([, attributes = '', text = '', anchor]) => {
    const own = anchor ?? / id="([^"]*)"/.exec(attributes)?.[1]
    if (own !== undefined) return own
    const id = text
      .replace(/<[^>]*>|&\w+;/g, '')
      .trim()
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .replace(/\s/g, '-')
    let unique = id
    for (let count = 1; made.has(unique); count++) unique = `${id}-${count}`
    made.add(unique)
    return unique
  })
}
