/**
 * Definitions that stand one below the other, a line each, in the plainest form, with or without blank lines between
 * them: whatever reads the first of them as a definition reads all of them so.
 */
import type { Span } from '../model.ts'

/** One definition, with its line ending. */
export interface DefinitionLine extends Span {
  /** As {@link labelKey} makes it; empty for the first blank line of a run, which ends all quotes and lists. */
  readonly key: string
}

export interface DefinitionRuns {
  /** In the order of the text. */
  readonly runs: readonly DefinitionRun[]
  /** All lines of all runs, in order, by their keys. */
  readonly byKey: ReadonlyMap<string, readonly DefinitionLine[]>
}

export interface DefinitionRun extends Span {
  readonly lines: readonly DefinitionLine[]
}

/**
 * `[label]: destination "title"` in printable ASCII, without anything that needs decoding, could go on elsewhere, or
 * means something in a table. Not `[^note]`.
 */
const LINE =
  /\[(?!\^)([!-Z^-{}~](?:[ -Z^-{}~]{0,300}[!-Z^-{}~])?)\]:[ \t]{1,8}[!#-%*-;=?-Z^-~]+(?:[ \t]{1,8}"[ !#-Z^-~]*")?[ \t]{0,8}\r?\n/y

const NONE: DefinitionRuns = { runs: [], byKey: new Map() }

/** The runs of a text that begin behind its first line. */
export function definitionRuns(text: string): DefinitionRuns {
  const runs: DefinitionRun[] = []
  const byKey = new Map<string, DefinitionLine[]>()
  for (let found = text.indexOf('\n['); found >= 0; found = text.indexOf('\n[', found)) {
    const lines = linesFrom(text, found + 1)
    const [first, last] = [lines[0], lines.at(-1)]
    found = last ? last.end - 1 : found + 1
    if (!first || !last) continue
    runs.push({ start: first.start, end: last.end, lines })
    for (const line of lines) {
      const known = byKey.get(line.key)
      if (known) known.push(line)
      else byKey.set(line.key, [line])
    }
  }
  return runs.length === 0 ? NONE : { runs, byKey }
}

function linesFrom(text: string, start: number): DefinitionLine[] {
  const lines: DefinitionLine[] = []
  let isBlankKnown = false
  let at = start
  for (;;) {
    BLANK.lastIndex = at
    const from = lines.length > 0 && BLANK.test(text) ? BLANK.lastIndex : at
    LINE.lastIndex = from
    const match = LINE.exec(text)
    if (!match) return lines
    if (from > at && !isBlankKnown) {
      lines.push({ start: at, end: from, key: '' })
      isBlankKnown = true
    }
    at = from + match[0].length
    lines.push({ start: from, end: at, key: labelKey(match[1] ?? '') })
  }
}

const BLANK = /(?:[ \t]*\r?\n)+/y

/**
 * Two labels that any reader of Markdown takes for one have one key; labels that are two may share it. White space is
 * left out, and the `>` between lines of a block quote.
 *
 * @example
 * labelKey('a\n> B') // → 'AB'
 */
export function labelKey(label: string): string {
  const bare = /^[!-=?-~]*$/.test(label) ? label : label.replace(/[\s\p{Z}\p{C}>]+/gu, '')
  return bare.toLowerCase().toUpperCase()
}
