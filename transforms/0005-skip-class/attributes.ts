/** What attributes in braces look like, well-formed and not: told by a text alone, without a parser. */

/** Whether some heading may end as malformed attributes do. */
export function mayBeMalformed(text: string): boolean {
  if (!/[{}]/.test(text)) return false
  if (hasSetextHeading(text)) return hasMalformed(text)
  const lines = linesWithBraces(text).filter((line) => !CURRENT.test(line))
  return lines.length > 0 && hasMalformed(`\n${lines.join('\n')}`)
}

/** A heading with an id, as most have who have any. */
const CURRENT = /^[^{}]*\{#[\p{L}\p{N}_-]+(?:[ \t]+\.[a-z][\w-]*)*\}$/u

/** What stands in lines from a `#` on that may begin a heading, where a brace follows. */
function linesWithBraces(text: string): string[] {
  return text.split(/[\r\n]/).flatMap((line) => {
    const at = line.search(/#[ \t]/)
    return at >= 0 && /[{}]/.test(line.slice(at)) ? [line.slice(at)] : []
  })
}

const UNDERLINE = /^[ \t>]*[=-]+[ \t]*$/gm

/** Whether a line is underlined: then the lines of a heading are not told from others. */
function hasSetextHeading(text: string): boolean {
  for (const { index } of text.matchAll(UNDERLINE)) {
    const end = text.startsWith('\r\n', index - 2) ? index - 2 : index - 1
    if (end > 0 && /[^\s>]/.test(text.slice(lineStart(text, end), end))) return true
  }
  return false
}

function lineStart(text: string, end: number): number {
  return Math.max(text.lastIndexOf('\n', end - 1), text.lastIndexOf('\r', end - 1)) + 1
}

function hasMalformed(text: string): boolean {
  const blocks = text.matchAll(/(?<!\{)\{([^{}\r\n]*)\}[ \t]*$/gm)
  if ([...blocks].some((match) => !wordsOf(match[1] ?? '').every(isWellFormed))) return true
  return UNREAD.some(({ line }) => line.test(text))
}

/** HTML has attributes without a value. */
export const WITHOUT_VALUE =
  /^(?:hidden|inert|autofocus|popover|contenteditable|draggable|itemscope|nonce|data-.+|aria-.+)$/i

/** `#id`, `.class`, `key=value`, or the name of an attribute; pulldown-cmark divides at white space. */
export function isWellFormed(word: string): boolean {
  if (word.includes('=')) return true
  if (/[\s,;]/u.test(word) || /.#/.test(word)) return false
  if (word.startsWith('#')) return /^#[^.].*$/.test(word) && !/.\.skip\d*$/.test(word)
  if (word.startsWith('.')) return /^\.[^.]/.test(word)
  return WITHOUT_VALUE.test(word)
}

export function wordsOf(inside: string): string[] {
  return inside.split(/[ \t\f]+/).filter((word) => word !== '')
}

interface Unread {
  readonly line: RegExp
  readonly because: string
  /** The attributes in braces, where they stand in the right place. */
  mend?(found: string): string
}

const ID = String.raw`#[\p{L}\p{N}_-]+`
const CLASSES = String.raw`(?:[ \t]+\.[\w-]+)`

/** What stays in the text of a heading. */
export const UNREAD: readonly Unread[] = [
  {
    line: new RegExp(String.raw`(?<![{\\])\{[ \t]*${ID}${CLASSES}*[)\]]?[ \t]*$`, 'mu'),
    because: 'the brace is not closed',
    mend: (found) => found.replace(/[)\]]?$/, '}'),
  },
  {
    line: new RegExp(String.raw`(?<=\s)${ID}${CLASSES}+[ \t]*\}[ \t]*$`, 'mu'),
    because: 'the brace is not opened',
    mend: (found) => `{${found}`,
  },
  {
    line: new RegExp(String.raw`\{\{${ID}${CLASSES}+[ \t]*\}\}[ \t]*$`, 'mu'),
    because: 'it has a brace too many on each side',
    mend: (found) => found.slice(1, -1),
  },
  {
    line: new RegExp(
      String.raw`(?<![{\\])\{[ \t]*(?:${ID}${CLASSES}*|\.[\w-]+)[ \t]*\}(?=[ \t]+#+[ \t]*$)`,
      'mu',
    ),
    because: 'a closing `#` behind attributes makes text of them',
  },
  {
    line: new RegExp(String.raw`(?<![{\\])\{[ \t]*${ID}${CLASSES}+[ \t]*\}(?=[ \t]*[^\s{}#])`, 'mu'),
    because: 'attributes end their heading, and something stands behind these',
  },
]
