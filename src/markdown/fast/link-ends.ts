/** What may stand behind the text of a link: `(destination "title")`, or `[label]`; CommonMark 0.31.2, 6.3. */

interface Range {
  readonly from: number
  readonly to: number
}

export interface Resource {
  /** Behind its `)`. */
  readonly to: number
  /** Without `<>`; absent where nothing is written. */
  readonly destination: Range | undefined
  /** Without its quotes; absent where nothing is written. */
  readonly title: Range | undefined
}

const SPACE = /[ \t\r\n]*/y
const ANGLE = /<((?:[^<>\\\n\r]|\\[<>\\]|\\(?![<>\\]))*)>/y
export const TITLE =
  /"((?:[^"\\]|\\["\\]|\\(?!["\\]))*)"|'((?:[^'\\]|\\['\\]|\\(?!['\\]))*)'|\(((?:[^)\\]|\\[)\\]|\\(?![)\\]))*)\)/y

/** Reads a resource that begins with the `(` at an index. */
export function readResource(text: string, index: number): Resource | undefined {
  let at = behind(SPACE, text, index + 1)
  if (text.charAt(at) === ')') return { to: at + 1, destination: undefined, title: undefined }
  const destination = readDestination(text, at)
  if (!destination) return undefined
  at = destination.next
  const spaced = behind(SPACE, text, at)
  let title: Range | undefined
  if (spaced > at) {
    TITLE.lastIndex = spaced
    const found = TITLE.exec(text)
    if (found) {
      title = nonEmpty({ from: spaced + 1, to: TITLE.lastIndex - 1 })
      at = TITLE.lastIndex
    }
  }
  at = behind(SPACE, text, at)
  if (text.charAt(at) !== ')') return undefined
  return { to: at + 1, destination: nonEmpty(destination), title }
}

function nonEmpty({ from, to }: Range): Range | undefined {
  return from < to ? { from, to } : undefined
}

interface Destination extends Range {
  readonly next: number
}

/** Reads a destination that begins at an index; one of no characters where none is there. */
export function readDestination(text: string, index: number): Destination | undefined {
  if (text.charAt(index) === '<') {
    ANGLE.lastIndex = index
    const found = ANGLE.exec(text)
    return found ? { from: index + 1, to: ANGLE.lastIndex - 1, next: ANGLE.lastIndex } : undefined
  }
  let depth = 0
  let at = index
  for (; at < text.length; at += 1) {
    const code = text.charCodeAt(at)
    if (code === BACKSLASH && /[()\\]/.test(text.charAt(at + 1))) at += 1
    else if (code === OPENING) {
      depth += 1
      if (depth > DEEPEST) return undefined
    } else if (code === CLOSING) {
      if (depth === 0) break
      depth -= 1
    } else if (code === SPACE_CODE || code === TAB || code === NEWLINE || code === RETURN) {
      break
    } else if (code < SPACE_CODE || code === DELETE) return undefined
  }
  return depth === 0 ? { from: index, to: at, next: at } : undefined
}

const [BACKSLASH, OPENING, CLOSING, SPACE_CODE, TAB, NEWLINE, RETURN, DELETE] = [
  92, 40, 41, 32, 9, 10, 13, 127,
]

/** micromark's limit for parentheses in each other. */
const DEEPEST = 32

function behind(pattern: RegExp, text: string, index: number): number {
  pattern.lastIndex = index
  return index + (pattern.exec(text)?.[0].length ?? 0)
}

const LABEL = /\[((?:[^[\]\\]|\\[[\]\\]|\\(?![[\]\\]))*)\]/y

/** Reads a label that begins with the `[` at an index. */
export function readLabel(
  text: string,
  index: number,
): { readonly raw: string; readonly to: number } | undefined {
  LABEL.lastIndex = index
  const raw = LABEL.exec(text)?.[1]
  if (raw === undefined || raw.length > LONGEST || !/[^ \t\r\n]/.test(raw)) return undefined
  return { raw, to: index + raw.length + 2 }
}

/** CommonMark 0.31.2, 6.3: a label has at most 999 characters. */
const LONGEST = 999
