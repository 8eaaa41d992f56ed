/**
 * The tree that edits ask for: the chapter's own, with each edit taken into the field that it stands in. What
 * the result parses to is held against it. Nothing here looks at the edited text.
 */
import type {
  Definition,
  Heading,
  Html,
  Image,
  ImageReference,
  Link,
  LinkReference,
  Nodes,
  Parents,
  Root,
  Text,
} from 'mdast'
import { decodeString } from 'micromark-util-decode-string'
import { normalizeIdentifier } from 'micromark-util-normalize-identifier'
import { visit } from 'unist-util-visit'
import { type Chapter, endOf, parseChapter, sourceOf, startOf } from '../markdown/parse.ts'
import type { FieldSpan } from '../markdown/spans.ts'
import { readAttributes } from '../markdown/tree.ts'
import type { Edit, Span } from '../model.ts'
import { within } from '../within.ts'

/**
 * What one edit changes of what a chapter says; the range is in the text before. `definition`: the label of one;
 * `label`: that of a reference; `verbatim`: whatever it is, shown as source.
 */
export interface Effect extends Span {
  readonly kind:
    | 'alt'
    | 'definition'
    | 'destination'
    | 'heading'
    | 'html'
    | 'label'
    | 'text'
    | 'title'
    | 'verbatim'
  /** The old text as a reader sees it, escapes and character references decoded; of a heading, its old attributes. */
  readonly from: string
  readonly to: string
}

/** The tree asked for, and what changes in it. */
export interface Expectation {
  /** Nodes without positions. */
  readonly tree: Root
  readonly effects: readonly Effect[]
  /** Edits that stand in no field of any node, so that nobody can say what they ask for. */
  readonly stray: readonly Edit[]
  /** The node of the chapter that a node of the tree is made of. */
  originOf(node: Nodes): Nodes | undefined
}

interface Making {
  readonly chapter: Chapter
  readonly pending: Pending
  readonly effects: Effect[]
  readonly origins: WeakMap<object, Nodes>
  readonly html: boolean
}

/**
 * Takes edits into a chapter's tree.
 *
 * @param chapter as it was
 * @param edits on its text, sorted and disjoint
 * @param html whether raw HTML may be edited
 */
export function expectedTree(chapter: Chapter, edits: readonly Edit[], html: boolean): Expectation {
  const making: Making = {
    chapter,
    pending: pendingOf(edits),
    effects: [],
    origins: new WeakMap(),
    html,
  }
  const tree = make(making, chapter.tree) as Root
  return {
    tree,
    effects: making.effects.toSorted((a, b) => a.start - b.start),
    stray: making.pending.left(),
    originOf: (node) => making.origins.get(node),
  }
}

/** Edits that no field has taken yet. */
interface Pending {
  /** Takes those within a range, its ends included. */
  take(range: Span, accepts?: (edit: Edit) => boolean): Edit[]
  giveBack(edits: readonly Edit[]): void
  left(): Edit[]
}

function pendingOf(edits: readonly Edit[]): Pending {
  const taken = new Set<Edit>()
  return {
    take(range, accepts = () => true) {
      const found = within(edits, range).filter((edit) => !taken.has(edit) && accepts(edit))
      for (const edit of found) taken.add(edit)
      return found
    },
    giveBack(back) {
      for (const edit of back) taken.delete(edit)
    },
    left: () => edits.filter((edit) => !taken.has(edit)),
  }
}

function make(making: Making, node: Nodes): Nodes {
  const made = makeNode(making, node)
  making.origins.set(made, node)
  return made
}

function makeNode(making: Making, node: Nodes): Nodes {
  switch (node.type) {
    case 'text':
      return makeText(making, node)
    case 'html':
      return making.html ? makeHtml(making, node) : bare(node)
    case 'definition':
      return { ...bare(node), ...labelOf(making, node), ...targetOf(making, node) }
    case 'image':
      return { ...bare(node), ...altOf(making, node), ...targetOf(making, node) }
    case 'imageReference':
      return { ...bare(node), ...labelOf(making, node), ...altOf(making, node) }
    case 'link': {
      const made = { ...bare(node), ...targetOf(making, node) }
      return sourceOf(making.chapter, node).startsWith('<') ? made : withChildren(making, node, made)
    }
    case 'linkReference':
      return withChildren(making, node, { ...bare(node), ...labelOf(making, node) })
    case 'heading':
      return makeHeading(making, node)
    default:
      return 'children' in node ? withChildren(making, node, bare(node)) : bare(node)
  }
}

/** A node without its place. */
function bare<Node extends Nodes>(node: Node): Node {
  const { position: _, ...rest } = node
  return rest as Node
}

const PHRASING_HOSTS = new Set<Nodes['type']>([
  'delete',
  'emphasis',
  'heading',
  'link',
  'linkReference',
  'paragraph',
  'strong',
  'tableCell',
])

function withChildren<Node extends Parents>(making: Making, node: Node, made: Node): Node {
  const isHost = PHRASING_HOSTS.has(node.type)
  const children: Nodes[] = []
  for (const child of node.children) {
    if (isHost) children.push(...textInserted(making, startOf(child), child))
    children.push(make(making, child))
    if (isHost) children.push(...textInserted(making, endOf(child)))
  }
  return { ...made, children: joined(making, children) } as Node
}

/** What is inserted between two nodes, neither of which is text. */
function textInserted(making: Making, at: number, before?: Nodes): Text[] {
  if (before?.type === 'text') return []
  const edits = making.pending.take({ start: at, end: at }, (edit) => !/^\s*\{[^{}]*\}$|^\[/.test(edit.text))
  return edits.map((edit) => {
    making.effects.push({ kind: 'text', start: at, end: at, from: '', to: decodeString(edit.text) })
    return { type: 'text', value: decodeString(edit.text) }
  })
}

/** Texts beside each other are one, and no text is none. */
function joined({ origins }: Making, nodes: readonly Nodes[]): Nodes[] {
  const kept: Nodes[] = []
  for (const node of nodes) {
    const last = kept.at(-1)
    if (node.type === 'text' && last?.type === 'text') {
      const both: Text = { type: 'text', value: last.value + node.value }
      const origin = origins.get(last) ?? origins.get(node)
      if (origin) origins.set(both, origin)
      kept[kept.length - 1] = both
    } else if (node.type !== 'text' || node.value !== '') kept.push(node)
  }
  return kept
}

function makeText(making: Making, node: Text): Text {
  const value = splicedText(making, node, 'text')
  return { type: 'text', value }
}

function splicedText({ chapter, pending, effects }: Making, node: Text, kind: 'alt' | 'text'): string {
  const range = { start: startOf(node), end: endOf(node) }
  const edits = pending.take(range, (edit) => chapter.spans.inText(node, edit) !== undefined)
  let { value } = node
  for (const edit of edits.toReversed()) {
    const place = chapter.spans.inText(node, edit)
    if (!place) continue
    const to = decodeString(edit.text)
    effects.push({ kind, start: edit.start, end: edit.end, from: node.value.slice(place.from, place.to), to })
    value = value.slice(0, place.from) + to + value.slice(place.to)
  }
  return value
}

/** A field's source with the edits in it; the edits that cannot be placed are left to nobody. */
function splicedField(
  { chapter, pending }: Making,
  field: FieldSpan,
  accepts: (edit: Edit) => boolean = () => true,
): string | undefined {
  const written = chapter.text.slice(field.start, field.end)
  const isWhole = (edit: Edit) =>
    chapter.text.slice(field.start, edit.start).trim() === '' &&
    chapter.text.slice(edit.end, field.end).trim() === ''
  const edits = pending.take(field, (edit) => accepts(edit) && (written === field.source || isWhole(edit)))
  if (edits.length === 0) return undefined
  if (written !== field.source) return edits[0]?.text
  return edits
    .toReversed()
    .reduce(
      (source, { start, end, text }) =>
        source.slice(0, start - field.start) + text + source.slice(end - field.start),
      written,
    )
}

interface Relabelled {
  readonly label: string
  readonly identifier: string
  readonly referenceType?: 'full'
}

function relabelled(source: string): Relabelled {
  return { label: decodeString(source), identifier: normalizeIdentifier(source).toLowerCase() }
}

/** What becomes of a label; a shortcut or collapsed reference may be given one of its own. */
function labelOf(making: Making, node: Definition | ImageReference | LinkReference): Relabelled | undefined {
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

function targetOf(making: Making, node: Definition | Image | Link): { url?: string; title?: string } {
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
function altOf(making: Making, node: Image | ImageReference): { alt?: string } {
  const { text } = making.chapter.spans.fields(node)
  if (!text) return {}
  const crossing = editsAcross(making, text)
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

/** The edits in an alt text, if one of them is about more than a text in it: markup, as two tildes are. */
function editsAcross({ chapter, pending }: Making, field: FieldSpan): Edit[] | undefined {
  const inner = chapter.spans.flattened(field)
  const isOfOne = (edit: Edit) =>
    inner.some((node) =>
      node.type === 'text'
        ? chapter.spans.inText(node, edit) !== undefined
        : Object.values(chapter.spans.fields(node)).some(
            ({ start, end }) => start <= edit.start && edit.end <= end,
          ),
    )
  const edits = pending.take(field, (edit) => edit.start < edit.end)
  if (edits.every(isOfOne)) {
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
function makeHtml({ chapter, pending, effects }: Making, node: Html): Html {
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

const BLOCK = /[ \t]*(\{[^{}<>\\\r\n]*\})[ \t]*$/

function makeHeading(making: Making, node: Heading): Heading {
  const { chapter, pending } = making
  const { attributes: field } = chapter.spans.fields(node)
  const range = { start: startOf(node), end: endOf(node) }
  const before = JSON.stringify(node.attributes ?? null)
  let block = field?.source
  if (field) {
    const space = /[ \t]*$/.exec(chapter.text.slice(range.start, field.start))?.[0] ?? ''
    const wider = { ...field, start: field.start - space.length, source: space + field.source }
    block = splicedField(making, wider, ({ end }) => end > field.start) ?? block
  } else {
    block = pending.take(
      range,
      ({ start, end, text }) => start === end && BLOCK.test(text) && !/\S/.test(text.replace(BLOCK, '')),
    )[0]?.text
  }
  const made = withChildren(making, node, bare(node))
  const [children, tail] = field || block !== undefined ? [made.children, undefined] : tailOf(making, made)
  const attributes = readBlock(tail ?? block)
  const { attributes: _, ...rest } = made
  const heading: Heading = { ...rest, children, ...(attributes ? { attributes } : {}) }
  const after = JSON.stringify(attributes ?? null)
  if (before !== after) making.effects.push({ ...range, kind: 'heading', from: before, to: after })
  return heading
}

function readBlock(block: string | undefined): Heading['attributes'] {
  const found = block === undefined ? null : BLOCK.exec(block)
  return found ? readAttributes(found[1] ?? '') : undefined
}

/** What new text at a heading's end says in braces is its attributes; space that is left there is none. */
function tailOf(making: Making, heading: Heading): [Heading['children'], string | undefined] {
  const last = heading.children.at(-1)
  const origin = last && making.origins.get(last)
  if (last?.type !== 'text' || (origin?.type === 'text' && origin.value === last.value))
    return [heading.children, undefined]
  const block = BLOCK.exec(last.value)
  const isNew = making.effects.some(
    ({ kind, start, to }) =>
      kind === 'text' && start >= startOf(heading) && to.trimEnd().endsWith(block?.[1] ?? '}'),
  )
  const found = isNew ? block : null
  const value = (found ? last.value.slice(0, found.index) : last.value).trimEnd()
  const shortened: Text = { ...last, value }
  if (origin) making.origins.set(shortened, origin)
  const children = [...heading.children.slice(0, -1), ...(value === '' ? [] : [shortened])]
  if (found) withoutTail(making.effects, found[0])
  return [children, found?.[1]]
}

/** What is said in braces is not seen, nor is the space before it: the text that they came with loses them. */
function withoutTail(effects: Effect[], tail: string): void {
  const index = effects.findLastIndex(({ kind, to }) => kind === 'text' && to.endsWith(tail.trim()))
  const effect = effects[index]
  if (!effect) return
  const to = effect.to.slice(0, -tail.trim().length).trimEnd()
  const space = to === '' ? (/^[ \t]*/.exec(tail)?.[0] ?? '') : ''
  effects[index] = { ...effect, start: effect.start - space.length, from: space + effect.from, to }
}

function placeOf({ start, end }: Span): Span {
  return { start, end }
}
