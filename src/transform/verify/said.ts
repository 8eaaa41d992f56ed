/** What blocks of a tree say to a reader, by the tree alone. */
import type {
  Code,
  Definition as DefinitionNode,
  Heading,
  Html,
  InlineCode,
  Nodes,
  Root,
  Table,
  Yaml,
} from 'mdast'
import { decodeString } from 'micromark-util-decode-string'
import { labelId } from '../../label-id.ts'
import { type Chapter, endOf, sourceOf, startOf } from '../../markdown/parse.ts'
import type { MdbookDirective, MdbookWikilink } from '../../markdown/tree.ts'
import type { Span } from '../../model.ts'
import { directivesIn } from './directives.ts'
import { decoded, type Sayings, sayings, tag } from './sayings.ts'

/** What of a tree depends on the chapter that it is shown in. */
export interface Showing {
  /** The file that the blocks stand in, with their places. */
  readonly chapter: Chapter
  /** Where a label, given as `labelId` makes it, leads in the assembled chapter. */
  resolve(id: string): { readonly destination: string; readonly title: string } | undefined
  /** What the assembled chapter has for a directive of the file: an included file, or the directive as it is. */
  shownFor(directive: Span): string
  /** Reads what stands in the assembled chapter, without front matter. */
  parse(text: string): Chapter
}

/**
 * Says blocks.
 *
 * @param blocks of the showing's chapter, in order
 * @param isShown whether the footnote of a label is shown at all
 */
export function saidOf(
  blocks: readonly Nodes[],
  showing: Showing,
  isShown: (note: string) => boolean = () => true,
): string[] {
  const to = sayings()
  sayBlocks(blocks, showing, to)
  return to.list(isShown)
}

function sayBlocks(blocks: readonly Nodes[], showing: Showing, to: Sayings): void {
  let last: Nodes | undefined
  for (const block of blocks) {
    const isClose = last !== undefined && goesOn(last, block, showing.chapter)
    if (block.type === 'mdbookDirective') {
      if (isClose) to.text('\n')
      else to.paragraph()
      sayDirective(block, showing, to, isClose)
    } else if (block.type === 'paragraph' && isClose) {
      to.text('\n')
      sayAll(block.children, showing, to)
    } else say(block, showing, to)
    last = block
  }
}

/** Whether a directive and the paragraph right before or behind it are one to mdBook. */
function goesOn(last: Nodes, block: Nodes, { text }: Chapter): boolean {
  const isOne =
    (last.type === 'mdbookDirective' || last.type === 'paragraph') &&
    (last.type === 'mdbookDirective' || block.type === 'mdbookDirective')
  return isOne && isOnNextLine(text.slice(endOf(last), startOf(block)))
}

/** An include ends a paragraph for its file, and goes on with it for mdBook where no blank line is between. */
function isOnNextLine(gap: string): boolean {
  return gap.split('\n').length <= 2
}

function sayDirective(node: MdbookDirective, showing: Showing, to: Sayings, isClose: boolean): void {
  const text = showing.shownFor({ start: startOf(node), end: endOf(node) })
  if (text === node.value) {
    to.text(text)
    return
  }
  const chapter = showing.parse(text)
  const [first, ...rest] = chapter.tree.children
  const inner = readFrom(chapter, showing)
  if (first?.type === 'paragraph' && isClose) sayAll(first.children, inner, to)
  else if (first) sayBlocks([first], inner, to)
  sayBlocks(rest, inner, to)
}

/** What stands in the assembled chapter has its includes in it. */
function readFrom(chapter: Chapter, showing: Showing): Showing {
  return { ...showing, chapter, shownFor: ({ start, end }) => chapter.text.slice(start, end) }
}

/** Code and raw HTML, with the files that it includes. */
function included(node: Code | Html | InlineCode, { chapter, shownFor }: Showing): string {
  let { value } = node
  for (const { start, end, text } of directivesIn(sourceOf(chapter, node))) {
    const shown = shownFor({ start: startOf(node) + start, end: startOf(node) + end })
    value = value.replace(text, () => shown)
  }
  return value
}

function sayAll(nodes: readonly Nodes[], showing: Showing, to: Sayings): void {
  for (const node of nodes) say(node, showing, to)
}

function say(node: Nodes, showing: Showing, to: Sayings): void {
  const around = (open: string, close: string, kind: 'block' | 'inline', say: () => void) => {
    to[kind](open)
    say()
    to[kind](close)
  }
  const inside = () => sayAll('children' in node ? node.children : [], showing, to)
  const blocks = () => sayBlocks('children' in node ? node.children : [], showing, to)
  switch (node.type) {
    case 'root':
      blocks()
      break
    case 'blockquote':
      around('<blockquote>', '</blockquote>', 'block', blocks)
      break
    case 'break':
      to.block('<br>')
      break
    case 'code':
      around(tag('pre', { lang: node.lang ?? undefined }), '</pre>', 'block', () => {
        if (node.value !== '') to.code(`${included(node, showing).replace(/\r\n?/g, '\n')}\n`)
      })
      break
    case 'delete':
      around('<del>', '</del>', 'inline', inside)
      break
    case 'emphasis':
      around('<em>', '</em>', 'inline', inside)
      break
    case 'footnoteDefinition':
      sayBlocks(node.children, showing, to.note(node.identifier.toLowerCase()))
      break
    case 'footnoteReference':
      to.inline(`<note ${node.identifier.toLowerCase()}>`)
      break
    case 'heading':
      around(headingTag(node), `</h${node.depth}>`, 'block', inside)
      break
    case 'html':
      to.html(included(node, showing))
      break
    case 'image':
      to.inline(imageTag(node.url, node.alt, node.title))
      break
    case 'imageReference': {
      const target = showing.resolve(labelId(node.identifier))
      if (target) to.inline(imageTag(target.destination, node.alt, target.title))
      else sayAsWritten(node, showing, to)
      break
    }
    case 'inlineCode':
      around('<code>', '</code>', 'inline', () => to.code(included(node, showing).replace(/\r\n?|\n/g, ' ')))
      break
    case 'link':
      around(linkTag(node.url, node.title), '</a>', 'inline', inside)
      break
    case 'linkReference': {
      const target = showing.resolve(labelId(node.identifier))
      if (target) around(linkTag(target.destination, target.title), '</a>', 'inline', inside)
      else sayAsWritten(node, showing, to)
      break
    }
    case 'list': {
      const start = node.ordered && node.start !== 1 ? String(node.start ?? 1) : undefined
      const name = node.ordered ? 'ol' : 'ul'
      around(tag(name, { start }), `</${name}>`, 'block', inside)
      break
    }
    case 'listItem':
      to.block('<li>')
      if (typeof node.checked === 'boolean') to.block(tag('input', { checked: String(node.checked) }))
      blocks()
      to.block('</li>')
      break
    case 'mdbookDirective':
      sayDirective(node, showing, to, true)
      break
    case 'mdbookWikilink':
      sayWikilink(node, showing, to)
      break
    case 'text':
      to.text(node.value)
      break
    case 'paragraph':
      to.paragraph()
      inside()
      break
    case 'strong':
      around('<strong>', '</strong>', 'inline', inside)
      break
    case 'table':
      around('<table>', '</table>', 'block', () => sayRows(node, showing, to))
      break
    case 'thematicBreak':
      to.block('<hr>')
      break
    case 'yaml':
      sayYaml(node, showing, to)
      break
    default:
  }
}

/** What nothing defines is no reference. */
function sayAsWritten(node: Nodes, { chapter }: Showing, to: Sayings): void {
  to.text(decodeString(sourceOf(chapter, node)))
}

/** To mdBook it is brackets, with a reference in them if its label is defined. */
function sayWikilink(node: MdbookWikilink, showing: Showing, to: Sayings): void {
  const chapter = showing.parse(node.value.slice(1, -1))
  to.text('[')
  for (const block of chapter.tree.children)
    sayAll('children' in block ? block.children : [block], readFrom(chapter, showing), to)
  to.text(']')
}

/** Each row has as many cells as the head. */
function sayRows({ align, children }: Table, showing: Showing, to: Sayings): void {
  const columns = children[0]?.children.length ?? 0
  for (const [index, row] of children.entries()) {
    to.block('<tr>')
    for (let column = 0; column < columns; column++) {
      const name = index === 0 ? 'th' : 'td'
      to.block(tag(name, { align: align?.[column] ?? undefined }))
      sayAll(row.children[column]?.children ?? [], showing, to)
      to.block(`</${name}>`)
    }
    to.block('</tr>')
  }
}

/** mdBook has no front matter, and shows what stands there. */
function sayYaml(node: Yaml, showing: Showing, to: Sayings): void {
  const chapter = showing.parse(sourceOf(showing.chapter, node))
  sayBlocks(chapter.tree.children, readFrom(chapter, showing), to)
}

function headingTag({ depth, attributes }: Heading): string {
  const others = (attributes?.others ?? []).map((other): [string, string] => {
    const [key = '', value = ''] = other.split(/=(.*)/s)
    return [key, value]
  })
  const { id, classes } = attributes ?? {}
  return tag(`h${depth}`, { ...Object.fromEntries(others), id, className: classes?.join(' ') })
}

function linkTag(url: string, title: string | null | undefined): string {
  return tag('a', { href: decoded(url), title: title ?? undefined })
}

function imageTag(url: string, alt: string | null | undefined, title: string | null | undefined): string {
  return tag('img', { src: decoded(url), alt: alt ?? undefined, title: title ?? undefined })
}

/** The first definition of each label of a tree. */
export function definitionsOf(tree: Root): Map<string, DefinitionNode> {
  const found = new Map<string, DefinitionNode>()
  const look = (node: Nodes): void => {
    if (node.type === 'definition') {
      const id = labelId(node.identifier)
      if (!found.has(id)) found.set(id, node)
    }
    if ('children' in node) for (const child of node.children) look(child)
  }
  look(tree)
  return found
}
