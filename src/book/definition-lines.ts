/**
 * Files that hold definitions and nothing else, a line each, are read without a parser: a book has few and
 * large ones. Whatever is not of the plainest form is left to micromark.
 */
import { labelId } from '../label-id.ts'
import type { Definition } from '../model.ts'

/** `[label]: destination "title"`, without anything that needs decoding or could go on elsewhere. */
const DEFINITION =
  /^\[([^[\]\\^\s](?:[^[\]\\\n\r]{0,400}[^[\]\\\s])?)\]: ?([^\s<>()\\&"']+)(?: "([^"\\&\n\r]*)")?$/
const INCLUDE = /^\{\{#include [^\s{}]+\}\}$/

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
    const match = DEFINITION.exec(plain)
    if (match) {
      const [, label = '', destination = '', title = ''] = match
      definitions.push({
        start,
        end: start + plain.length,
        label: label.trim(),
        id: labelId(label),
        destination,
        title,
      })
    } else if (plain !== '' && !INCLUDE.test(plain)) {
      return undefined
    }
    start += line.length + 1
  }
  return definitions
}
