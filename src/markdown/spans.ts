/**
 * Where each field of a node stands in the source. mdast gives the range of a node; this extension of
 * mdast-util-from-markdown watches micromark's tokens go by and keeps the ranges of what an edit may touch.
 * It replaces no handler and adds nothing to the nodes.
 */
import type { Nodes, Text } from 'mdast'
import type { CompileContext, Extension } from 'mdast-util-from-markdown'
import type { Token } from 'micromark-util-types'
import { visit } from 'unist-util-visit'
import type { Span } from '../model.ts'
import { type Flattened, flattenedIn, locate, type Stretch, valueOffset } from './stretches.ts'

/**
 * A field with a place of its own:
 *
 * - `label`: of a definition or a full reference, between its brackets
 * - `text`: between the first brackets of a link, an image or a reference (an image's alt text)
 * - `destination`, `title`: of a definition, a link or an image, without `<>` and quotes
 * - `attributes`: `{#id .class}` of a heading, braces included
 */
export type Field = 'label' | 'text' | 'destination' | 'title' | 'attributes'

/** Where a field stands, and its text: over several lines, without the `> ` and indents between them. */
export interface FieldSpan extends Span {
  readonly source: string
}

export interface Spans {
  fields(node: Nodes): Partial<Record<Field, FieldSpan>>
  /** What block quotes, list items and footnotes put before the lines of their contents, in order. */
  readonly prefixes: readonly Span[]
  /** Nodes that the tree keeps only the text of, within a range: what stands in an alt text or a title. */
  flattened(range: Span): readonly Flattened[]
  /** Source range of `[from, to)` of a text node's value. */
  ofText(node: Text, from: number, to: number): Span | undefined
  /** The other way round: which part of a text node's value stands in a source range, ends included. */
  inText(node: Text, range: Span): { readonly from: number; readonly to: number } | undefined
}

const FIELD_OF_TOKEN: Readonly<Record<string, Field>> = {
  definitionLabelString: 'label',
  definitionDestinationString: 'destination',
  definitionTitleString: 'title',
  labelText: 'text',
  referenceString: 'label',
  resourceDestinationString: 'destination',
  resourceTitleString: 'title',
  mdbookHeadingAttributes: 'attributes',
}

const OWNERS = new Set(['definition', 'heading', 'image', 'imageReference', 'link', 'linkReference'])
const STRETCHES = new Set([
  'data',
  'characterEscape',
  'characterReference',
  'lineEnding',
  'autolinkEmail',
  'autolinkProtocol',
])

/** Nodes whose text is read as a text node first; it is none. */
const VERBATIM = new Set(['code', 'html', 'inlineCode'])

/** Stretches that have no place in the middle. */
const WHOLE = new Set(['characterEscape', 'characterReference', 'lineEnding'])

const PREFIXES = new Set([
  'blockQuotePrefix',
  'gfmFootnoteDefinitionIndent',
  'gfmFootnoteDefinitionLabel',
  'listItemIndent',
  'listItemPrefix',
])

/** A recorder of spans: its extension is for one parse, its `spans` answer afterwards. */
export function recordSpans(): { extension: Extension; spans: Spans } {
  const fields = new WeakMap<object, Partial<Record<Field, FieldSpan>>>()
  const stretches = new WeakMap<object, Stretch[]>()
  const buried = new Map<Flattened, Span>()
  const lengths = new WeakMap<object, number>()
  const prefixes: { start: number; end: number }[] = []
  let sorted: [Flattened, Span][] | undefined

  /** How much of a text's front was taken off it as it was read: an author may have changed it since. */
  function droppedFrom(node: Text): number {
    const end = stretches.get(node)?.at(-1)?.valueEnd ?? 0
    return end - (lengths.get(node) ?? node.value.length)
  }

  const extension: Extension = {
    transforms: [
      (tree) => {
        visit(tree, 'text', (node) => {
          lengths.set(node, node.value.length)
        })
        visit(tree, 'listItem', ({ checked, children: [first] }) => {
          const text = first?.type === 'paragraph' ? first.children[0] : undefined
          if (typeof checked !== 'boolean' || text?.type !== 'text' || !first) return
          const dropped = droppedFrom(text)
          const begins = locate(stretches.get(text) ?? [], dropped, dropped + 1)?.start
          for (const { position } of [first, text])
            if (begins !== undefined && position) moveStart(position, begins)
        })
      },
    ],
    afterExit(token) {
      const field = FIELD_OF_TOKEN[token.type]
      if (field) recordField(this, token, field)
      else if (STRETCHES.has(token.type)) recordStretch(this, token)
      else if (PREFIXES.has(token.type)) prefixes.push(spanOf(token))
      else if (token.type === 'setextHeadingText') beginHeading(this, token)
      else widenFootnoteLabel(token)
    },
  }

  function recordField(context: CompileContext, token: Token, field: Field): void {
    const owner = context.stack.findLast((node) => OWNERS.has(node.type))
    if (!owner) return
    const span = { ...spanOf(token), source: context.sliceSerialize(token) }
    const known = fields.get(owner)
    if (known) known[field] = span
    else fields.set(owner, { [field]: span })
    const above = context.stack.slice(0, context.stack.indexOf(owner))
    const isMedia = owner.type === 'link' || owner.type === 'image'
    if (isMedia && above.some(({ type }) => type === 'image')) buried.set(owner, span)
  }

  function recordStretch(context: CompileContext, token: Token): void {
    const parent = context.stack.at(-1)
    const text = parent && 'children' in parent ? parent.children.at(-1) : undefined
    if (text?.type !== 'text' || context.stack.some(({ type }) => VERBATIM.has(type))) return
    const known = stretches.get(text) ?? []
    const valueStart = known.at(-1)?.valueEnd ?? 0
    if (text.value.length > valueStart) {
      const isWhole = WHOLE.has(token.type)
      known.push({ ...spanOf(token), valueStart, valueEnd: text.value.length, isWhole })
      stretches.set(text, known)
      if (context.stack.some(({ type }) => type === 'fragment')) buried.set(text, spanOf(token))
    }
  }

  /** micromark has an underlined heading begin where the definitions above it do. */
  function beginHeading({ stack }: CompileContext, { start }: Token): void {
    const heading = stack.at(-1)
    if (heading?.type === 'heading' && heading.position) heading.position.start = pointOf(start)
  }

  /** A footnote's colon and the space behind it are tokens of their own. */
  function widenFootnoteLabel(token: Token): void {
    const last = prefixes.at(-1)
    const isBehind = token.type === 'definitionMarker' || token.type === 'gfmFootnoteDefinitionWhitespace'
    if (isBehind && last?.end === token.start.offset) last.end = token.end.offset
  }

  return {
    extension,
    spans: {
      prefixes,
      fields: (node) => fields.get(node) ?? {},
      flattened(range) {
        sorted ??= [...buried].sort(([, a], [, b]) => a.start - b.start)
        return flattenedIn(sorted, range)
      },
      ofText(node, from, to) {
        const known = stretches.get(node) ?? []
        const dropped = droppedFrom(node)
        return locate(known, from + dropped, to + dropped)
      },
      inText(node, { start, end }) {
        const known = stretches.get(node) ?? []
        const dropped = droppedFrom(node)
        const from = valueOffset(known, start, 'start')
        const to = start === end ? from : valueOffset(known, end, 'end')
        return from === undefined || to === undefined || from < dropped
          ? undefined
          : { from: from - dropped, to: to - dropped }
      },
    },
  }
}

/** The text of a box may begin on the next line, behind the indent of its item. */
function moveStart({ start }: NonNullable<Text['position']>, offset: number): void {
  start.column += offset - (start.offset ?? offset)
  start.offset = offset
}

function pointOf({ line, column, offset }: Token['start']): { line: number; column: number; offset: number } {
  return { line, column, offset }
}

function spanOf(token: Token): Span {
  return { start: token.start.offset, end: token.end.offset }
}
