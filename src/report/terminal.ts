/** Text for people: nothing from a file's name or content may steer the terminal, or the build job, that shows it. */
import type { createColors } from 'picocolors'

/** Colours for one stream, or none. */
export type Colors = ReturnType<typeof createColors>

/**
 * What could steer a terminal, or stands in a text and is not seen: control characters (those of C1 too, with which
 * terminals begin sequences such as OSC 8), marks that turn the direction of text, line and paragraph separators,
 * halves of surrogate pairs, and what Unicode calls ignorable: zero-width spaces, soft hyphens, fillers, tags. All tags,
 * so that the flags of England, Scotland and Wales are shown as escapes: hidden text travels in them.
 *
 * Not so one joiner or variation selector behind a letter or sign beyond ASCII: Persian and emoji are made of them.
 */
const STEERING =
  /((?<=[^\p{ASCII}\p{Default_Ignorable_Code_Point}]\ufe0f?)\u200d|(?<=[^\p{ASCII}\p{Default_Ignorable_Code_Point}])(?:\u200c|[\ufe00-\ufe0f])|(?<=[0-9#*])\ufe0f(?=\u20e3))|[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\p{Bidi_Control}\p{Default_Ignorable_Code_Point}\ufff9-\ufffb]/gu

/** Shows control characters, bidi marks and what is not seen as escapes: a line ending is `\n`. */
export function visible(text: string): string {
  return escapedBy(text, (character) => {
    if (character === '\n') return '\\n'
    if (character === '\r') return '\\r'
    if (character === '\t') return '\\t'
    return `\\u{${character.codePointAt(0)?.toString(16)}}`
  })
}

/** A value as JSON, in which the same is said by JSON's own escapes. */
export function jsonText(value: unknown): string {
  return JSON.stringify(value, null, 2)
    .split('\n')
    .map((line) => escapedBy(line, unitsOf).replace(COMMAND_ANYWHERE, '\\u0023'))
    .join('\n')
}

function unitsOf(character: string): string {
  return character
    .split('')
    .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .join('')
}

function escapedBy(text: string, asEscape: (character: string) => string): string {
  return text.replace(STEERING, (character, kept?: string) => kept ?? asEscape(character))
}

/** `##[group]` and `##vso[…]`: GitHub's runner and Azure's look for them anywhere in a line. */
const COMMAND_ANYWHERE = /#(?=#[a-z]*\[)/g

/** `::error::`, which GitHub's runner reads at the start of a line, white space before it or not. */
const COMMAND_AT_START = /^(\s*):(?=:)/

/** A line that a build job shows, and takes for no command. */
export function withoutCommands(line: string): string {
  return line.replace(COMMAND_AT_START, '$1\\u{3a}').replace(COMMAND_ANYWHERE, '\\u{23}')
}

/** Whether a line of a text would be taken for one. */
export function hasCommands(text: string): boolean {
  return /^[^\S\r\n\u2028\u2029]*::/m.test(text) || /##[a-z]*\[/.test(text)
}

/** The lines of a message as one line. */
export function oneLine(message: string): string {
  return message
    .trim()
    .replace(/:[ \t]*(?:\r?\n[ \t]*)+/g, ': ')
    .replace(/(?<![ \t])[ \t]*(?:\r?\n[ \t]*)+/g, '; ')
}

/** `1 file`, `2 files`. */
export function count(number: number, one: string, many = `${one}s`): string {
  return `${number} ${number === 1 ? one : many}`
}
