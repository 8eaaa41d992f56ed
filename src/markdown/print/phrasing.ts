/**
 * Inline content → text. What an author left alone is a piece of source; what is new goes through
 * mdast-util-to-markdown, which knows what must be escaped where.
 */
import type { ImageReference, LinkReference, Nodes, PhrasingContent } from 'mdast'
import { labelSource } from '../label-source.ts'
import { originOf } from '../origin.ts'
import { endOf, startOf } from '../parse.ts'
import { childrenNow, isIntact, isKept } from './now.ts'
import { type Mode, type Source, type SourceSpan, source, sourceText, unixLines } from './pieces.ts'
import { respelled, targetReplaced } from './spelling.ts'
import { textPieces } from './text-pieces.ts'

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
      return textPieces(node, mode) ?? [anew(node, mode)]
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
    case 'mdbookDirective':
      return { ...node, value: unixLines(node.value) }
    case 'inlineCode':
      return { ...node, value: unixLines(node.value).replaceAll('\n', ' ') }
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
    const isLabel = content.trim() !== '' && folded(content) === folded(label)
    if (node.referenceType === 'shortcut' && isLabel) return ']'
    return node.referenceType === 'collapsed' && isLabel ? '][]' : `][${label}]`
  }
}

function folded(label: string): string {
  return label.replace(/\s+/g, ' ').trim()
}
