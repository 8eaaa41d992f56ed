/** Which texts are looked at, told without a parser. */

export const LEGACY = '⮳'

export function mayMatch(text: string): boolean {
  return text.includes(LEGACY) || (text.includes('&#') && /&#(?:x0*2bb3|0*11187);/i.test(text))
}
