import fs from 'node:fs'
import { createFixture } from 'fs-fixture'
import { describe, expect, it } from 'vitest'
import { type Ledger, ledgerText, parseLedger, readLedger } from './ledger.ts'
import { LEDGER_NAME } from './ledger-name.ts'

const TEXT = `{
  "version": 1,
  "migrations": {
    "0001-rain": {
      "applied": "2026-11-22",
      "checksum": "sha256-1"
    },
    "0002-wind-gauge": {
      "applied": "2025-02-28"
    }
  }
}
`
const LEDGER: Ledger = new Map([
  ['0001-rain', { applied: '2026-11-22', checksum: 'sha256-1' }],
  ['0002-wind-gauge', { applied: '2025-02-28' }],
])

describe('the text of a ledger', () => {
  it('is one, whatever the order of its migrations', () => {
    expect(ledgerText(LEDGER)).toBe(TEXT)
    expect(ledgerText(new Map([...LEDGER].reverse()))).toBe(TEXT)
  })

  it('is read as it was written', () => {
    expect(parseLedger(TEXT, 'x.json')).toMatchObject({ ok: true, value: { ledger: LEDGER } })
  })

  it('tells where a migration stands', () => {
    const parsed = parseLedger(TEXT, 'x.json')
    expect(parsed.ok && parsed.value.placeOf('0002-wind-gauge')).toEqual({ line: 8, column: 5 })
    expect(parsed.ok && parsed.value.placeOf('0003-sun')).toBeUndefined()
  })
})

describe('a ledger that cannot be used is told with its place', () => {
  const rain = (entry: string) => `{\n  "version": 1,\n  "migrations": {\n    "0001-rain": ${entry}\n  }\n}`
  it.each([
    ['nothing', '', 'MDS030', '1:1', 'it is not valid JSON (ValueExpected)'],
    [
      'a syntax error',
      '{\n  "version": 1,\n}',
      'MDS030',
      '3:1',
      'it is not valid JSON (PropertyNameExpected)',
    ],
    ['marks of a conflict', '{\n<<<<<<< ours\n', 'MDS030', '2:1', 'it is not valid JSON (InvalidSymbol)'],
    ['a comment', '{} // none', 'MDS030', '1:4', 'it is not valid JSON (InvalidCommentToken)'],
    ['a list', '[]', 'MDS030', '1:1', 'expected object'],
    ['no version', '{ "migrations": {} }', 'MDS030', '1:1', '"version": is no version of the form'],
    ['another version', '{ "version": 0, "migrations": {} }', 'MDS030', '1:14', '"version": is no version'],
    ['no migrations', '{ "version": 1 }', 'MDS030', '1:1', '"migrations": Invalid input'],
    [
      'an unknown key',
      '{ "version": 1, "migrations": {}, "x": 1 }',
      'MDS030',
      '1:1',
      'Unrecognized key: "x"',
    ],
    ['no entry', rain('null'), 'MDS030', '4:18', '"migrations"."0001-rain": '],
    ['no date', rain('{}'), 'MDS030', '4:18', '"0001-rain"."applied": is no date such as'],
    ['a day that is none', rain('{ "applied": "2026-02-30" }'), 'MDS030', '4:31', 'is no date such as'],
    [
      'an empty checksum',
      rain('{ "applied": "2026-02-20", "checksum": "" }'),
      'MDS030',
      '4:57',
      '"checksum": ',
    ],
    [
      'a newer form',
      '{ "version": 2, "chapters": {} }',
      'MDS031',
      '1:14',
      'version 2, and this mdshift knows 1',
    ],
  ])('%s', (_, text, code, place, message) => {
    const parsed = parseLedger(text, 'x.json')
    expect(parsed).toMatchObject({ ok: false, failure: { code, place: `x.json:${place}` } })
    expect(parsed.ok ? '' : parsed.failure.message).toContain(message)
  })
})

describe('the ledger of a book', () => {
  it('is read with its bytes', async () => {
    await using folder = await createFixture({ [LEDGER_NAME]: `\uFEFF${TEXT.replaceAll('\n', '\r\n')}` })
    const read = await readLedger(folder.path)
    expect(read).toMatchObject({ ok: true, value: { ledger: LEDGER } })
    expect(read.ok && read.value.bytes).toEqual(fs.readFileSync(folder.getPath(LEDGER_NAME)))
  })

  it('is empty where there is none', async () => {
    await using folder = await createFixture({})
    const read = await readLedger(folder.path)
    expect(read).toMatchObject({ ok: true, value: { ledger: new Map(), bytes: undefined } })
    expect(read.ok && read.value.file).toBe(folder.getPath(LEDGER_NAME))
  })

  it('is no folder, no link, and text', async () => {
    await using folder = await createFixture({
      folder: { [LEDGER_NAME]: {} },
      bytes: { [LEDGER_NAME]: Buffer.from([0x7b, 0xff, 0x7d]) },
      link: { 'other.json': TEXT },
    })
    fs.symlinkSync('other.json', folder.getPath('link', LEDGER_NAME))
    for (const name of ['folder', 'bytes', 'link']) {
      const place = folder.getPath(name, LEDGER_NAME)
      expect(await readLedger(folder.getPath(name))).toMatchObject({ failure: { code: 'MDS030', place } })
    }
  })
})
