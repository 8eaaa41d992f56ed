/**
 * Inline content → text. What an author left alone is a piece of source; what is new goes through
 * mdast-util-to-markdown, which knows what must be escaped where.
 */

import { diffWordsWithSpace } from 'diff'
import type {
  ImageReference,
  LinkReference,
  Literal,
  Nodes,
  Parent,
  Parents,
  PhrasingContent,
  Text,
} from 'mdast'
import type { Info, State } from 'mdast-util-to-markdown'
import { labelId } from '../../dialect.ts'
import type { Span } from '../../model.ts'
import { labelSource } from '../asked.ts'
import { originOf } from '../origin.ts'
import { endOf, startOf } from '../parse.ts'
import { containersOf, contentIn } from './content.ts'
import { childrenNow, isIntact, isKept } from './now.ts'
import { respelled, targetReplaced } from './spelling.ts'

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
interface Source extends Literal {
  type: 'mdshiftSource'
}

/** Inline content between two pieces of source; the second may depend on what the content came out as. */
interface SourceSpan extends Parent {
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

/** Inline content made ready to be printed: what stays is source already. */
export function pieces(parent: Nodes, mode: Mode): PhrasingContent[] {
  const made: PhrasingContent[] = []
  let last: Nodes | undefined
  for (const child of childrenNow(parent)) {
    if (mode !== 'plain' && last) made.push(...gap(last, child))
    made.push(...piecesOf(child as PhrasingContent, mode))
    last = child
  }
  return made
}

/** What the source has between two nodes that were beside each other: the indent of a line behind a hard break. */
function gap(left: Nodes, right: Nodes): Source[] {
  const [one, two] = [originOf(left), originOf(right)]
  if (!one || !two || one.parent !== two.parent || !one.parent) return []
  const siblings = originOf(one.parent)?.children ?? []
  if (siblings[siblings.indexOf(left) + 1] !== right) return []
  return source(left, { start: endOf(left), end: startOf(right) }, 1)
}

function piecesOf(node: PhrasingContent, mode: Mode): PhrasingContent[] {
  const origin = originOf(node)
  if (node.type === 'linkReference') {
    const isSource = origin && mode !== 'plain' && isIntact(node)
    return isSource ? source(node, { start: startOf(node), end: endOf(node) }) : [reference(node, mode)]
  }
  if (!origin || mode === 'plain' || !isKept(node)) return [anew(node, mode)]
  if (isIntact(node)) return source(node, { start: startOf(node), end: endOf(node) })
  switch (node.type) {
    case 'text':
      return textPieces(node, mode)
    case 'delete':
    case 'emphasis':
    case 'strong':
      return [marked(node, mode)]
    case 'link': {
      const { text } = origin.chapter.spans.fields(node)
      const replaced = targetReplaced(origin.chapter, node)
      if (!text || !replaced) return [anew(node, mode)]
      const tail = respelled(origin.chapter, node, { start: text.end, end: endOf(node) }, replaced)
      const open = origin.chapter.text.slice(startOf(node), text.start)
      return [
        { type: 'mdshiftSpan', open, close: () => tail, construct: 'label', children: pieces(node, mode) },
      ]
    }
    case 'image': {
      const { text } = origin.chapter.spans.fields(node)
      const replaced = targetReplaced(origin.chapter, node)
      if (!text || !replaced || origin.fields['alt'] !== node.alt) return [anew(node, mode)]
      return [
        sourceText(respelled(origin.chapter, node, { start: startOf(node), end: endOf(node) }, replaced)),
      ]
    }
    case 'imageReference': {
      const { text } = origin.chapter.spans.fields(node)
      if (!text || origin.fields['alt'] !== node.alt) return [anew(node, mode)]
      const alt = source(node, { start: text.start, end: text.end })
      return [imageReference(node, alt)]
    }
    default:
      return [anew(node, mode)]
  }
}

/** A node that is written anew, its content being what it was where that stays. */
function anew(node: PhrasingContent, mode: Mode): PhrasingContent {
  switch (node.type) {
    case 'text':
      return mode === 'raw'
        ? sourceText(unixLines(node.value))
        : { type: 'text', value: unixLines(node.value) }
    case 'html':
    case 'inlineCode':
      return { ...node, value: unixLines(node.value) }
    case 'image':
      return { ...node, alt: unixLines(node.alt ?? '') }
    case 'imageReference':
      return imageReference(node, node.alt ? [anew({ type: 'text', value: node.alt }, mode)] : [])
    case 'footnoteReference':
      return sourceText(`[^${labelSource(node)}]`)
    case 'linkReference':
      return reference(node, mode)
    case 'link': {
      const [only] = node.children
      const isBare = node.children.length === 1 && only?.type === 'text' && !node.title
      const isItsText = isBare && (only.value === node.url || `mailto:${only.value}` === node.url)
      return isItsText ? { ...node, children: [{ type: 'text', value: only.value }] } : withPieces(node, mode)
    }
    default:
      return withPieces(node, mode)
  }
}

function withPieces(node: PhrasingContent, mode: Mode): PhrasingContent {
  return 'children' in node ? ({ ...node, children: pieces(node, mode) } as PhrasingContent) : node
}

function unixLines(text: string): string {
  return text.replace(/\r\n?/g, '\n')
}

/** A text that is written already, as a piece. */
export function written(text: string): PhrasingContent {
  return sourceText(text)
}

function sourceText(value: string): Source {
  return { type: 'mdshiftSource', value }
}

/** A range of the source that a node stands in, as its content. */
function source(node: Nodes, span: Span, behind = 0): Source[] {
  const origin = originOf(node)
  if (!origin || span.end <= span.start) return []
  const depth = containersOf(node).length
  // A gap begins behind a line ending: its prefix is in it.
  if (behind > 0) {
    const lead = contentIn(origin.chapter, { start: span.start - behind, end: span.end }, depth)
    return lead.text.length > behind ? [sourceText(lead.text.slice(behind))] : []
  }
  return [sourceText(contentIn(origin.chapter, span, depth).text)]
}

/** A text whose value changed: its source, but for the words that are others. */
function textPieces(node: Text, mode: Mode): PhrasingContent[] {
  const origin = originOf(node)
  const before = origin?.fields['value']
  if (!origin || typeof before !== 'string') return [anew(node, mode)]
  const place = (offset: number) => offset + returnsBefore(before, offset)
  const made: PhrasingContent[] = []
  let at = 0
  // Space at the end of a line is in no value, and stays.
  let end = startOf(node)
  for (const { added, removed, value } of differences(unixLines(before), unixLines(node.value))) {
    if (added) made.push(mode === 'raw' ? sourceText(value) : { type: 'text', value })
    else {
      const span = origin.chapter.spans.ofText(node, place(at), place(at + value.length))
      if (!span) return [anew(node, mode)]
      made.push(...source(node, { start: end, end: removed ? span.start : span.end }))
      at += value.length
      end = span.end
    }
  }
  return made
}

/** How many carriage returns a value has before what is an offset without them. */
function returnsBefore(value: string, offset: number): number {
  let [count, left] = [0, offset]
  for (let index = 0; left > 0 && index < value.length; index++) {
    if (value[index] === '\r' && value[index + 1] === '\n') count += 1
    else left -= 1
  }
  return count
}

/** The words that stay and those that do not. */
function differences(before: string, after: string): readonly Words[] {
  return (
    diffWordsWithSpace(before, after, { timeout: 100 }) ?? [
      { value: before, removed: true },
      { value: after, added: true },
    ]
  )
}

interface Words {
  readonly value: string
  readonly added?: boolean
  readonly removed?: boolean
}

/** Emphasis, strong or strikethrough with its own marks. */
function marked(
  node: Extract<PhrasingContent, { type: 'delete' | 'emphasis' | 'strong' }>,
  mode: Mode,
): SourceSpan {
  const origin = originOf(node)
  const written = origin?.chapter.text.slice(startOf(node), endOf(node)) ?? ''
  const size = node.type === 'strong' || written.startsWith('~~') ? 2 : 1
  const mark = written.slice(0, size)
  const construct = node.type === 'delete' ? 'strikethrough' : node.type
  return { type: 'mdshiftSpan', open: mark, close: () => mark, construct, children: pieces(node, mode) }
}

/**
 * A reference. The text of a shortcut is its label: when it says something else, the label that it had goes into
 * brackets of its own, so that it leads where it led.
 */
function reference(node: LinkReference, mode: Mode): PhrasingContent {
  const children = pieces(node, mode)
  return { type: 'mdshiftSpan', open: '[', close: closing(node), construct: 'label', children }
}

function imageReference(node: ImageReference, alt: PhrasingContent[]): PhrasingContent {
  return { type: 'mdshiftSpan', open: '![', close: closing(node), construct: 'label', children: alt }
}

function closing(node: ImageReference | LinkReference): (content: string) => string {
  const label = labelSource(node)
  return (content) => {
    const isLabel = content.trim() !== '' && labelId(content) === labelId(label)
    if (node.referenceType === 'shortcut' && isLabel) return ']'
    return node.referenceType === 'collapsed' && isLabel ? '][]' : `][${label}]`
  }
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
