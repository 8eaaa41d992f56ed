/**
 * The labels that a chapter uses: of definitions, and of references and images in all their forms.
 */
import type { Definition, ImageReference, LinkReference, Nodes } from 'mdast'
import { labelId } from '../label-id.ts'
import type { Change, Span } from '../model.ts'
import { type Chapter, endOf, startOf } from './parse.ts'
import type { FieldSpan } from './spans.ts'
import { walk } from './walk.ts'

/** One use of a label; the span is the label's, between its brackets and the spaces in them. */
export interface LabelUse extends Span {
  readonly node: Definition | ImageReference | LinkReference
  /** As written, escapes kept; on one line where a block quote's `>` would stand in it. */
  readonly label: string
  /** As CommonMark compares it. */
  readonly id: string
}

/**
 * All labels of a chapter; those in alt texts too. Footnotes are none, nor is `[text]` that nothing defines:
 * only a full reference to nothing is told by its form.
 *
 * @param chapter to look through
 * @returns the uses, in the order of the tree
 * @example
 * // '[![a][badge]][slab]' → labels 'slab' and 'badge'
 */
export function labelsOf(chapter: Chapter): LabelUse[] {
  const uses: LabelUse[] = []
  const add = (node: Nodes): void => {
    const fields = chapter.spans.fields(node)
    if (node.type === 'definition' || node.type === 'linkReference' || node.type === 'imageReference') {
      const full = node.type === 'definition' || node.referenceType === 'full'
      const span = full ? fields.label : fields.text
      const id = labelId(span?.source ?? '')
      if (span && (full || chapter.isDefined(id))) uses.push({ ...trimmed(chapter, span), node, id })
    }
    if (fields.text && (node.type === 'image' || node.type === 'imageReference')) {
      chapter.spans.flattened(fields.text).forEach(add)
    }
  }
  walk(chapter.tree, add)
  return uses
}

/** Labels that no rename of definitions may forget: ids. */
export interface FragileLabels {
  /**
   * Defined, and in brackets where mdBook's preprocessors read first: `[[c-slab]]`, `{{hi:[c-slab]}}`. They are
   * opaque, and still a link where a preprocessor leaves them.
   */
  readonly inDirectives: readonly string[]
  /** Defined, and in brackets in front matter, which mdBook renders as text with links in it. */
  readonly inFrontMatter: readonly string[]
  /** Of the current syntax and defined by nothing: text, which a definition of that name would make a link. */
  readonly undefined: readonly string[]
}

/**
 * The fragile labels of a chapter.
 *
 * @param chapter to look through
 * @param given new labels by hand, ids: they count as those of the current syntax do
 * @returns `undefined` where it has none
 * @example
 * // '[[c-slab]]' where c-slab is defined → inDirectives: ['C-SLAB']
 */
export function fragileLabels(
  chapter: Chapter,
  given: ReadonlySet<string> = new Set(),
): FragileLabels | undefined {
  const prose: string[] = []
  const directives: string[] = []
  const frontMatter: string[] = []
  let offset = 0
  walk(chapter.tree, (node) => {
    if (node.type === 'yaml') frontMatter.push(node.value)
    if (node.type === 'mdbookDirective' || node.type === 'mdbookWikilink') directives.push(node.value)
    else if (node.type !== 'code' && node.type !== 'inlineCode' && node.type !== 'html') return
    prose.push(chapter.text.slice(offset, startOf(node)))
    offset = endOf(node)
  })
  prose.push(chapter.text.slice(offset))
  const defined = (texts: readonly string[]) =>
    bracketed(texts.join('\n')).filter((id) => chapter.isDefined(id))
  const [inDirectives, inFrontMatter] = [defined(directives), defined(frontMatter)]
  const unknown = bracketed(prose.join(' ')).filter(
    (id) => (id.includes('~') || given.has(id)) && !chapter.isDefined(id),
  )
  return inDirectives.length + inFrontMatter.length + unknown.length > 0
    ? { inDirectives, inFrontMatter, undefined: unknown }
    : undefined
}

/** Ids of what stands in brackets, but for the text of links and images. */
function bracketed(text: string): string[] {
  const found = [...text.matchAll(/\[((?:[^[\]\\]|\\.)+)(\](?!\(|\[[^\]]))?/g)]
  return [...new Set(found.flatMap(([, label = '', end]) => (end === undefined ? [] : labelId(label))))]
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
  const atLabel = { ...shown, at: { start: use.start, end: use.end } }
  return use.node.referenceType === 'collapsed'
    ? { start: end - 1, end: end - 1, text: label, because, shown: atLabel }
    : { start: end, end, text: `[${label}]`, because, shown: atLabel }
}
