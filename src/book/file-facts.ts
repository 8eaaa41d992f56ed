/**
 * What the index keeps of one file: its definitions and its includes, in order. micromark's own tokens
 * decide, so that an unclosed fence or a comment hides a definition here as it does in the book. Inline
 * syntax is switched off: no definition depends on it.
 */
import { parse, postprocess, preprocess } from 'micromark'
import { decodeString } from 'micromark-util-decode-string'
import type { Event, Extension } from 'micromark-util-types'
import { countable, dialect } from '../dialect.ts'
import { labelId } from '../label-id.ts'
import { readBlocks } from '../markdown/fast/read.ts'
import type { Definition, FileFacts, Span } from '../model.ts'
import { timed } from '../stopwatch.ts'
import { findIncludes } from './includes.ts'
import { scanFacts } from './scan-facts.ts'

/** Reads the facts of one file; `text` is without byte order mark. */
export function readFileFacts(path: string, text: string): FileFacts {
  return timed('index', () => factsOf(path, text), text)
}

function factsOf(path: string, text: string): FileFacts {
  const scanned = scanFacts(text)
  if (scanned) return { path, ...scanned }
  return readBlockFacts(path, text) ?? parseFileFacts(path, text)
}

function readBlockFacts(path: string, text: string): FileFacts | undefined {
  const blocks = readBlocks(countable(text))
  if (!blocks) return undefined
  const definitions = blocks.definitions.map((found) => ({ ...found, id: labelId(found.label) }))
  const verbatim = [...blocks.code, ...blocks.html.filter((span) => isClosed(text, span))]
  return { path, definitions, includes: includesIn(text, verbatim) }
}

/** The same by micromark, whatever the text. */
export function parseFileFacts(path: string, text: string): FileFacts {
  const events = blocksOf(text)
  const verbatim = verbatimBlocks(events, text)
  return { path, definitions: definitionsOf(events), includes: includesIn(text, verbatim) }
}

function includesIn(text: string, verbatim: readonly Span[]): FileFacts['includes'] {
  return findIncludes(text).map((include) => ({
    ...include,
    rendered: !verbatim.some((block) => block.start <= include.start && include.start < block.end),
  }))
}

const blocksOnly: Extension = {
  disable: {
    null: [
      'attention',
      'autolink',
      'characterEscape',
      'characterReference',
      'codeText',
      'hardBreakEscape',
      'htmlText',
      'labelEnd',
      'labelStartImage',
      'labelStartLink',
      'strikethrough',
    ],
  },
}

function blocksOf(text: string): Event[] {
  const parser = parse({ extensions: [...dialect(text), blocksOnly] })
  return postprocess(parser.document().write(preprocess()(countable(text), 'utf8', true)))
}

function definitionsOf(events: readonly Event[]): Definition[] {
  const definitions: Definition[] = []
  let parts: Map<string, string> = new Map()
  for (const [kind, token, context] of events) {
    if (kind === 'enter' && token.type === 'definition') parts = new Map()
    if (kind === 'exit' && token.type.startsWith('definition'))
      parts.set(token.type, context.sliceSerialize(token))
    if (kind === 'exit' && token.type === 'definition') {
      const label = (parts.get('definitionLabelString') ?? '').trim()
      definitions.push({
        start: token.start.offset,
        end: token.end.offset,
        label,
        id: labelId(label),
        destination: decodeString(parts.get('definitionDestinationString') ?? ''),
        title: decodeString(parts.get('definitionTitleString') ?? ''),
      })
    }
  }
  return definitions
}

function verbatimBlocks(events: readonly Event[], text: string): Span[] {
  return events.flatMap(([kind, { type, start, end }]) => {
    const span = { start: start.offset, end: end.offset }
    const isCode = type === 'codeFenced' || type === 'codeIndented'
    return kind === 'enter' && (isCode || (type === 'htmlFlow' && isClosed(text, span))) ? [span] : []
  })
}

/** Whether raw HTML goes on over blank lines: what is included there is not read as Markdown. */
function isClosed(text: string, { start }: Span): boolean {
  return /^ {0,3}<(?:[!?]|pre\b|script\b|style\b|textarea\b)/i.test(text.slice(start, start + 20))
}
