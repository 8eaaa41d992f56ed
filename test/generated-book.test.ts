/** The book that benchmarks are run on: what it shows is worth something only if it is the same book each time. */
import { createHash } from 'node:crypto'
import { createFixture } from 'fs-fixture'
import { describe, expect, it } from 'vitest'
import { generateBook, type Texts } from '../bench/book/generate.ts'
import { writeBook } from '../bench/book/write-book.ts'
import { migrations } from '../transforms/index.ts'
import { migrateTexts } from './support/book.ts'
import { readTexts } from './support/fixtures.ts'

const SMALL = { files: 30, seed: 7 }
const chaptersOf = (texts: Texts) => Object.fromEntries([...texts].filter(([file]) => file.endsWith('.md')))
const hashOf = (texts: Texts) =>
  createHash('sha256')
    .update(JSON.stringify([...texts]))
    .digest('hex')

describe('a generated book', () => {
  it('has the same bytes for the same seed, on any machine', () => {
    expect(hashOf(generateBook(SMALL, 'legacy'))).toMatchInlineSnapshot(
      `"8c19fa496a4b8ecc504a3c485cc3f2982f88ed886947ea112aced1454b887fb6"`,
    )
    expect(hashOf(generateBook({ ...SMALL, seed: 8 }, 'legacy'))).not.toBe(
      hashOf(generateBook(SMALL, 'legacy')),
    )
  })

  it('has about as many files as it is asked for, and paths that do not depend on its state', () => {
    for (const files of [30, 300, 1088]) {
      const legacy = generateBook({ files }, 'legacy')
      const count = Object.keys(chaptersOf(legacy)).length
      expect(Math.abs(count - files)).toBeLessThan(Math.max(3, files / 20))
      expect([...generateBook({ files }, 'current').keys()]).toEqual([...legacy.keys()])
    }
  })

  it('has what a large book has', () => {
    const all = [...generateBook({ files: 1088 }, 'legacy').values()].join('\n')
    const counted = (pattern: RegExp) => all.match(pattern)?.length ?? 0
    expect(Buffer.byteLength(all)).toBeGreaterThan(2_500_000)
    expect(counted(/\]\[[^\]]+\]/g)).toBeGreaterThan(19_000)
    expect(counted(/^\[[^\]]+\]: /gm)).toBeGreaterThan(10_000)
    for (const pattern of [/\{#skip\}/g, /^\| /gm, /^ {2}- /gm, /^```/gm, /^> /gm, /\[\[/g, /â®³/g, /â€™/g])
      expect(counted(pattern)).toBeGreaterThan(20)
  })

  it('is migrated, with a proof, from its legacy state to its current one, byte by byte', async () => {
    const [legacy, current] = [generateBook(SMALL, 'legacy'), generateBook(SMALL, 'current')]
    const report = await migrateTexts(chaptersOf(legacy), { migrations })
    expect(report.failures).toEqual([])
    expect(report.files.flatMap(({ findings }) => findings.filter(({ kind }) => kind !== 'change'))).toEqual(
      [],
    )
    expect(Object.fromEntries(report.files.map(({ path, after }) => [path, after]))).toEqual(
      chaptersOf(current),
    )
  })

  it('is one book on the disk, however often it is there', async () => {
    await using folder = await createFixture()
    const texts = generateBook(SMALL, 'current')
    const once = writeBook(folder.getPath('once'), texts)
    const thrice = writeBook(folder.getPath('thrice'), texts, 3)
    expect(readTexts(folder.getPath('once'))).toMatchObject(chaptersOf(texts))
    expect(thrice).toEqual({ files: 3 * once.files, bytes: 3 * once.bytes })
    expect(readTexts(folder.getPath('thrice'))['src/copy-2/SUMMARY.md']).toBe(texts.get('src/SUMMARY.md'))
  })
})
