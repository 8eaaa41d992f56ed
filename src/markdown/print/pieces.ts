/** What inline content is made of while it is printed: pieces of source beside mdast's own nodes. */
import type { Literal, Nodes, Parent, Parents, PhrasingContent } from 'mdast'
import type { Info, State } from 'mdast-util-to-markdown'
import type { Span } from '../../model.ts'
import { originOf } from '../origin.ts'
import { containersOf, contentIn, prefixEnd } from './content.ts'

declare module 'mdast' {
  interface RootContentMap {
    mdshiftSource: Source
    mdshiftSpan: SourceSpan
  }
  interface PhrasingContentMap {
    mdshiftSource: Source
    mdshiftSpan: SourceSpan
  }
}

/** A piece of source that is printed as it is. */
export interface Source extends Literal {
  type: 'mdshiftSource'
}

/** Inline content between two pieces of source; the second may depend on what the content came out as. */
export interface SourceSpan extends Parent {
  type: 'mdshiftSpan'
  open: string
  close: (content: string) => string
  /** What mdast-util-to-markdown is to think that the content stands in. */
  construct: 'emphasis' | 'label' | 'strong' | 'strikethrough'
  children: PhrasingContent[]
}

/**
 * How new text is written.
 *
 * - `raw`: as it is, unescaped
 * - `safe`: with the escapes that it may need
 * - `plain`: nothing is taken from the source at all
 */
export type Mode = 'plain' | 'raw' | 'safe'

/** The ways to write inline content, the one with the least changes first. */
export const MODES: readonly Mode[] = ['raw', 'safe', 'plain']

/** A text that is written already. */
export function sourceText(value: string): Source {
  return { type: 'mdshiftSource', value }
}

/** A range of the source that a node stands in, as its content. */
export function source(node: Nodes, span: Span, behind = 0): Source[] {
  const origin = originOf(node)
  if (!origin || span.end <= span.start) return []
  const depth = containersOf(node).length
  // A gap begins behind a line ending: its prefix is in it.
  if (behind > 0) {
    const lead = contentIn(origin.chapter, { start: span.start - behind, end: span.end }, depth)
    return lead.text.length > behind ? [sourceText(lead.text.slice(behind))] : []
  }
  // What begins a line begins behind what its containers put there.
  const begins = /[\r\n]/.test(origin.chapter.text.charAt(span.start - 1))
  const start = begins
    ? Math.min(Math.max(prefixEnd(origin.chapter, span.start, depth), span.start), span.end)
    : span.start
  return [sourceText(contentIn(origin.chapter, { start, end: span.end }, depth).text)]
}

/** A text with `\n` for its line endings. */
export function unixLines(text: string): string {
  return text.replace(/\r\n?/g, '\n')
}

/** The printers of what stays. */
export const pieceHandlers = { mdshiftSource: printSource, mdshiftSpan: printSpan }

printSource.peek = (node: Source): string => node.value.charAt(0)
function printSource(node: Source): string {
  return node.value
}

printSpan.peek = (node: SourceSpan): string => node.open.charAt(0)
function printSpan(node: SourceSpan, _: Parents | undefined, state: State, info: Info): string {
  const exit = state.enter(node.construct)
  const tracker = state.createTracker(info)
  const open = tracker.move(node.open)
  const mark = node.construct === 'label' ? ']' : node.open
  const content = state.containerPhrasing(node as unknown as Parameters<State['containerPhrasing']>[0], {
    ...tracker.current(),
    before: open,
    after: mark,
  })
  exit()
  return open + content + node.close(content)
}
