/** Text for people: nothing from a file's name or content may steer the terminal that shows it. */
import type { createColors } from 'picocolors'

/** Colours for one stream, or none. */
export type Colors = ReturnType<typeof createColors>

/** What could steer a terminal: control characters, and marks that turn the direction of text. */
export const CONTROL = /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2028\u2029\u2066-\u2069]/g

/** Shows control characters and bidi marks as escapes: a line ending is `\n`. */
export function visible(text: string): string {
  return text.replace(CONTROL, (character) => {
    if (character === '\n') return '\\n'
    if (character === '\r') return '\\r'
    if (character === '\t') return '\\t'
    return `\\u{${character.charCodeAt(0).toString(16)}}`
  })
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
