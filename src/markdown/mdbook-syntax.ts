/**
 * What mdBook reads besides CommonMark, as micromark constructs for text: `{{…}}` directives and `[[…]]`
 * wikilinks (opaque to every transform), `{#id .class}` at the end of headings, and references to
 * labels that the chapter's includes define. Nothing here adds text or moves an offset.
 */
import { headingAtx, setextUnderline } from 'micromark-core-commonmark'
import { markdownLineEnding } from 'micromark-util-character'
import { codes } from 'micromark-util-symbol'
import type {
  Code,
  Construct,
  Event,
  Extension,
  ParseContext,
  Point,
  State,
  Token,
  TokenizeContext,
} from 'micromark-util-types'

declare module 'micromark-util-types' {
  interface TokenTypeMap {
    mdbookDirectiveData: 'mdbookDirectiveData'
    mdbookHeadingAttributes: 'mdbookHeadingAttributes'
    mdbookWikilink: 'mdbookWikilink'
  }
}

/**
 * A micromark extension for one parse of one chapter.
 *
 * @param isKnown whether the chapter's include closure defines a label, asked by its normalized identifier
 */
export function mdbookSyntax(isKnown: (id: string) => boolean): Extension {
  return {
    flow: {
      [codes.numberSign]: atxWithAttributes,
      [codes.dash]: setextWithAttributes,
      [codes.equalsTo]: setextWithAttributes,
    },
    text: {
      [codes.leftCurlyBrace]: directive,
      [codes.leftSquareBracket]: wikilink,
      [codes.rightSquareBracket]: knownLabels(isKnown),
    },
  }
}

/**
 * Where the attribute block of a heading's text begins, or -1: a last `{…}` on the line, as pulldown-cmark
 * (mdBook's parser) finds it.
 *
 * @param text the heading's last line, without its line ending
 */
export function attributesStart(text: string): number {
  const found = /\{[^{}<>\\\r\n]*\}[ \t]*$/.exec(text)
  return found ? found.index : -1
}

/** `{{…}}`: everything up to the first `}}`, lines included. */
const directive: Construct = {
  name: 'mdbookDirective',
  tokenize(effects, ok, nok) {
    let closing = false
    let size = 0
    return start

    function start(code: Code): State | undefined {
      effects.enter('mdbookDirective')
      effects.enter('mdbookDirectiveData')
      effects.consume(code)
      return second
    }
    function second(code: Code): State | undefined {
      if (code !== codes.leftCurlyBrace) return nok(code)
      effects.consume(code)
      return inside
    }
    function inside(code: Code): State | undefined {
      if (code === codes.eof) return nok(code)
      if (closing && code === codes.rightCurlyBrace && size > 1) {
        effects.consume(code)
        effects.exit('mdbookDirectiveData')
        effects.exit('mdbookDirective')
        return ok
      }
      closing = code === codes.rightCurlyBrace
      size += 1
      if (markdownLineEnding(code)) {
        effects.exit('mdbookDirectiveData')
        return lineEnding(code)
      }
      effects.consume(code)
      return inside
    }
    function lineEnding(code: Code): State | undefined {
      effects.enter('lineEnding')
      effects.consume(code)
      effects.exit('lineEnding')
      return lineStart
    }
    function lineStart(code: Code): State | undefined {
      if (code === codes.eof) return nok(code)
      if (markdownLineEnding(code)) return lineEnding(code)
      effects.enter('mdbookDirectiveData')
      return inside(code)
    }
  },
}

/**
 * `[[page]]` and `[[page | Text]]` on one line, without brackets inside. What goes on with `(` or `[` is a
 * link whose text is in brackets, and what goes on with `:` may be a definition: not ours.
 */
const wikilink: Construct = {
  name: 'mdbookWikilink',
  tokenize(effects, ok, nok) {
    let size = 0
    return start

    function start(code: Code): State | undefined {
      effects.enter('mdbookWikilink')
      effects.consume(code)
      return second
    }
    function second(code: Code): State | undefined {
      if (code !== codes.leftSquareBracket) return nok(code)
      effects.consume(code)
      return inside
    }
    function inside(code: Code): State | undefined {
      if (code === codes.eof || markdownLineEnding(code) || code === codes.leftSquareBracket) return nok(code)
      effects.consume(code)
      if (code !== codes.rightSquareBracket) {
        size += 1
        return inside
      }
      return size > 0 ? close : nok
    }
    function close(code: Code): State | undefined {
      if (code !== codes.rightSquareBracket) return nok(code)
      effects.consume(code)
      effects.exit('mdbookWikilink')
      return after
    }
    function after(code: Code): State | undefined {
      if (code === codes.leftSquareBracket) return effects.check(twoBrackets, ok, nok)(code)
      return code === codes.leftParenthesis || code === codes.colon ? nok(code) : ok(code)
    }
  },
}

/** The beginning of another wikilink. */
const twoBrackets: Construct = {
  partial: true,
  tokenize(effects, ok, nok) {
    return (code) => {
      effects.enter('data')
      effects.consume(code)
      return (next) => {
        effects.exit('data')
        return next === codes.leftSquareBracket ? ok(next) : nok(next)
      }
    }
  },
}

const informed = new WeakSet<ParseContext>()

/**
 * micromark decides what a reference is by asking `parser.defined.includes(id)`. This construct consumes
 * nothing: at the first `]` of a document it makes that array answer for the known labels too.
 */
function knownLabels(isKnown: (id: string) => boolean): Construct {
  return {
    name: 'mdbookKnownLabels',
    tokenize(_effects, _ok, nok) {
      const { parser } = this
      if (!informed.has(parser)) {
        informed.add(parser)
        const here = new Set<string>()
        let counted = 0
        parser.defined.includes = (id) => {
          for (; counted < parser.defined.length; counted++) here.add(String(parser.defined[counted]))
          return here.has(id) || isKnown(id)
        }
      }
      return nok
    },
  }
}

/** `## Title {#id .class}`; a closing `##` behind the braces makes them text, as pulldown-cmark has it. */
const atxWithAttributes: Construct = {
  ...headingAtx,
  resolve(events, context) {
    const resolved = headingAtx.resolve?.(events, context) ?? events
    const content = resolved.findIndex(([kind, token]) => kind === 'enter' && token.type === 'atxHeadingText')
    const text = resolved[content + 1]
    const closed = resolved.findLastIndex(([, token]) => token.type === 'atxHeadingSequence') > content
    if (content < 0 || closed || text === undefined) return resolved
    return splitAttributes(resolved, text)
  },
}

/** `Title {#id .class}`, underlined. */
const setextWithAttributes: Construct = {
  ...setextUnderline,
  resolveTo(events, context) {
    const resolved = setextUnderline.resolveTo?.(events, context) ?? events
    const end = resolved.findLastIndex(
      ([kind, token]) => kind === 'exit' && token.type === 'setextHeadingText',
    )
    const text = resolved[end - 1]
    if (text === undefined || text[1].type !== 'chunkText') return resolved
    return splitAttributes(resolved, text)
  },
}

/**
 * Ends a heading's text where its attributes begin, and puts a token for them behind it. The text's event
 * brings the context that its points count in: a heading's content has a tokenizer of its own. A closing
 * `##` before the braces goes too, as pulldown-cmark has it. Braces alone on the last of several lines stay
 * text: micromark's lines are linked, and cannot lose one.
 */
function splitAttributes(events: Event[], [, text, context]: Event): Event[] {
  const source = context.sliceSerialize(text, false)
  const index = attributesStart(source)
  const exit = events.findLastIndex(([kind, token]) => kind === 'exit' && token === text)
  const parent = events[exit + 1]?.[1]
  if (index < 0 || exit < 0 || parent === undefined) return events
  const closing =
    parent.type === 'atxHeadingText' ? /(?:^|(?<![ \t])[ \t]+)#+[ \t]*$/.exec(source.slice(0, index)) : null
  const attributes: Token = {
    type: 'mdbookHeadingAttributes',
    start: pointAt(text, index, context),
    end: pointAt(text, source.trimEnd().length, context),
  }
  const length = closing?.index ?? index
  if (length === 0 && text.previous) return events
  events.splice(exit + 2, 0, ['enter', attributes, context], ['exit', attributes, context])
  if (length > 0) text.end = pointAt(text, length, context)
  else events.splice(exit - 1, 2)
  parent.end = length > 0 ? text.end : attributes.start
  return events
}

/** The point that stands `length` characters behind the start of a token of one line. */
function pointAt(token: Token, length: number, context: TokenizeContext): Point {
  if (length === context.sliceSerialize(token, false).length) return { ...token.end }
  const point = { ...token.start }
  let left = length
  for (const chunk of context.sliceStream(token)) {
    if (left === 0 && chunk !== codes.virtualSpace) {
      if (typeof chunk === 'string') point._bufferIndex = Math.max(point._bufferIndex, 0)
      break
    }
    if (typeof chunk === 'string') {
      const taken = Math.min(left, chunk.length)
      point._bufferIndex = Math.max(point._bufferIndex, 0) + taken
      point.column += taken
      point.offset += taken
      left -= taken
      if (taken < chunk.length) break
    } else if (chunk !== codes.virtualSpace && chunk !== null) {
      point.column += 1
      point.offset += 1
      left -= 1
    }
    point._index += 1
    point._bufferIndex = -1
  }
  return point
}
