/** What inline syntax is made of, on its way to nodes: ranges of the content that it is read from. */
import type { PhrasingContent, Text } from 'mdast'
import { classifyCharacter } from 'micromark-util-classify-character'
import type { Span } from '../../model.ts'

interface Range {
  from: number
  to: number
}

/** A run of `*`, `_` or `~`; pairing takes marks off its ends. */
export interface Run extends Range {
  readonly kind: 'run'
  readonly marker: number
  readonly canOpen: boolean
  readonly canClose: boolean
}

/** `[` or `![`. */
export interface Bracket extends Range {
  readonly kind: 'bracket'
  readonly isImage: boolean
  /** There is a link behind it, and links have none in them. */
  isInactive: boolean
  /** Where it stands among the items. */
  readonly position: number
}

/** The text of an autolink, and where it stands. */
interface Shown {
  readonly text: Text
  readonly span: Span
}

export type Item =
  | Bracket
  | Run
  /** Text as it is written. */
  | (Range & { readonly kind: 'text' })
  /** Text that is written otherwise: an escape, a reference, a line ending. */
  | (Range & { readonly kind: 'value'; readonly value: string })
  | (Range & { readonly kind: 'node'; readonly node: PhrasingContent; readonly shown?: Shown })

const [ASTERISK, UNDERSCORE] = [42, 95]
export const TILDE = 126

/** Reads the run that begins at an index, and whether it can open and close; CommonMark 0.31.2, 6.2. */
export function runAt(text: string, from: number, marker: number): Run {
  let to = from
  while (text.charCodeAt(to) === marker) to += 1
  const [previous, next] = [from === 0 ? null : text.charCodeAt(from - 1), codeAt(text, to)]
  const [before, after] = [classifyCharacter(previous), classifyCharacter(next)]
  const loose = (code: number | null) => marker !== TILDE && code === TILDE
  const opens = !after || (after === PUNCTUATION && before !== undefined) || loose(next)
  const closes = !before || (before === PUNCTUATION && after !== undefined) || loose(previous)
  const isStrict = marker === UNDERSCORE
  return {
    kind: 'run',
    from,
    to,
    marker,
    canOpen: opens && (!isStrict || before !== undefined || !closes),
    canClose: closes && (!isStrict || after !== undefined || !opens),
  }
}

const PUNCTUATION = 2

function codeAt(text: string, index: number): number | null {
  return index < text.length ? text.charCodeAt(index) : null
}

/** Whether a run is one of emphasis. */
export function isEmphasis({ marker }: Run): boolean {
  return marker === ASTERISK || marker === UNDERSCORE
}
