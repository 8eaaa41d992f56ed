/** Which of the two parsers reads texts, in all of a process: they give the same trees and spans. */

/** `fast`: this project's own, which leaves to remark-parse what is not of a plain form; `remark`: remark-parse alone. */
export const PARSERS = ['fast', 'remark'] as const
export type Parser = (typeof PARSERS)[number]

let parser: Parser = 'fast'

/** Has all texts read by a parser from now on. */
export function useParser(chosen: Parser): void {
  parser = chosen
}

/** The parser that reads texts. */
export function parserInUse(): Parser {
  return parser
}
