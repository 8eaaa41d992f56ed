import { describe, expect, it } from 'vitest'
import { count, hasCommands, jsonText, oneLine, visible, withoutCommands } from './terminal.ts'

describe('text for a terminal', () => {
  it.each([
    ['plain', 'rain ⮳ 雨 😀', 'rain ⮳ 雨 😀'],
    ['line endings and tabs', 'a\nb\r\nc\td', 'a\\nb\\r\\nc\\td'],
    ['an escape sequence', '\x1b[31mred\x1b[0m', '\\u{1b}[31mred\\u{1b}[0m'],
    ['a bell, a backspace and a NUL', '\x07\b\0', '\\u{7}\\u{8}\\u{0}'],
    ['DEL and C1 controls', '\x7f\x9b31m', '\\u{7f}\\u{9b}31m'],
    ['bidi marks', 'a\u202eb\u2066c\u200f\u061c', 'a\\u{202e}b\\u{2066}c\\u{200f}\\u{61c}'],
    ['line and paragraph separators', 'a\u2028b\u2029', 'a\\u{2028}b\\u{2029}'],
    ['a link of a terminal (OSC 8)', '\x1b]8;;https://x\x07a', '\\u{1b}]8;;https://x\\u{7}a'],
    [
      'zero-width spaces and soft hyphens',
      'a\u200bb\u2060c\ufeffd\xade',
      'a\\u{200b}b\\u{2060}c\\u{feff}d\\u{ad}e',
    ],
    ['tags, in which text hides', 'a\u{e0041}\u{e007f}', 'a\\u{e0041}\\u{e007f}'],
    ['halves of surrogate pairs', 'a\ud83d \ude00', 'a\\u{d83d} \\u{de00}'],
    ['fillers that look like nothing', '\u3164\u115f', '\\u{3164}\\u{115f}'],
    [
      'emoji of several',
      '👩\u200d👧 ❤\ufe0f\u200d🔥 1\ufe0f\u20e3',
      '👩\u200d👧 ❤\ufe0f\u200d🔥 1\ufe0f\u20e3',
    ],
    ['joiners of Persian', 'می\u200cخواهم', 'می\u200cخواهم'],
    ['joiners and variations that join nothing', 'a\u200db\ufe0f', 'a\\u{200d}b\\u{fe0f}'],
    ['many variations in a row', '😀\ufe01\ufe02\u{e0101}', '😀\ufe01\\u{fe02}\\u{e0101}'],
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

describe('what a build job takes for a command', () => {
  it.each([
    ['a command of GitHub', '::error::x', '\\u{3a}:error::x'],
    ['behind white space', ' \u2003\t::error::x', ' \u2003\t\\u{3a}:error::x'],
    ['in its older form, anywhere', 'a ##[group]x', 'a \\u{23}#[group]x'],
    ['of Azure', 'a ##vso[task]x ##[b]', 'a \\u{23}#vso[task]x \\u{23}#[b]'],
  ])('%s', (_, line, shown) => {
    expect(withoutCommands(line)).toBe(shown)
    expect([hasCommands(`a\n${line}`), hasCommands(`a\n${shown}`)]).toEqual([true, false])
  })

  it.each(['a ::error::x', 'std::mem', '## [Rain]', '#[derive]', ':: '.trim().slice(1)])('not %j', (line) => {
    expect(withoutCommands(line)).toBe(line)
    expect(hasCommands(line)).toBe(false)
  })
})

describe('JSON', () => {
  it('says the same, and steers nothing', () => {
    const value = { 'a\u202e': ['\u{e0041} \x7f \u2028 ##[group]', '::error::', 'é 😀', '\ud800'] }
    expect(JSON.parse(jsonText(value))).toEqual(value)
    expect(jsonText(value)).not.toMatch(/[^\P{C}\n]|\p{Zl}|##\[/u)
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
