import { describe, expect, it } from 'vitest'
import { count, oneLine, visible } from './terminal.ts'

describe('text for a terminal', () => {
  it.each([
    ['plain', 'rain ⮳ 雨 😀', 'rain ⮳ 雨 😀'],
    ['line endings and tabs', 'a\nb\r\nc\td', 'a\\nb\\r\\nc\\td'],
    ['an escape sequence', '\x1b[31mred\x1b[0m', '\\u{1b}[31mred\\u{1b}[0m'],
    ['a bell, a backspace and a NUL', '\x07\b\0', '\\u{7}\\u{8}\\u{0}'],
    ['DEL and C1 controls', '\x7f\x9b31m', '\\u{7f}\\u{9b}31m'],
    ['bidi marks', 'a\u202eb\u2066c\u200f\u061c', 'a\\u{202e}b\\u{2066}c\\u{200f}\\u{61c}'],
    ['line and paragraph separators', 'a\u2028b\u2029', 'a\\u{2028}b\\u{2029}'],
    ['what looks like an escape already', 'a\\nb', 'a\\nb'],
    ['nothing', '', ''],
  ])('%s', (_, text, shown) => {
    expect(visible(text)).toBe(shown)
  })

  it('holds no character that could steer it, whatever it is made of', () => {
    const all = Array.from({ length: 0x2100 }, (_, code) => String.fromCharCode(code)).join('')
    expect(visible(all)).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]/u)
  })
})

describe('a message of several lines', () => {
  it.each([
    ['one line', 'rain', 'rain'],
    ['two', 'rain  \n  wind\r\n', 'rain; wind'],
    ['a heading and an empty line', 'Values:\n\n  a: b\n  c', 'Values: a: b; c'],
  ])('is one line: %s', (_, message, line) => {
    expect(oneLine(message)).toBe(line)
  })
})

describe('count', () => {
  it.each([
    [0, '0 files'],
    [1, '1 file'],
    [2, '2 files'],
  ])('%d', (number, text) => {
    expect(count(number, 'file')).toBe(text)
  })

  it('with a plural of its own', () => {
    expect([count(1, 'entry', 'entries'), count(3, 'entry', 'entries')]).toEqual(['1 entry', '3 entries'])
  })
})
