/**
 * The labels that a chapter uses: of definitions, and of references and images in all their forms.
 */
import type { Definition, ImageReference, LinkReference } from 'mdast'
import { visit } from 'unist-util-visit'
import { labelId } from '../dialect.ts'
import type { Change, Span } from '../model.ts'
import { type Chapter, endOf } from './parse.ts'
import type { FieldSpan } from './spans.ts'

/** One use of a label; the span is the label's, between its brackets and the spaces in them. */
export interface LabelUse extends Span {
  readonly node: Definition | ImageReference | LinkReference
  /** As written, escapes kept; on one line where a block quote's `>` would stand in it. */
  readonly label: string
  /** As CommonMark compares it. */
  readonly id: string
}

/** All labels of a chapter, in order. Footnotes are none. */
export function labelsOf(chapter: Chapter): LabelUse[] {
  const uses: LabelUse[] = []
  visit(chapter.tree, ['definition', 'linkReference', 'imageReference'], (node) => {
    if (node.type !== 'definition' && node.type !== 'linkReference' && node.type !== 'imageReference') return
    const fields = chapter.spans.fields(node)
    const span = node.type === 'definition' || node.referenceType === 'full' ? fields.label : fields.text
    if (!span) return
    uses.push({ ...trimmed(chapter, span), node, id: labelId(span.source) })
  })
  return uses
}

function trimmed(chapter: Chapter, { start, end, source }: FieldSpan): Span & { label: string } {
  const written = chapter.text.slice(start, end)
  const from = start + written.length - written.trimStart().length
  const label = source.trim()
  return {
    start: from,
    end: from + written.trim().length,
    label: written.includes(label) ? label : label.replace(/\s+/g, ' '),
  }
}

/**
 * The change that gives a use another label, and leaves the text that a reader sees as it was: a collapsed or
 * shortcut reference becomes a full one, since its label is its text.
 *
 * @param use of the old label
 * @param label the new one, as it is to be written
 * @param because why, for the report
 * @example
 * // '[Slab][]' → '[Slab][c~slab~docs]'; '[text][c-slab]' → '[text][c~slab~docs]'
 */
export function relabel(use: LabelUse, label: string, because: string): Change {
  const shown = { legacy: use.label, current: label }
  if (use.node.type === 'definition' || use.node.referenceType === 'full') {
    return { start: use.start, end: use.end, text: label, because, shown }
  }
  const end = endOf(use.node)
  return use.node.referenceType === 'collapsed'
    ? { start: end - 1, end: end - 1, text: label, because, shown }
    : { start: end, end, text: `[${label}]`, because, shown }
}
