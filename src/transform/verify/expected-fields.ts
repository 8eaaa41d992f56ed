/** What becomes of a node's own fields: labels, addresses, titles, alt texts, raw HTML. */
import type { Definition, Html, Image, ImageReference, Link, LinkReference } from 'mdast'
import { decodeString } from 'micromark-util-decode-string'
import { normalizeIdentifier } from 'micromark-util-normalize-identifier'
import { visit } from 'unist-util-visit'
import { endOf, parseChapter, startOf } from '../../markdown/parse.ts'
import type { FieldSpan } from '../../markdown/spans.ts'
import type { Edit } from '../../model.ts'
import { bare, type Making, placeOf, splicedField, splicedText } from './making.ts'

interface Relabelled {
  readonly label: string
  readonly identifier: string
  readonly referenceType?: 'full'
}

function relabelled(source: string): Relabelled {
  return { label: decodeString(source), identifier: normalizeIdentifier(source).toLowerCase() }
}

/** What becomes of a label; a shortcut or collapsed reference may be given one of its own. */
export function labelOf(
  making: Making,
  node: Definition | ImageReference | LinkReference,
): Relabelled | undefined {
  const { label, text } = making.chapter.spans.fields(node)
  if (node.type !== 'definition' && node.referenceType !== 'full') {
    const given = labelGiven(making, node)
    if (!given) return undefined
    const [edit, source] = given
    making.effects.push({ ...placeOf(edit), kind: 'label', from: text?.source ?? '', to: source })
    return { ...relabelled(source), referenceType: 'full' }
  }
  const spliced = label && splicedField(making, label)
  if (!label || spliced === undefined) return undefined
  const kind = node.type === 'definition' ? 'definition' : 'label'
  making.effects.push({ ...placeOf(label), kind, from: label.source, to: spliced })
  return relabelled(spliced)
}

function labelGiven(
  { chapter, pending }: Making,
  node: ImageReference | LinkReference,
): readonly [Edit, string] | undefined {
  const isShortcut = node.referenceType === 'shortcut'
  const at = isShortcut ? endOf(node) : chapter.text.lastIndexOf(']', endOf(node))
  const [edit] = pending.take({ start: at, end: at }, ({ text }) => !isShortcut || /^\[.+\]$/s.test(text))
  if (!edit) return undefined
  return [edit, isShortcut ? edit.text.slice(1, -1) : edit.text]
}

/** What becomes of an address and a title. */
export function targetOf(making: Making, node: Definition | Image | Link): { url?: string; title?: string } {
  const { destination, title } = making.chapter.spans.fields(node)
  const url = destination && splicedField(making, destination)
  const named = title && splicedField(making, title)
  if (destination && url !== undefined) {
    making.effects.push({
      ...placeOf(destination),
      kind: 'destination',
      from: node.url,
      to: decodeString(url),
    })
  }
  if (title && named !== undefined) {
    making.effects.push({
      ...placeOf(title),
      kind: 'title',
      from: node.title ?? '',
      to: decodeString(named),
    })
  }
  return {
    ...(url === undefined ? {} : { url: decodeString(url) }),
    ...(named === undefined ? {} : { title: decodeString(named) }),
  }
}

/** An alt text is the text of what stands between its brackets; labels of references in there show nothing. */
export function altOf(making: Making, node: Image | ImageReference): { alt?: string } {
  const { text } = making.chapter.spans.fields(node)
  if (!text) return {}
  const crossing = editsAcross(making, text, node.alt ?? '')
  if (crossing) return altAnew(making, node, text, crossing)
  let alt = node.alt ?? ''
  let from = 0
  for (const inner of making.chapter.spans.flattened(text)) {
    if (inner.type === 'linkReference' || inner.type === 'imageReference') labelOf(making, inner)
    else if (inner.type !== 'text') targetOf(making, inner)
    else {
      const at = alt.indexOf(inner.value, from)
      const value = splicedText(making, inner, 'alt')
      if (at < 0) continue
      alt = alt.slice(0, at) + value + alt.slice(at + inner.value.length)
      from = at + value.length
    }
  }
  return { alt }
}

/**
 * The edits in an alt text, if one of them is about more than a text in it (markup, as two tildes are), or if there is
 * more in it than texts, so that they cannot be told apart.
 */
function editsAcross({ chapter, pending }: Making, field: FieldSpan, alt: string): Edit[] | undefined {
  const inner = chapter.spans.flattened(field)
  const texts = inner.map((node) => (node.type === 'text' ? node.value : '')).join('')
  const isPlain = texts === alt || inner.some(({ type }) => type !== 'text')
  const isOfOne = (edit: Edit) =>
    inner.some((node) =>
      node.type === 'text'
        ? chapter.spans.inText(node, edit) !== undefined
        : Object.values(chapter.spans.fields(node)).some(
            ({ start, end }) => start <= edit.start && edit.end <= end,
          ),
    )
  const edits = pending.take(field, (edit) => edit.start < edit.end)
  if (edits.length === 0 || (isPlain && edits.every(isOfOne))) {
    pending.giveBack(edits)
    return undefined
  }
  return edits
}

/** What an alt text says when its new source is read by itself. */
function altAnew(
  { chapter, effects }: Making,
  node: Image | ImageReference,
  field: FieldSpan,
  edits: readonly Edit[],
): { alt?: string } {
  const source = edits
    .toReversed()
    .reduce(
      (so, { start, end, text }) => so.slice(0, start - field.start) + text + so.slice(end - field.start),
      chapter.text.slice(field.start, field.end),
    )
  let alt = ''
  visit(parseChapter(chapter.path, `![${source}](<>)`, chapter.isDefined).tree, 'image', (image) => {
    alt ||= image.alt ?? ''
  })
  effects.push({ ...placeOf(field), kind: 'alt', from: node.alt ?? '', to: alt })
  return { alt }
}

/** In a quote or a list, raw HTML loses what stands before its lines: offsets count from each line's end. */
export function makeHtml({ chapter, pending, effects }: Making, node: Html): Html {
  const range = { start: startOf(node), end: endOf(node) }
  const lines = chapter.text.slice(range.start, range.end).split('\n')
  const values = node.value.split('\n')
  if (lines.length !== values.length) return bare(node)
  let at = range.start
  const made = lines.map((line, index) => {
    const value = values[index] ?? ''
    const begin = at + line.length - value.length
    const edits = pending.take({ start: begin, end: at + line.length })
    at += line.length + 1
    for (const edit of edits) {
      effects.push({
        ...placeOf(edit),
        kind: 'html',
        from: chapter.text.slice(edit.start, edit.end),
        to: edit.text,
      })
    }
    return edits
      .toReversed()
      .reduce((so, { start, end, text }) => so.slice(0, start - begin) + text + so.slice(end - begin), value)
  })
  return { ...bare(node), value: made.join('\n') }
}
