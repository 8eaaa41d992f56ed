/**
 * The longest end of a text that is made of certain characters. An expression such as `/[ \t]*$/` would begin anew at
 * each of them.
 */
export function trailing(text: string, characters: string): string {
  let at = text.length
  while (at > 0 && characters.includes(text.charAt(at - 1))) at -= 1
  return text.slice(at)
}
