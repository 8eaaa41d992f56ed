/** Spaces and tabs, and no other white space: CommonMark 0.31.2, 2.1. */

/** How many spaces and tabs a text has behind an index. */
export function spacesAt(text: string, index: number): number {
  let at = index
  while (isSpace(text.charCodeAt(at))) at += 1
  return at - index
}

/** How many spaces and tabs stand before an index, not before another one. */
export function spacesBefore(text: string, index: number, from = 0): number {
  let at = index
  while (at > from && isSpace(text.charCodeAt(at - 1))) at -= 1
  return index - at
}

/** A text without the spaces and tabs around it. */
export function trimmed(text: string): string {
  const from = spacesAt(text, 0)
  return text.slice(from, text.length - spacesBefore(text, text.length, from))
}

function isSpace(code: number): boolean {
  return code === 32 || code === 9
}
