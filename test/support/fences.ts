/** The code of a page: what stands in its fences, and what their info strings say should be done with it. */

export interface Fence {
  /** The info string's first word; empty where there is none. */
  readonly language: string
  /** Words behind it: `run`, `excerpt` … */
  readonly flags: ReadonlySet<string>
  /** `write=notes.ts` and the like. */
  readonly values: ReadonlyMap<string, string>
  /** Without the line end behind it, or empty. */
  readonly text: string
  /** Of the opening fence, from 1. */
  readonly line: number
}

const FENCE = /^(`{3,})([^`\n]*)\n(?:([\s\S]*?)\n)?\1$/gm

/** All fences of a page, in order. */
export function fencesOf(page: string): Fence[] {
  return [...page.matchAll(FENCE)].map(({ 2: info = '', 3: text = '', index }) => {
    const [language = '', ...words] = info.split(' ')
    const pairs = words.filter((word) => word.includes('='))
    return {
      language,
      flags: new Set(words.filter((word) => !word.includes('='))),
      values: new Map(
        pairs.map((pair) => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)]),
      ),
      text,
      line: page.slice(0, index).split('\n').length,
    }
  })
}

/**
 * A page with other text in its fences.
 *
 * @param texts in the order of the fences
 */
export function withTexts(page: string, texts: readonly string[]): string {
  let index = 0
  return page.replace(FENCE, (_, ticks: string, info: string) => {
    const text = texts[index++] ?? ''
    return `${ticks}${info}\n${text === '' ? '' : `${text}\n`}${ticks}`
  })
}
