/**
 * What the index keeps of a file, read line by line. Sure is only what begins in the first column, where nothing but a fence,
 * a comment or a paragraph can keep it from being what it looks like: there no list, quote or footnote is open. Whatever
 * else may be a definition, a fence or a comment is left to micromark.
 */
import { hasFrontMatter } from '../front-matter.ts'
import type { Definition, FileFacts } from '../model.ts'
import { definitionIn, INCLUDE_LINE } from './definition-lines.ts'
import { findIncludes } from './includes.ts'

/**
 * Reads the definitions and includes of a text.
 *
 * @param text without byte order mark
 * @returns `undefined` where a parser has to look
 */
export function scanFacts(text: string): Pick<FileFacts, 'definitions' | 'includes'> | undefined {
  if (LONE_RETURN.test(text) || hasFrontMatter(text)) return undefined
  const found = text.includes('{{') ? findIncludes(text) : []
  const definitions: Definition[] = []
  const includes: FileFacts['includes'][number][] = []
  let state: State = FRESH
  let next = 0
  for (let start = 0; start <= text.length; ) {
    const feed = text.indexOf('\n', start)
    const lineEnd = feed < 0 ? text.length : feed
    const end = text[lineEnd - 1] === '\r' ? lineEnd - 1 : lineEnd
    const line = text.slice(start, end)
    const { now, after } = read(line, state)
    if (now === 'unsure') return undefined
    const definition = now === 'definition' ? definitionIn(line, start) : undefined
    if (definition) {
      definitions.push(definition)
      // It may be its title.
      if (definition.title === '' && TITLE.test(text.slice(lineEnd + 1, lineEnd + 400))) return undefined
    }
    for (let include = found[next]; include && include.start <= lineEnd; include = found[++next]) {
      if (now !== 'verbatim' && MAY_BE_CODE.test(line)) return undefined
      includes.push({ ...include, rendered: now !== 'verbatim' })
    }
    state = after
    start = lineEnd + 1
  }
  return { definitions, includes }
}

/** What a line stands in: a fence by its characters, and else whether something may begin here as on a first line. */
type State = { readonly kind: 'fence'; readonly close: RegExp } | { readonly kind: 'fresh' | 'text' | 'html' }

const FRESH: State = { kind: 'fresh' }
const TEXT: State = { kind: 'text' }
const HTML: State = { kind: 'html' }

interface Read {
  readonly now: 'definition' | 'text' | 'unsure' | 'verbatim'
  readonly after: State
}

const UNSURE: Read = { now: 'unsure', after: TEXT }

function read(line: string, state: State): Read {
  if (state.kind === 'fence') return { now: 'verbatim', after: state.close.test(line) ? FRESH : state }
  if (BLANK.test(line)) return { now: 'text', after: FRESH }
  const [, mark = ''] = FENCE.exec(line) ?? []
  if (mark !== '' || INNER_FENCE.test(line)) {
    if (state.kind === 'html' || mark === '') return UNSURE
    const close = new RegExp(`^ {0,3}${mark}${mark.charAt(0)}*[ \\t]*$`)
    return { now: 'verbatim', after: { kind: 'fence', close } }
  }
  if (VERBATIM_HTML.test(line)) {
    // In a list or a quote, and behind a paragraph, it may go on, or be none.
    if (state.kind !== 'fresh' || !COMMENT.test(line)) return UNSURE
    return { now: 'verbatim', after: FRESH }
  }
  const isHtml = state.kind === 'html' || MAY_BE_HTML.test(line)
  if (!isHtml && definitionIn(line, 0))
    return state.kind === 'fresh' ? { now: 'definition', after: FRESH } : UNSURE
  if (line.includes(']:') && mayDefine(line)) return UNSURE
  if (isHtml) return { now: 'text', after: HTML }
  const isApart = state.kind === 'fresh' && (INCLUDE_LINE.test(line) || HEADING.test(line))
  return { now: 'text', after: isApart ? FRESH : TEXT }
}

/** Whether a line may begin a definition, or end its label. */
function mayDefine(line: string): boolean {
  const rest = line.slice(FOOTNOTE.exec(line)?.[0].length ?? 0)
  const [marks = ''] = MARKS.exec(rest) ?? []
  const [, bracket, colon] = BRACKET.exec(rest.slice(marks.length)) ?? []
  return bracket === ']' && colon === ':'
}

/** What may stand in front of a definition. */
const MARKS = /^[ \t>*+\-\d.)]*\[?/
/** Up to the first bracket that is not escaped, and whether a colon follows. */
const BRACKET = /^(?:[^[\]\\]|\\.)*([[\]])(:?)/s
/** A footnote of text; what it goes on with is indented. */
const FOOTNOTE = /^\[\^[^\s[\]\\]+\]:[ \t]+(?=[\p{L}[])/u

const LONE_RETURN = /\r(?!\n)/
const BLANK = /^[ \t]*$/
/** What stands behind the backticks of a fence has none. */
const FENCE = /^(`{3,}(?=[^`]*$)|~{3,})/
/** One that may stand in a list, a quote, or a footnote. */
const INNER_FENCE = /^[ \t>*+\-\d.)[\]^:xX]+(?:`{3,}|~{3,})|^\[\^.*(?:`{3}|~{3})/
/** Blocks that go on over blank lines, and whose text is not read as Markdown. */
const VERBATIM_HTML = /^[ \t>*+\-\d.)]*<(?:[!?]|(?:pre|script|style|textarea)(?![\w-]))/i
/** A comment of one line. */
const COMMENT = /^<!--(?!-?>)(?:(?!-->).)*-->/
/** Blocks that end with a blank line, whether or not a paragraph keeps them from being any. */
const MAY_BE_HTML = /^ {0,3}<[a-z/]/i
const HEADING = /^#{1,6}(?:[ \t]|$)/
const TITLE = /^[ \t]*["'(]/
/** How many columns are code depends on the list that they are in. */
const MAY_BE_CODE = /^[ \t>*+\-\d]/
