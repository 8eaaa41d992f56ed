/**
 * Inline syntax: CommonMark 0.31.2, section 6, with strikethrough and what mdBook adds. One pass from left to right
 * finds what binds tighter than emphasis; runs of `*`, `_` and `~` are paired when the stretch that they stand in
 * is known to its end.
 */
import type { PhrasingContent, Text } from 'mdast'
import { toString as textOf } from 'mdast-util-to-string'
import { decodeString } from 'micromark-util-decode-string'
import { labelId } from '../../label-id.ts'
import type { Content } from './content.ts'
import { AUTOLINK, DIRECTIVE, EMAIL, ENTITY, ESCAPABLE, HTML_LIKE, TAG, WIKILINK } from './grammar.ts'
import { type Bracket, type Item, runAt, TILDE } from './items.ts'
import { readLabel, readResource } from './link-ends.ts'
import { buryMedia, nodesIn, stretchOf } from './nodes.ts'
import { pairRuns } from './pairs.ts'
import type { Reading } from './reading.ts'
import { leaveIt } from './refusal.ts'
import { spacesAt, spacesBefore } from './spaces.ts'

/** Reads what stands in a paragraph, a heading or a cell. */
export function readInline(content: Content, reading: Reading, isInTable = false): PhrasingContent[] {
  const { text } = content
  if (text.length > LONGEST) leaveIt()
  const items: Item[] = []
  const brackets: Bracket[] = []
  let from = 0
  let index = 0
  let runs = 0

  const flush = (to: number) => {
    if (to > from) items.push({ kind: 'text', from, to })
  }
  const add = (item: Item) => {
    flush(item.from)
    items.push(item)
    index = item.to
    from = index
  }
  const nodesOf = (range: readonly Item[], isBuried: boolean) => nodesIn(range, content, reading, isBuried)

  while (index < text.length) {
    const code = text.charCodeAt(index)
    if (code > 126 || SPECIAL[code] !== 1) {
      index += 1
      continue
    }
    switch (code) {
      case NEWLINE:
      case RETURN: {
        const next = code === RETURN ? index + 2 : index + 1
        const size = spacesBefore(text, index, from)
        const isBreak = size >= 2 && !text.slice(index - size, index).includes('\t')
        flush(index - size)
        if (isBreak)
          items.push({ kind: 'node', from: index - size, to: next, node: breakNode(index - size, next) })
        else items.push({ kind: 'value', from: index, to: next, value: text.slice(index, next) })
        index = next + spacesAt(text, next)
        from = index
        break
      }
      case BACKSLASH: {
        const next = text.charCodeAt(index + 1)
        if (next === NEWLINE || next === RETURN) {
          const to = next === RETURN ? index + 3 : index + 2
          add({ kind: 'node', from: index, to, node: breakNode(index, to) })
          index = to + spacesAt(text, to)
          from = index
        } else if (ESCAPABLE.test(text.charAt(index + 1))) {
          add({ kind: 'value', from: index, to: index + 2, value: text.charAt(index + 1) })
        } else index += 1
        break
      }
      case AMPERSAND: {
        const found = matchAt(ENTITY, text, index)
        const value = found === undefined ? undefined : decodeString(found)
        if (found !== undefined && value !== undefined && value !== found)
          add({ kind: 'value', from: index, to: index + found.length, value })
        else index += 1
        break
      }
      case BACKTICK:
        readCode()
        break
      case LESS_THAN:
        readAngle()
        break
      case OPENING_BRACE: {
        const found = matchAt(DIRECTIVE, text, index)
        if (found === undefined) giveUp(text.charCodeAt(index + 1) === OPENING_BRACE)
        else if (found.includes('\n')) leaveIt()
        else addNode('mdbookDirective', found)
        break
      }
      case EXCLAMATION:
        if (text.charCodeAt(index + 1) === OPENING_BRACKET) open(true)
        else index += 1
        break
      case OPENING_BRACKET: {
        const found = matchAt(WIKILINK, text, index)
        if (found === undefined) open(false)
        else addNode('mdbookWikilink', found)
        break
      }
      case CLOSING_BRACKET:
        close()
        break
      default: {
        // Many runs would be compared with each other, each with each.
        runs += 1
        if (runs > MANY_RUNS) leaveIt()
        const run = runAt(text, index, code)
        if (run.marker === TILDE && run.to - run.from > 2) index = run.to
        else add(run)
      }
    }
  }
  flush(text.length - spacesBefore(text, text.length, from))
  return nodesOf(
    pairRuns(items, (range) => nodesOf(range, false), placed),
    false,
  )

  function breakNode(start: number, end: number): PhrasingContent {
    // Between the lines of a container, micromark tells its end now so, now otherwise.
    if (content.isParted) leaveIt()
    return placed({ type: 'break' }, start, end)
  }

  function addNode(type: 'mdbookDirective' | 'mdbookWikilink', value: string): void {
    const to = index + value.length
    add({ kind: 'node', from: index, to, node: placed({ type, value }, index, to) })
  }

  function placed<Node extends PhrasingContent>(node: Node, start: number, end: number): Node {
    node.position = {
      start: reading.point(content.startAt(start)),
      end: reading.point(content.endAt(end)),
    }
    return node
  }

  function readCode(): void {
    let inside = index
    while (text.charCodeAt(inside) === BACKTICK) inside += 1
    const size = inside - index
    for (let at = inside; at < text.length; ) {
      const begin = text.indexOf('`', at)
      if (begin < 0) break
      let end = begin
      while (text.charCodeAt(end) === BACKTICK) end += 1
      if (end - begin === size) {
        const value = codeValue(text.slice(inside, begin), isInTable)
        add({ kind: 'node', from: index, to: end, node: placed({ type: 'inlineCode', value }, index, end) })
        return
      }
      at = end
    }
    giveUp(true)
    index = inside
  }

  function readAngle(): void {
    const [, url] = AUTOLINK.exec(text.slice(index, index + LONGEST_LOOK)) ?? []
    const [, mail] = url === undefined ? (EMAIL.exec(text.slice(index, index + LONGEST_LOOK)) ?? []) : []
    const address = url ?? mail
    if (address !== undefined) {
      const to = index + address.length + 2
      const text: Text = placed({ type: 'text', value: address }, index + 1, to - 1)
      const span = { start: content.startAt(index + 1), end: content.endAt(to - 1) }
      reading.recorder.text(text, [stretchOf(span.start, span.end, 0, address.length, false)])
      const target = url ?? `mailto:${address}`
      const node = placed({ type: 'link', title: null, url: target, children: [text] }, index, to)
      add({ kind: 'node', from: index, to, node, shown: { text, span } })
      return
    }
    if (matchAt(HTML_LIKE, text, index) === undefined) {
      index += 1
      return
    }
    const found = matchAt(TAG, text, index)
    if (found === undefined) {
      giveUp(true)
      return
    }
    if (found.includes('\n')) leaveIt()
    const to = index + found.length
    add({ kind: 'node', from: index, to, node: placed({ type: 'html', value: found }, index, to) })
  }

  /**
   * What looked like the front of something is text. Where the reference had read on in the next line to find that out, it
   * tells the ends of lines otherwise if something stands between them.
   */
  function giveUp(hasReadOn: boolean): void {
    if (hasReadOn && content.isParted && text.indexOf('\n', index) >= 0) leaveIt()
    index += 1
  }

  function open(isImage: boolean): void {
    const to = index + (isImage ? 2 : 1)
    const bracket: Bracket = {
      kind: 'bracket',
      from: index,
      to,
      isImage,
      isInactive: false,
      position: items.length + (index > from ? 1 : 0),
    }
    brackets.push(bracket)
    if (brackets.length > MANY_RUNS) leaveIt()
    add(bracket)
  }

  function close(): void {
    const opening = brackets.pop()
    if (!opening) {
      index += 1
      return
    }
    const end = opening.isInactive ? undefined : endOfLink(opening)
    if (end === undefined) {
      index += 1
      return
    }
    flush(index)
    const inner = items.splice(opening.position).slice(1)
    const children = nodesOf(
      pairRuns(inner, (range) => nodesOf(range, true), placed),
      true,
    )
    if (opening.isImage) buryMedia(children, reading.recorder)
    const node = end.make(children)
    items.push({ kind: 'node', from: opening.from, to: end.to, node })
    if (!opening.isImage) for (const bracket of brackets) if (!bracket.isImage) bracket.isInactive = true
    index = end.to
    from = index
  }

  /** What makes a link or an image of two brackets; nothing where they are text. */
  function endOfLink(
    opening: Bracket,
  ): { readonly to: number; make(children: PhrasingContent[]): PhrasingContent } | undefined {
    const { isImage } = opening
    const start = opening.from
    const inner = text.slice(opening.to, index)
    const next = text.charCodeAt(index + 1)
    const fieldText = { from: opening.to, to: index }
    if (next === OPENING_PARENTHESIS) {
      const resource = readResource(text, index + 1)
      if (resource) {
        const { to, destination, title } = resource
        return {
          to,
          make(children) {
            const target = {
              title: title ? decodeString(text.slice(title.from, title.to)) : null,
              url: destination ? decodeString(text.slice(destination.from, destination.to)) : '',
            }
            const node: PhrasingContent = isImage
              ? placed({ type: 'image', ...target, alt: textOf(children) }, start, to)
              : placed({ type: 'link', ...target, children }, start, to)
            recordFields(node, { text: fieldText, destination, title })
            return node
          },
        }
      }
    }
    if (
      content.isParted &&
      (next === OPENING_PARENTHESIS || next === OPENING_BRACKET) &&
      text.indexOf('\n', index) >= 0
    )
      if (next === OPENING_PARENTHESIS || !readLabel(text, index + 1)) leaveIt()
    const label = next === OPENING_BRACKET ? readLabel(text, index + 1) : undefined
    if (label && content.isParted && label.raw.includes('\n')) leaveIt()
    if (label && reading.isKnown(labelId(label.raw)))
      return reference(opening, 'full', label.raw, label.to, {
        text: fieldText,
        label: { from: index + 2, to: label.to - 1 },
      })
    const isCollapsed = next === OPENING_BRACKET && text.charCodeAt(index + 2) === CLOSING_BRACKET
    if (next === OPENING_BRACKET && !isCollapsed) return undefined
    if (!reading.isKnown(labelId(inner))) return undefined
    const to = isCollapsed ? index + 3 : index + 1
    return reference(opening, isCollapsed ? 'collapsed' : 'shortcut', inner, to, { text: fieldText })
  }

  function reference(
    { isImage, from: start }: Bracket,
    referenceType: 'collapsed' | 'full' | 'shortcut',
    raw: string,
    to: number,
    fields: Fields,
  ): { readonly to: number; make(children: PhrasingContent[]): PhrasingContent } {
    const named = { identifier: labelId(raw).toLowerCase(), label: decodeString(raw), referenceType }
    return {
      to,
      make(children) {
        const node: PhrasingContent = isImage
          ? placed({ type: 'imageReference', ...named, alt: textOf(children) }, start, to)
          : placed({ type: 'linkReference', ...named, children }, start, to)
        recordFields(node, fields)
        return node
      },
    }
  }

  function recordFields(node: PhrasingContent, fields: Fields): void {
    for (const field of FIELDS) {
      const range = fields[field]
      if (!range) continue
      const source = text.slice(range.from, range.to)
      if ((field !== 'text' || content.isParted) && source.includes('\n')) leaveIt()
      const start = source === '' ? content.endAt(range.from) : content.startAt(range.from)
      const span = { start, end: content.endAt(range.to), source }
      reading.recorder.field(node, field, span)
    }
  }
}

const [NEWLINE, RETURN, BACKSLASH, AMPERSAND, BACKTICK, LESS_THAN, EXCLAMATION] = [10, 13, 92, 38, 96, 60, 33]
const [OPENING_BRACE, OPENING_BRACKET, CLOSING_BRACKET, OPENING_PARENTHESIS] = [123, 91, 93, 40]

const SPECIAL = new Uint8Array(127)
for (const mark of '\n\r\\&`<![]*_~{') SPECIAL[mark.charCodeAt(0)] = 1

/** Some of what looks for an end looks to the end of the content, each time anew. */
const LONGEST = 10_000

/** More runs or brackets than any paragraph has: they are compared each with each. */
const MANY_RUNS = 1000

/** An address is not longer. */
const LONGEST_LOOK = 3000

interface Range {
  readonly from: number
  readonly to: number
}
type Fields = { readonly [Name in 'destination' | 'label' | 'text' | 'title']?: Range | undefined }

const FIELDS = ['text', 'label', 'destination', 'title'] as const

/** CommonMark 0.31.2, 6.1; in a table, a pipe in code is written with a backslash (GFM 0.29, 4.10). */
function codeValue(inner: string, isInTable: boolean): string {
  const isPadded = /^(?: |\r?\n)/.test(inner) && /[ \n]$/.test(inner) && /[^ \r\n]/.test(inner)
  const value = isPadded ? inner.replace(/^(?: |\r?\n)/, '').replace(/(?: |\r?\n)$/, '') : inner
  return isInTable ? value.replace(/\\([\\|])/g, (all, mark: string) => (mark === '|' ? mark : all)) : value
}

function matchAt(pattern: RegExp, text: string, index: number): string | undefined {
  pattern.lastIndex = index
  return pattern.exec(text)?.[0]
}
