import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeSource, encodeSource } from './source-text.ts'

const bytes = (text: string) => new TextEncoder().encode(text)
const failureOf = (source: Uint8Array) => {
  const read = decodeSource(source, 'src/wind.md')
  return read.ok ? undefined : read.failure
}

describe('decodeSource', () => {
  it.each([
    ['without a byte order mark', 'wind\r\nrain', { text: 'wind\r\nrain', bom: false }],
    ['with one', '\uFEFFwind', { text: 'wind', bom: true }],
    ['with two, of which the second is text', '\uFEFF\uFEFFwind', { text: '\uFEFFwind', bom: true }],
    ['with one in the middle, which is text', 'wi\uFEFFnd', { text: 'wi\uFEFFnd', bom: false }],
    ['empty', '', { text: '', bom: false }],
    ['nothing but a byte order mark', '\uFEFF', { text: '', bom: true }],
    ['with a replacement character of its own', 'a\uFFFDb', { text: 'a\uFFFDb', bom: false }],
  ])('a text %s', (_, text, source) => {
    expect(decodeSource(bytes(text), 'a.md')).toEqual({ ok: true, value: source })
  })

  it.each([
    ['Latin-1', Uint8Array.of(0x63, 0x61, 0x66, 0xe9)],
    ['UTF-16 with its byte order mark', Uint8Array.of(0xff, 0xfe, 0x61, 0x00)],
    ['a character cut short', Uint8Array.of(0x61, 0xe2, 0x86)],
    ['an overlong form', Uint8Array.of(0xc0, 0xaf)],
    ['half a surrogate pair', Uint8Array.of(0xed, 0xa0, 0x80)],
  ])('refuses %s, and says where', (_, source) => {
    expect(failureOf(source)).toMatchObject({ code: 'MDS002', place: 'src/wind.md' })
  })

  it('refuses a NUL, with its line', () => {
    expect(failureOf(bytes('one\ntwo\n\0'))).toMatchObject({ code: 'MDS010', place: 'src/wind.md:3' })
    expect(failureOf(bytes('\uFEFFone\r\nt\0wo'))).toMatchObject({ code: 'MDS010', place: 'src/wind.md:2' })
  })
})

describe('encodeSource', () => {
  it('gives back the bytes that were read', () => {
    const character = fc.constantFrom(
      'a',
      ' ',
      '\n',
      '\r\n',
      '\r',
      'é',
      '⮳',
      '😀',
      '\uFEFF',
      '\uFFFD',
      '\x1b',
    )
    const text = fc.array(character, { maxLength: 30 }).map((all) => all.join(''))
    fc.assert(
      fc.property(text, (all) => {
        const source = decodeSource(bytes(all), 'a.md')
        expect(source.ok && Buffer.from(encodeSource(source.value)).toString('hex')).toBe(
          Buffer.from(bytes(all)).toString('hex'),
        )
      }),
    )
  })
})
