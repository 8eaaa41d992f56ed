/** What mdBook's preprocessors read, wherever it stands: code and comments are no exception for them. */
import type { Span } from '../../model.ts'

/** `{{…}}`, with the backslashes before it. */
export interface Directive extends Span {
  readonly text: string
}

/** From each `{{` to the next `}}`, in the order of the text. */
export function directivesIn(text: string): Directive[] {
  const found: Directive[] = []
  for (let open = text.indexOf('{{'); open >= 0; ) {
    const close = text.indexOf('}}', open + 2)
    if (close < 0) break
    let start = open
    while (text[start - 1] === '\\') start -= 1
    found.push({ start, end: close + 2, text: text.slice(start, close + 2) })
    open = text.indexOf('{{', close + 2)
  }
  return found
}
