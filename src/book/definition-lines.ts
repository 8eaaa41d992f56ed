/**
 * Files that hold definitions and nothing else, a line each, are read without a parser: a book has few and
 * large ones. Whatever is not of the plainest form is left to micromark.
 */
import { labelId } from '../label-id.ts'
import type { Definition } from '../model.ts'

/** `[label]: destination "title"`, without anything that needs decoding or could go on elsewhere. */
const DEFINITION =
  /^\[([^[\]\\^\s](?:[^[\]\\\n\r]{0,400}[^[\]\\\s])?)\]: ?((?=\S)[^\s<>()\\&"']*(?:\([^\s<>()\\&"']*\)[^\s<>()\\&"']*)*)(?: "([^"\\&\n\r]*)")?$/
/** An include alone on its line. */
export const INCLUDE_LINE = /^\{\{#include [^\s{}]+\}\}$/

/**
 * The definition that a line is, if it is one of the plainest form.
 *
 * @param line without its line ending
 * @param start where it begins
 */
export function definitionIn(line: string, start: number): Definition | undefined {
  const match = line.charCodeAt(0) === BRACKET ? DEFINITION.exec(line) : null
  if (!match) return undefined
  const [, label = '', destination = '', title = ''] = match
  return { start, end: start + line.length, label: label.trim(), id: labelId(label), destination, title }
}

const BRACKET = '['.charCodeAt(0)

/**
 * The definitions of a text, if it holds nothing but definitions, includes and blank lines.
 *
 * @param text without byte order mark
 * @returns `undefined` where a parser has to look
 */
export function definitionLines(text: string): Definition[] | undefined {
  const definitions: Definition[] = []
  let start = 0
  for (const line of text.split('\n')) {
    const plain = line.endsWith('\r') ? line.slice(0, -1) : line
    const definition = definitionIn(plain, start)
    if (definition) definitions.push(definition)
    else if (plain !== '' && !INCLUDE_LINE.test(plain)) return undefined
    start += line.length + 1
  }
  return definitions
}
