import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { decodeSource, encodeSource } from '../src/book/source-text.ts'
import type { BookReport } from '../src/runner/report.ts'
import type { Transform } from '../src/transform/define.ts'
import { migrations } from '../transforms/index.ts'
import { packs } from '../transforms/packs.ts'
import { leftLines, migrateText, migrateTexts } from './support/book.ts'
import {
  FIXTURES,
  type Fixture,
  fixturesIn,
  inFence,
  LAYOUTS,
  read,
  readIfThere,
  readTexts,
  UPDATE,
  writeGolden,
} from './support/fixtures.ts'

const groups: readonly (readonly [string, readonly Transform[]])[] = [
  ...migrations.map((migration) => [migration.id, [migration]] as const),
  ['in-order', migrations],
  ...[...packs.values()].flat().map((migration) => [migration.id, [migration]] as const),
]

const texts = (report: BookReport) =>
  Object.fromEntries(report.files.map(({ path: file, after }) => [file, after]))
const isWhole = (fixture: Fixture) =>
  !('chapter.md' in fixture.input) || Object.keys(fixture.input).length > 1

describe.each(groups)('%s', (group, chosen) => {
  describe.each(fixturesIn(group).map((fixture) => [fixture.name, fixture] as const))('%s', (_, fixture) => {
    const labels = { ...Object.fromEntries(fixture.settings.labels), ...fixture.labels }
    const options = { migrations: chosen, labels, settings: fixture.settings }
    const run = (input: Readonly<Record<string, string>>) => migrateTexts(input, options)

    it('becomes what it should, and says what it leaves', async () => {
      const report = await run(fixture.input)
      const left = report.files
        .map(({ findings, path: file }) => leftLines(findings, isWhole(fixture) ? file : ''))
        .join('')
      const after = texts(report)
      if (UPDATE) {
        for (const [file, text] of Object.entries(after)) writeGolden(goldenOf(fixture, file), text)
        writeGolden(path.join(fixture.folder, 'left.txt'), left)
      }
      expect(report.failures).toEqual([])
      expect(after).toEqual(outputOf(fixture))
      expect(left).toBe(readIfThere(path.join(fixture.folder, 'left.txt')))
    })

    it('stays the same the second time', async () => {
      const output = outputOf(fixture)
      expect(texts(await run(output))).toEqual(output)
    })

    it.each(LAYOUTS.filter(({ name }) => !(name in fixture.without)))(
      'does the same in layout $name',
      async ({ put }) => {
        const all = (of: Readonly<Record<string, string>>) =>
          Object.fromEntries(Object.entries(of).map(([file, text]) => [file, put(text)]))
        expect(texts(await run(all(fixture.input)))).toEqual(all(outputOf(fixture)))
      },
    )

    it('does the same behind a byte order mark', async () => {
      const inputs = Object.entries(fixture.input).map(([file, text]) => {
        const decoded = decodeSource(encodeSource({ text, bom: true }), file)
        if (!decoded.ok) throw new Error(decoded.failure.message)
        return [file, decoded.value] as const
      })
      expect(inputs.every(([, { bom }]) => bom)).toBe(true)
      const after = texts(await run(Object.fromEntries(inputs.map(([file, { text }]) => [file, text]))))
      for (const [file, { bom }] of inputs) {
        const bytes = Buffer.from(encodeSource({ text: after[file] ?? '', bom }))
        expect(bytes).toEqual(Buffer.from(`\uFEFF${outputOf(fixture)[file]}`))
      }
    })

    it('changes nothing in a fence', async () => {
      for (const text of Object.values(fixture.input)) {
        const fenced = inFence(text)
        expect((await migrateText(fenced, options)).after).toBe(fenced)
      }
    })
  })
})

describe('identity: no migration touches these', () => {
  const hostile = readTexts(path.join(FIXTURES, 'identity'))
  it.each(Object.entries(hostile))('%s', async (_, text) => {
    expect((await migrateText(text, { migrations })).after).toBe(text)
    for (const pack of packs.values())
      expect((await migrateText(text, { migrations: pack })).after).toBe(text)
  })
})

function goldenOf(fixture: Fixture, file: string): string {
  return path.join(fixture.folder, isWhole(fixture) ? `output/${file}` : 'output.md')
}

function outputOf(fixture: Fixture): Record<string, string> {
  return isWhole(fixture)
    ? readTexts(path.join(fixture.folder, 'output'))
    : { 'chapter.md': read(path.join(fixture.folder, 'output.md')) }
}
